// Called by the client on every prompt: silent, quick, and never in the way. Faults are written to the fault log, and
// the prompt continues without us.
#include <cascade/hook.h>

#include "cli/guard.h"
#include "cli/hook_entries.h"
#include "cli/hook_options.h"
#include "cli/standard_input.h"
#include "cli/system.h"
#include "client/names.h"
#include "hook/event_tool_call.h"

#include <unistd.h>
#include <ctime>

namespace cascade::cli {
namespace {

constexpr std::size_t max_event_bytes = 16 << 20;  // one mebibyte is parsed, of what shorten_event() leaves
// The client waits five seconds (policy/systems.tsv), and thirty at the end of a turn with checks.
constexpr std::uint32_t most_milliseconds = 4'000, most_with_checks = 27'000;

// Whether the mod of this session asks about the event by itself (docs/plugin.md), so that nothing comes twice. The
// session counts, since whatever the client starts inherits the variable.
bool is_for_mod(const Environment& environment, const client::EventInput& event) {
  using client::EventKind;
  return !event.session_id.empty() && event.session_id == environment.mod_session &&
         (event.kind == EventKind::session_start || event.kind == EventKind::prompt ||
          event.kind == EventKind::subagent_start);
}

// Answers the event on standard input. Its faults go to the log.
void answer(Call& call, const HookCaller& caller, bool is_mod, std::int64_t now) {
  const auto log = [&](const Error& error) { log_fault(call.environment().state, now, error); };
  const std::string event = hook::shorten_event(read_standard_input(max_event_bytes));
  const auto described = event.size() < max_event_bytes
                             ? describe_hook_event(event, caller)
                             : Error{ErrorCode::unsupported,
                                     "the event is longer than 16 MiB; the prompt went on without an answer", "", ""};
  if (!described) return log(described.error());
  if (described->client.empty())
    log({ErrorCode::unsupported, "no known client sends such an event", "", "cascade help clients"});
  systems::Surroundings surroundings = system_surroundings(call, now);
  surroundings.wait_longer = [] { Guard::extend(most_with_checks); };
  systems::EventSession session(std::move(surroundings), *described, event, log);
  if (!is_mod && is_for_mod(call.environment(), session.event())) return;
  if (session.is_of_usual_client() && session.event().is_heard &&
      event.find(client::event_keys::transcript) == std::string::npos)
    log({ErrorCode::unsupported,
         "the event has no transcript_path, and what is read from that file was left out: models and costs of "
         "subagents, the sources of facts, the parent of a fork",
         "", "pass the client's event on as it came"});
  systems::Program program = event_program(call, session);
  bool was_said = false;
  if (is_mod) program.write = [&, write = program.write](std::string_view text) { return was_said = write(text); };
  systems::answer_event(session, program);
  if (is_mod && !was_said) call.console().print("{}\n");  // to be told apart from a program that is off
}

}  // namespace

Exit run_hook(Call& call) {
  const std::int64_t now = std::time(nullptr);
  const Guard guard(most_milliseconds, fault_log_path(call.environment().state), now);
  bool off = false, on = false, stop = false, mod = false, whole = false;
  std::optional<std::string> client;
  const std::vector<std::string>& words = call.words();
  const bool says_whole = words.size() == 3 && words[2] == "--whole";
  // Skips the option parser for the commands that `init` writes.
  if ((words.size() == 2 || says_whole) && words[0] == "--client") {
    client = words[1];
    whole = says_whole;
  } else if (words.size() == 1 && words[0] == "--mod") {
    mod = true;
  } else if (!words.empty()) {
    Arguments arguments("hook");
    arguments.text("--client", client);
    arguments.flag("--off", off);
    arguments.flag("--on", on);
    arguments.flag("--mod", mod);
    arguments.flag("--whole", whole);
    if (auto parsed = call.parse(arguments, stop); !parsed) {
      log_fault(call.environment().state, now, parsed.error());
      call.console().note(
          parsed.error().message + "\n" +
          "  the client calls this with an event on standard input; it takes --client NAME, --mod, --whole, "
          "--off or --on\n  to try a prompt: cascade route TEXT");
      read_standard_input(0);
      return Exit::yes;  // whatever is wrong, the prompt goes on
    }
  }
  if (stop) return Exit::yes;
  if (off || on) return switch_hooks(call, off && !on);
  if (call.environment().disabled || are_hooks_off(call.environment())) {
    read_standard_input(0);
    if (mod) call.console().print("{\"cascade\":\"off\"}\n");
    return Exit::yes;
  }
  if (is_terminal(STDIN_FILENO)) {  // a person would wait for nothing
    call.console().note(
        "the client calls this, with an event on standard input; there is none\n"
        "  cascade doctor   tries the hooks with a prompt\n"
        "  help: cascade help hook");
    return Exit::yes;
  }
  answer(call, {call.environment().marked_client, client.value_or(""), mod || whole}, mod, now);
  call.step("answer");
  return Exit::yes;
}

}  // namespace cascade::cli
