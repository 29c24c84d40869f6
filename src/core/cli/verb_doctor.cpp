// Checks everything that Cascade needs, in the order in which the parts build on each other: program, vocabulary,
// roots, index, manifests, the clients' settings, the guard, the stores, and faults of earlier hooks. Each check has a
// state and the next step. Only a bad one makes the exit code 1; a warning is something that works worse than it could.
#include "cli/call.h"
#include "cli/client_checks.h"
#include "cli/data_files.h"
#include "cli/fault_log.h"
#include "cli/faulty_settings.h"
#include "cli/hook_checks.h"
#include "cli/switches.h"
#include "client/entry_skill.h"
#include "client/folders.h"
#include "client/names.h"
#include "client/settings_files.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/program_path.h"
#include "files/run_program.h"
#include "files/temporary_folder.h"
#include "files/tree.h"
#include "init/hook_entries.h"
#include "init/hook_switch.h"
#include "policy/policy.h"
#include "policy/system.h"
#include "render/doctor.h"
#include "render/parts.h"
#include "store/repair.h"
#include "store/state_store.h"
#include "store/store.h"
#include "syntax/json.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "validate/checkup/checkup.h"
#include "validate/report/library_checkup.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace cascade::cli {
namespace {

using rendering::Check;
using rendering::CheckState;

Check vocabulary_check(const Environment& environment, const TokenCounter& counter) {
  Check check{"vocabulary", CheckState::good, std::string(counter.vocabulary()) + " " + vocabulary_path(environment),
              ""};
  if (!counter.exact()) {
    check.state = CheckState::warning;
    check.detail = "not there, tokens are estimated";
    check.help = vocabulary_help();
  } else if (auto whole = counter.verify(); !whole) {
    check.state = CheckState::bad;
    check.detail += ": " + whole.error().message;
    check.help = "delete the file; " + vocabulary_help();
  }
  return check;
}

Check index_check(const Workspace& workspace) {
  Check check{"index", CheckState::good, workspace.index_path(), ""};
  const RefreshReport& report = workspace.report();
  if (check.detail.empty()) {
    check.state = CheckState::warning;
    check.detail = "no folder for it: every run reads all manifests";
    check.help = "set HOME or CASCADE_CACHE";
  } else if (auto whole = workspace.check(); !whole) {
    const bool unkept = whole.error().code == ErrorCode::not_found;
    check.state = unkept ? CheckState::warning : CheckState::bad;
    check.detail += ": " + (unkept ? "not there, so every run reads all manifests; " + report.not_kept_because
                                   : whole.error().message);
    check.help = unkept ? "mend that, or name another folder with CASCADE_CACHE" : "cascade doctor --repair";
  } else {
    check.detail += report.rebuilt_because.empty() ? ", up to date" : ", written now: " + report.rebuilt_because;
  }
  return check;
}

// A root with what `cascade validate` finds below it, by the same rules and the same cascade.yaml, so that it can be
// looked at there. An error is bad where the user can mend it, and a note where others can.
Check root_check(Call& call, const Registry& registry, const Root& root, const std::string& scope) {
  Check check{"root", CheckState::good, root.path + " (" + scope + ")", ""};
  CheckupOptions options = checkup_options(call, "", true);
  options.workspace.log = {};
  options.known_agents = agents_of(registry);
  options.open = [&call](WorkspaceOptions wanted) { return call.open_anyhow(std::move(wanted)); };
  Checkup checkup(options);
  const auto added = checkup.add(root.path, "");
  if (options.caches) options.caches->save();
  if (!added || !checkup.reaches(Severity::warning)) return check;
  std::size_t count = 0;
  std::set<std::string> files;
  const Diagnostic* worst = nullptr;  // the first of them
  for (const Diagnostic& finding : checkup.validation().found) {
    if (finding.severity < Severity::warning) continue;
    ++count;
    files.insert(finding.at.path);
    if (worst == nullptr || finding.severity > worst->severity) worst = &finding;
  }
  check.detail += ", " + rendering::count_of(count, "finding") + " in " + rendering::count_of(files.size(), "file") +
                  "; first " + rendering::place_of(worst->at) + ": " + worst->message;
  const bool is_own = root.scope != Scope::builtin && root.scope != Scope::plugin;
  const bool is_shipped = root.scope == Scope::builtin && scope == to_string(Scope::builtin);
  if (worst->severity == Severity::error && !is_shipped) check.state = is_own ? CheckState::bad : CheckState::warning;
  check.help = "cascade validate '" + root.path + "'";
  return check;
}

Check manifests_check(const Workspace& workspace) {
  const std::size_t count = workspace.registry().size();
  if (count > 0) return {"manifests", CheckState::good, std::to_string(count), ""};
  return {"manifests", CheckState::warning, "0", "give a folder with --root, or see `cascade help sources`"};
}

void add_settings(const Call& call, const Workspace& workspace, std::vector<Check>& checks) {
  const std::string here = files::DiskTree().real_path(".").value_or("/");
  for (const Diagnostic& fault : faults_of_settings(call, {here}, workspace.problems()))
    checks.push_back({"settings", fault.severity == Severity::error ? CheckState::bad : CheckState::warning,
                      fault.at.path + ": " + fault.message, fault.help});
}

// The path of cascade by the folders of PATH in order; entries that are not absolute cannot be relied on.
std::string find_on_path(const Environment& environment) {
  const files::DiskTree tree;
  const std::string file = files::program_on_path(tree, environment.search_path, "cascade");
  return file.empty() ? file : tree.real_path(file).value_or(file);
}

Check program_check(const Environment& environment) {
  const std::string program = program_path(), found = find_on_path(environment);
  Check check{"program", CheckState::good, program + " " CASCADE_VERSION, ""};
  if (found == program) return check;
  check.state = CheckState::warning;
  const std::string folder = files::in_shell_path(std::string(files::parent(program)));
  check.detail += found.empty() ? ", not on the PATH" : "; the PATH finds " + found + " first";
  check.help = "export PATH=\"" + folder + ":$PATH\" in the shell's start file";
  return check;
}

std::string names_of(const Registry& registry, const std::vector<ManifestId>& ids) {
  constexpr std::size_t most = 5;
  std::string names;
  for (std::size_t i = 0; i < ids.size() && i < most; ++i)
    names += (i == 0 ? "" : ", ") + std::string(registry[ids[i]].name);
  return names + (ids.size() > most ? " and " + std::to_string(ids.size() - most) + " more" : "");
}

// Reports the manifests that hooks keep from the model because of the user's settings or the authors' switches.
void add_switches(const Call& call, const Registry& registry, std::vector<Check>& checks) {
  listing::Withheld all = listing::withheld(registry, switches_here(call));
  const auto is_no_manifest = [&](ManifestId id) {
    return registry[id].document || client::is_entry_name(registry[id].name);
  };
  for (std::vector<ManifestId>* ids : {&all.by_name, &all.off})
    ids->erase(std::remove_if(ids->begin(), ids->end(), is_no_manifest), ids->end());
  const std::string why = "cascade why NAME says by which key or file";
  if (!all.by_name.empty())
    checks.push_back({"switches", CheckState::good,
                      "only when the user calls them by name: " + names_of(registry, all.by_name), why});
  if (!all.off.empty()) checks.push_back({"switches", CheckState::good, "off: " + names_of(registry, all.off), why});
}

bool is_on(const policy::Policy& policy, const policy::System& system) {
  return policy.*system.mode != policy::Mode::off && (system.usual == policy::Mode::off || !policy.checks.empty());
}

// Compares what is switched on here with what is called.
void add_systems(const policy::Policy& policy, const std::vector<std::string>& called, std::vector<Check>& checks) {
  std::vector<std::string> deaf, idle, wanted = called;
  for (const policy::System& system : policy::systems()) {
    const bool is_called = std::find(called.begin(), called.end(), system.name) != called.end();
    if (is_on(policy, system) && !is_called) {
      deaf.emplace_back(system.name);
      wanted.emplace_back(system.name);
    }
    if (!is_on(policy, system) && is_called && system.usual == policy::Mode::off) idle.emplace_back(system.name);
  }
  std::sort(wanted.begin(), wanted.end());
  std::string with;
  for (const std::string& system : wanted) with += (with.empty() ? "" : ",") + system;
  if (!deaf.empty())
    checks.push_back({"systems", CheckState::warning, "switched on, and not called: " + letters::listed(deaf),
                      "cascade init --with " + with});
  if (!idle.empty())
    checks.push_back({"systems", CheckState::good, "called, and off here: " + letters::listed(idle),
                      "switch on: `systems: { " + idle.front() + ": on }` in cascade.yaml"});
}

// Checks that configured systems are also started and can work.
void add_guard(const Environment& environment, std::vector<Check>& checks) {
  bool is_started = false;
  std::vector<std::string> called;
  for (const HookedSettings& settings : find_hooked_settings(environment)) {
    is_started = is_started || settings.guards;
    for (std::string& system : installed_systems(environment, settings.path))
      if (std::find(called.begin(), called.end(), system) == called.end()) called.push_back(std::move(system));
  }
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy) {
    const Error& fault = policy.error();
    checks.push_back({"guard", is_started ? CheckState::bad : CheckState::warning,
                      (is_started ? "refuses every tool: " : "") + fault.path + ": " + fault.message, fault.help});
    return;
  }
  add_systems(*policy, called, checks);
  if (!is_started) return;
  if (git_program().empty())
    checks.push_back({"guard", CheckState::bad,
                      "cascade-git is not there: everything that writes to a repository is refused",
                      "install all of Cascade, with libgit2"});
  checks.push_back({"guard", CheckState::good,
                    "repository " + std::string(to_string(policy->repository)) + ", tools " +
                        std::string(to_string(policy->tools)) + ", leases " + std::string(to_string(policy->leases)) +
                        (policy->checks.empty() ? "" : ", own checks " + std::to_string(policy->checks.size())) +
                        (policy->git_hooks ? ", git asks as well" : ""),
                    policy->is_off() ? "no system is on here: `cascade help topic guard`" : ""});
}

