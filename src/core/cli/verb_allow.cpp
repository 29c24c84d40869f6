#include "cli/verb_allow.h"

#include "cli/call.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/tree.h"
#include "hook/layer.h"
#include "policy/policy.h"
#include "unicode/utf8.h"

#include <string>

namespace cascade::cli {

bool is_run_by_client(const Environment& environment) {
  return environment.in_client || files::descends_from_one_with("CLAUDECODE");
}

std::optional<Error> typed_by_anybody() {
  // Servers that keep terminals for others; "tmate" and "byobu" are tmux.
  const std::string server =
      files::ancestor_named({"tmux", "tmate", "screen", "SCREEN", "zellij", "dtach", "abduco", "shpool", "wezterm-mux",
                             "expect", "ttyd", "gotty", "atd", "cron", "crond"});
  const std::string from = files::variable("SSH_CONNECTION").value_or("");
  const bool loops = from.starts_with("127.") || from.starts_with("::1 ");
  if (server.empty() && !loops) return std::nullopt;
  return Error{ErrorCode::unsupported,
               "in this terminal (" + (loops ? std::string("ssh from this machine") : server) +
                   ") any program can type, so a typed word does not show that a person allows it",
               "", "run it in a terminal window or a login that is not inside tmux, screen or the like"};
}

Error only_a_person() {
  return {ErrorCode::misuse, "only a person may allow something, in a terminal of their own", "",
          "leave the client's shell"};
}

Result<trust::Allowed> read_consents(const Environment& environment) {
  if (environment.allowed.empty())
    return Error{ErrorCode::unwritable, "there is no folder to keep it in", "", "set HOME"};
  return trust::Allowed::read(files::DiskTree(), environment.allowed);
}

Result<void> write_consents(const Environment& environment, const trust::Allowed& allowed) {
  if (auto made = files::make_directories(std::string(files::parent(environment.allowed))); !made) return made;
  return files::write_atomically(environment.allowed, allowed.text(), 0600);
}

namespace {

Exit show(Call& call, const trust::Allowed& allowed) {
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const files::DiskTree tree;
  std::string text;
  for (const hook::Claim& claim : hook::claims_of(*workspace)) {
    const bool may = allowed.has(tree, claim.path);
    text += std::string(may ? "allowed  " : "waiting  ") + claim.what + "  " + unicode::displayable(claim.path) + "\n";
  }
  const auto policy =
      policy::read_policy(tree, call.environment().users_configuration, tree.real_path(".").value_or("/"));
  if (policy && !policy->asleep.empty())
    text += "waiting  its store, team, gates or tiers.raise count  " + unicode::displayable(policy->asleep) + "\n";
  for (const Diagnostic& problem : workspace->problems())
    if (problem.rule == "SEC021")
      text += "waiting  " + unicode::displayable(problem.message + "  " + problem.at.path) + "\n";
  for (const std::string& path : allowed.paths())
    if (text.find("  " + unicode::displayable(path) + "\n") == std::string::npos)
      text +=
          "allowed  " + unicode::displayable(path) + (allowed.has(tree, path) ? "" : " (it has changed since)") + "\n";
  call.console().print(text.empty() ? "nothing here asks for permission\n" : text);
  return Exit::yes;
}

Exit change(Call& call, trust::Allowed allowed, const std::vector<std::string>& paths, bool remove) {
  const files::DiskTree tree;
  std::vector<std::string> done;
  for (const std::string& path : paths) {
    const auto real = tree.real_path(path);
    const std::string absolute = real ? *real : path;
    if (remove && !allowed.remove(absolute)) {
      call.console().complain(absolute + " was not allowed\n  help: cascade allow lists what is");
      return Exit::no;
    }
    done.push_back(absolute);
    if (remove) continue;
    if (auto added = allowed.add(tree, absolute); !added) return call.console().fail(added.error());
  }
  if (auto written = write_consents(call.environment(), allowed); !written) return call.console().fail(written.error());
  for (const std::string& path : done) {
    const auto stamp = tree.stat(path);
    const bool is_folder = stamp && stamp->directory;
    call.console().note((remove ? "no longer allowed: " : "allowed: ") + unicode::displayable(path) +
                        (remove      ? ""
                         : is_folder ? ", with everything in it"
                                     : ", as it is now"));
  }
  return Exit::yes;
}

}  // namespace

Exit run_allow(Call& call) {
  Arguments arguments("allow");
  std::vector<std::string> paths;
  bool remove = false;
  arguments.flag("--remove", remove);
  arguments.words("PATH", paths, 0, 1000);
  if (const auto ended = call.read(arguments)) return *ended;
  if (!paths.empty() && is_run_by_client(call.environment())) return call.console().fail(only_a_person());
  if (!paths.empty() && !remove)
    if (const auto fault = typed_by_anybody()) return call.console().fail(*fault);
  auto allowed = read_consents(call.environment());
  if (!allowed) return call.console().fail(allowed.error());
  if (remove && paths.empty())
    return call.console().fail(misuse("--remove needs a path", "cascade allow --remove PATH"));
  return paths.empty() ? show(call, *allowed) : change(call, *std::move(allowed), paths, remove);
}

}  // namespace cascade::cli
