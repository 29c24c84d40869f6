// Called by the client before a tool runs. Fails closed: on any fault the status is not 0, and the client refuses the
// tool and shows standard error.
#include "cli/call.h"
#include "cli/consents.h"
#include "cli/explain_range.h"
#include "cli/hook_switch.h"
#include "cli/standard_input.h"
#include "cli/system.h"
#include "cli/system_surroundings.h"
#include "files/become.h"
#include "files/paths.h"
#include "files/tree.h"
#include "session/ledger.h"
#include "systems/layer_two.h"
#include "systems/systems.h"

#include <unistd.h>
#include <string>
#include <vector>

#include <ctime>

namespace cascade::cli {
namespace {

constexpr std::size_t max_call_bytes = std::size_t{64} << 20;

// A fault of the guard: the client reads any status except 0 as "refuse"; after 2 it would repeat our words as the
// tool's.
Exit refuse(Console& console, Error error) {
  error.message = "the guard cannot judge this tool call, so it is refused: " + error.message;
  if (error.help.empty())
    error.help = "cascade doctor; `cascade hook --off` in a terminal of your own switches the guard off";
  static_cast<void>(console.fail(error));
  return Exit::no;
}

// cascade guard git-hook STATE CONFIGURATION TEMPORARY SESSION NAME ARGUMENT...: called by the scripts that layer two
// gives to git. The first three are the values from the session's start, since a line may have changed the environment.
Exit run_git_hook(Call& call, const std::vector<std::string>& words) {
  if (words.size() < 6) return refuse(call.console(), {ErrorCode::misuse, "a hook without its name", "", ""});
  systems::GitHook hook{
      words[4], words[5], {words.begin() + 6, words.end()}, {}, files::DiskTree().real_path(".").value_or("/")};
  const bool reads = hook.name == "reference-transaction" || hook.name == "pre-push" || hook.name == "post-rewrite" ||
                     hook.name == "pre-receive" || hook.name == "post-receive";
  if (reads) hook.input = read_standard_input(max_call_bytes);
  systems::Surroundings surroundings = system_surroundings(call, std::time(nullptr));
  surroundings.state_directory = words[1];
  surroundings.users_file = words[2];
  surroundings.temporary = {"/tmp", "/var/tmp", "/dev/shm", words[3]};
  Environment began = call.environment();
  began.state = words[1];
  const auto refusal = are_hooks_off(began) ? Result<std::optional<std::string>>(std::nullopt)
                                            : systems::judge_git_hook(hook, surroundings);
  if (!refusal) return refuse(call.console(), refusal.error());
  if (*refusal) {
    call.console().complain(**refusal);
    return Exit::no;
  }
  if (hook.name == "pre-push" && !are_hooks_off(began)) {
    std::string warnings;
    const auto unexplained = judge_push(began, hook.name, hook.arguments, hook.input, hook.directory, warnings);
    if (!unexplained) return refuse(call.console(), unexplained.error());
    if (*unexplained) {
      call.console().complain(**unexplained);
      return Exit::no;
    }
    if (!warnings.empty()) call.console().complain(warnings);
  }
  const std::string own = systems::own_hook(hook, surroundings);
  if (own.empty()) return Exit::yes;
  std::vector<std::string> command = {own};
  command.insert(command.end(), hook.arguments.begin(), hook.arguments.end());
  return refuse(call.console(), files::become(command, reads, hook.input));
}

// cascade guard check 'COMMAND' [--cwd DIR] [--project DIR]
Exit check_line(Call& call, const std::string& line, const std::string& cwd, const std::string& project) {
  const files::DiskTree tree;
  const std::string here = tree.real_path(".").value_or("/");
  const std::string directory = files::normalise(cwd.empty() ? here : files::join(here, cwd));
  const auto found = systems::check(line, directory, project.empty() ? here : files::join(here, project),
                                    system_surroundings(call, std::time(nullptr)));
  if (!found) return call.console().fail(found.error());
  call.console().print(found->verdict + "\n");
  for (const std::string& reason : found->reasons) call.console().print("  " + reason + "\n");
  if (!found->programs.empty()) call.console().print("programs\n");
  for (const std::string& program : found->programs) call.console().print("  " + program + "\n");
  return found->verdict == "silent" ? Exit::yes : Exit::no;
}

// cascade guard allow WHAT. Uses the session that was written to last, unless one is named.
Exit allow_in_session(Call& call, const std::string& what, std::string session) {
  if (is_run_by_client(call.environment()))
    return call.console().fail({ErrorCode::misuse, "only a person may allow something, in a terminal of their own", "",
                                "leave the client's shell, or name the place in a prompt"});
  if (session.empty()) {
    const auto sessions = session::list_sessions(call.environment().state);
    if (sessions.empty())
      return call.console().fail({ErrorCode::not_found, "there is no session", "", "cascade session list"});
    session = sessions.front().session_id;
  }
  const std::string here = files::DiskTree().real_path(".").value_or("/");
  const auto done = systems::allow(session, what, here, system_surroundings(call, std::time(nullptr)));
  if (!done) return call.console().fail(done.error());
  call.console().note("session " + session + " may write to " + what);
  return Exit::yes;
}

constexpr unsigned most_seconds = 27;  // the client waits thirty seconds (src/event/init), a lease twenty

constexpr char too_slow[] =
    "cascade: the guard took longer than 27 seconds, so the tool is refused\n"
    "  help: try again; `cascade hook --off` in a terminal of your own switches it off\n";

// Nobody but a person gives no event. It is refused all the same: a client that sends nothing must not be let through.
Exit explain_itself(Call& call) {
  call.console().complain(
      "the guard is called by the client, before each tool call, with the event on standard input; there is none, so "
      "nothing is allowed\n"
      "  cascade guard check 'COMMAND'   what it would say to a command here, and why\n"
      "  cascade guard allow PLACE       this session may write there\n"
      "  cascade doctor                  whether it is called\n"
      "  help: cascade help guard, and `cascade help topic guard` for how it is switched on");
  return Exit::no;
}

Exit answer_event(Call& call) {
  if (is_terminal(STDIN_FILENO)) return explain_itself(call);
  end_late(most_seconds, too_slow);
  const std::string event = read_standard_input(max_call_bytes);
  if (call.environment().disabled || are_hooks_off(call.environment())) return Exit::yes;
  if (event.find_first_not_of(" \t\r\n") == std::string::npos) return explain_itself(call);
  auto answer = systems::answer_guard(event, system_surroundings(call, std::time(nullptr)));
  if (!answer) return refuse(call.console(), answer.error());
  if (!answer->empty()) call.console().print_whole(std::move(*answer += '\n'));
  return Exit::yes;
}

}  // namespace

Exit run_guard(Call& call) {
  if (call.words().empty()) return answer_event(call);
  if (call.words().front() == "git-hook") return run_git_hook(call, call.words());
  std::vector<std::string> words;
  std::string cwd, project, session;
  Arguments arguments("guard");
  arguments.words("WHAT", words, 1, 2);
  arguments.text("--cwd", cwd);
  arguments.text("--project", project);
  arguments.text("--session", session);
  if (const auto ended = call.read(arguments)) return *ended;
  if (words.size() == 2 && words[0] == "check") return check_line(call, words[1], cwd, project);
  if (words.size() == 2 && words[0] == "allow") return allow_in_session(call, words[1], session);
  return call.console().fail({ErrorCode::misuse, "guard takes check COMMAND or allow WHAT", "", "cascade help guard"});
}

}  // namespace cascade::cli