// Checks the server of the store, if one is configured.
void add_server(const Environment& environment, std::vector<Check>& checks) {
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy || (policy->store.empty() && policy->project_with_store.empty())) return;  // the guard's check says why
  const auto place = configured_store(environment, false, false);
  const auto opened = place ? store::Store::open(*place) : Result<store::Store>(place.error());
  checks.push_back(opened ? Check{"store", CheckState::good, opened->path(), ""}
                          : Check{"store", CheckState::bad, opened.error().path + ": " + opened.error().message,
                                  opened.error().help});
}

// Checks the store, if there is one. A damaged store is set aside on request.
void add_store(const Environment& environment, bool repairs, std::vector<Check>& checks) {
  auto whole = store::check(environment.state);
  if (!whole && whole.error().code == ErrorCode::not_found) return;
  if (whole) {
    checks.push_back({"store", CheckState::good, files::join(environment.state, store::file_name), ""});
    return;
  }
  const Error& fault = whole.error();
  const auto mended =
      repairs && fault.code == ErrorCode::malformed ? store::repair(environment.state) : Result<store::Repaired>(fault);
  if (!mended) {
    checks.push_back({"store", CheckState::bad, fault.path + ": " + mended.error().message, mended.error().help});
    return;
  }
  checks.push_back(
      {"store", CheckState::warning,
       "was damaged: " + rendering::count_of(mended->rows, "row") + " could be read and are in " + mended->exported,
       "the damaged file is " + mended->damaged});
}

