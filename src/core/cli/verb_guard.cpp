#include "cli/verb_guard.h"

#include "cli/console.h"
#include "cli/hook_entries.h"
#include "cli/system.h"
#include "cli/verb_allow.h"
#include "cli/verb_hook.h"
#include "events/systems.h"
#include "files/paths.h"
#include "files/tree.h"
#include "session/ledger.h"

#include <unistd.h>

#include <ctime>

namespace cascade::cli {

Exit refuse(Console& console, Error error) {
  error.message = "the guard cannot judge this tool call, so it is refused: " + error.message;
  if (error.help.empty())
    error.help = "cascade doctor; `cascade hook --off` in a terminal of your own switches the guard off";
  static_cast<void>(console.fail(error));
  return Exit::no;
}

Result<std::string> record_leave(Span<const core::System*> systems, const std::string& session, const std::string& what,
                                 const std::string& directory, const systems::Surroundings& surroundings) {
  for (const core::System* const system : systems)
    if (system->allow != nullptr) return system->allow(session, what, directory, surroundings);
  return Error{ErrorCode::unsupported, "this cascade is built without the guard of repositories", "", ""};
}

// Called by the client before a tool runs. Fails closed: on any fault the status is not 0, and the client refuses the
// tool and shows standard error.

namespace {

// cascade guard check 'COMMAND' [--cwd DIR] [--project DIR]
Exit check_line(Call& call, const std::string& line, const std::string& cwd, const std::string& project) {
  const files::DiskTree tree;
  const std::string here = tree.real_path(".").value_or("/");
  const std::string directory = files::normalise(cwd.empty() ? here : files::join(here, cwd));
  const auto found = systems::check(line, directory, project.empty() ? here : files::join(here, project),
                                    system_surroundings(call, std::time(nullptr)));
  if (!found) return call.console().fail(found.error());
  call.console().print(found->verdict + "\n");
  for (std::string reason : found->reasons) {
    for (std::size_t at = reason.find('\n'); at != std::string::npos; at = reason.find('\n', at + 1))
      reason.insert(at + 1, "  ");
    call.console().print("  " + reason + "\n");
  }
  if (!found->programs.empty()) call.console().print("programs\n");
  for (const std::string& program : found->programs) call.console().print("  " + program + "\n");
  return found->verdict == "silent" ? Exit::yes : Exit::no;
}

// cascade guard allow WHAT. Uses the session that was written to last, unless one is named.
Exit allow_in_session(Call& call, const std::string& what, std::string session) {
  if (is_run_by_client(call.environment()))
    return call.console().fail(misuse("only a person may allow something, in a terminal of their own",
                                      "leave the client's shell, or name the place in a prompt"));
  if (session.empty()) {
    const auto sessions = session::list_sessions(call.environment().state);
    if (sessions.empty())
      return call.console().fail({ErrorCode::not_found, "there is no session", "", "cascade session list"});
    session = sessions.front().session_id;
  }
  const std::string here = files::DiskTree().real_path(".").value_or("/");
  const auto allowed =
      record_leave(core::systems(), session, what, here, system_surroundings(call, std::time(nullptr)));
  if (!allowed) return call.console().fail(allowed.error());
  call.console().note("session " + session + " may write to " + *allowed);
  return Exit::yes;
}

constexpr unsigned most_seconds = 27;  // the client waits thirty seconds (src/systems/init), a lease twenty

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
  for (const core::System* const system : core::systems())
    if (system->git_hook != nullptr && call.words().front() == "git-hook") return system->git_hook(call, call.words());
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
  return call.console().fail(call.unfit());
}

}  // namespace cascade::cli
