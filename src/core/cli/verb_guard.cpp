// Called by the client before a tool runs. Fails closed: on any fault the status is not 0, and the client refuses the
// tool and shows standard error.
#include "cli/guard_actions.h"
#include "cli/hook_entries.h"
#include "cli/hook_options.h"
#include "cli/standard_input.h"
#include "cli/system.h"
#include "system/system.h"

#include <unistd.h>

#include <ctime>

namespace cascade::cli {
namespace {

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
  return call.console().fail({ErrorCode::misuse, "guard takes check COMMAND or allow WHAT", "", "cascade help guard"});
}

}  // namespace cascade::cli