void add_faults(const Environment& environment, std::vector<Check>& checks) {
  for (const std::string& line : read_faults(environment.state, 5))
    checks.push_back(
        {"fault", CheckState::warning, "of a hook, " + line, "all of them: " + fault_log_path(environment.state)});
}

}  // namespace

Exit run_doctor(Call& call) {
  Arguments arguments("doctor");
  bool repair = false;
  arguments.flag("--repair", repair);
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open_anyhow(call.workspace_options());
  if (!workspace) return call.console().fail(workspace.error());
  if (repair && !workspace->index_path().empty()) {
    if (auto removed = files::remove_file(workspace->index_path()); !removed)
      return call.console().fail(removed.error());
    if (auto refreshed = workspace->refresh(); !refreshed) return call.console().fail(refreshed.error());
  }
  std::vector<Check> checks = {program_check(call.environment()),
                               vocabulary_check(call.environment(), workspace->counter())};
  call.step("vocabulary");
  const rendering::Roots roots = Call::roots(*workspace);
  for (std::size_t i = 0; i < roots.paths.size(); ++i) {
    const Root& root = workspace->roots()[i];
    checks.push_back(
        root_check(call, workspace->registry(), root, roots.added[i] ? "added" : std::string(to_string(root.scope))));
  }
  add_settings(call, *workspace, checks);
  if (const std::string& file = workspace->preferences().no_library; !file.empty())
    checks.push_back({"library", CheckState::good, "the shipped one is left out: library: off in " + file, ""});
  checks.push_back(index_check(*workspace));
  call.step("index read again");
  checks.push_back(manifests_check(*workspace));
  if (const auto router = workspace->router(); !router) return call.console().fail(router.error());
  call.step("router");
  for (const Diagnostic& problem : workspace->problems())
    if (!problem.rule.empty() && problem.rule != "SEC021")  // those of settings
      checks.push_back({"source", CheckState::warning, problem.at.path + ": " + problem.message, problem.help});
  add_hooks(call.environment(), workspace->registry(), checks);
  add_switches(call, workspace->registry(), checks);
  add_clients(call.environment(), checks);
  add_guard(call.environment(), checks);
  add_store(call.environment(), repair, checks);
  add_server(call.environment(), checks);
  add_faults(call.environment(), checks);
  call.step("hooks and faults");
  const auto text = rendering::doctor(checks, *format, call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  for (const Check& check : checks)
    if (check.state == CheckState::bad) return Exit::no;
  return Exit::yes;
}

}  // namespace cascade::cli
