// What an answer needs that the event does not say.
#include "cli/verb_hook.h"

#include <cascade/hook.h>

#include "cli/console.h"
#include "cli/environment.h"
#include "cli/hook_entries.h"
#include "cli/system.h"
#include "client/names.h"
#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hook/event_tool_call.h"
#include "policy/policy.h"
#include "render/session.h"
#include "text/lines.h"
#include "unicode/utf8.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <ctime>

namespace cascade::cli {
namespace {

// Whether entries of one file of settings tell us of this system's events; where the record says so is looked first.
bool is_called(const Environment& environment, std::string_view system) {
  for (const Installation& one : remembered(environment))
    if (std::ranges::find(one.systems, system) != one.systems.end() && unheard_in(one.path, system).empty())
      return true;
  const std::vector<HookedSettings> all = find_hooked_settings(environment);
  return std::ranges::any_of(all, [&](const HookedSettings& one) { return unheard_in(one.path, system).empty(); });
}

// Whether tools that an agent's manifest does not name are refused: it is configured so, and an entry starts the guard.
bool refuses_tools(systems::EventSession& session, const Environment& environment) {
  const client::EventKind kind = session.event().kind;
  if (!session.event().task && kind != client::EventKind::subagent_start) return false;
  if (session.mode("tools") != policy::Mode::block) return false;
  const std::vector<HookedSettings> all = find_hooked_settings(environment);
  return std::ranges::any_of(all, [](const HookedSettings& settings) { return settings.guards; });
}

// What only an event needs.
HookOptions event_options(const Call& call, systems::EventSession& session, const Workspace& workspace) {
  HookOptions options = hook_options(call, workspace);
  if (session.event().kind == client::EventKind::prompt)
    options.missing_sight = missing_sight(call.environment(), session.policy());
  options.refuses_tools = refuses_tools(session, call.environment());
  options.refuses = vetting_by(call.environment(), workspace);
  if (const Result<policy::Policy>& policy = session.policy()) options.announces = policy->announces;
  return options;
}

// Both must outlive the result.
systems::Program event_program(Call& call, systems::EventSession& session) {
  systems::Program program;
  program.library = call.workspace_options();
  program.keeps_freshness = call.options().freshness.has_value();
  program.options = [&](const Workspace& library) { return event_options(call, session, library); };
  program.write = [&](std::string_view text) {
    call.console().print(text);
    if (!text.ends_with('\n')) call.console().print("\n");
    return call.console().flush();
  };
  return program;
}

constexpr std::uint64_t max_bytes = 64 * 1024;

// The lines of the newer half.
std::string newer_half(std::string_view content) {
  const std::size_t line = content.find('\n', content.size() / 2);
  return line == std::string_view::npos ? std::string() : std::string(content.substr(line + 1));
}

// Turns "1795198169 what" into "2026-11-20 18:09:29 UTC: what"; any other line stays unchanged.
std::string dated(std::string_view line) {
  constexpr std::int64_t year_10000 = 253'402'300'800;
  std::int64_t count = 0;
  const auto [end, fault] = std::from_chars(line.data(), line.data() + line.size(), count);
  if (fault != std::errc() || count <= 0 || count >= year_10000) return std::string(line);
  const std::string seconds = std::to_string(count % 60);
  return rendering::time_text(count) + (seconds.size() < 2 ? ":0" : ":") + seconds +
         " UTC:" + std::string(line.substr(static_cast<std::size_t>(end - line.data())));
}

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

std::string missing_sight(const Environment& environment, const Result<policy::Policy>& policy) {
  const bool is_on = policy && policy->mode_of("playbooks") != policy::Mode::off;
  return is_on && is_called(environment, "playbooks") ? std::string() : "`cascade init --with playbooks`";
}

HookOptions hook_options(const Call& call, const Workspace& workspace) {
  HookOptions options;
  const auto model = call.model(workspace.preferences().model);
  if (model && *model) options.model = (*model)->name;
  auto limit = parse_token_limit(call.environment().budget);
  if (!limit) limit = workspace.preferences().budget;
  options.prompt_budget = options.agent_budget = *limit;
  options.search_path = call.environment().search_path;
  options.is_allowed = allowed_by_user(call.environment());
  options.home = call.environment().home;
  options.users_configuration = call.environment().users_configuration;
  options.profile = call.environment().profile;
  options.client_folder = call.environment().user.folder;
  options.client_state = call.environment().user.state;
  options.plugin_folder = call.environment().plugin_folder;
  options.program = program_path();
  return options;
}

std::string fault_log_path(const std::string& state) {
  return state.empty() ? state : files::join(state, "faults.log");
}

void log_fault(const std::string& state, std::int64_t now, const Error& error) {
  if (state.empty() || !files::make_directories(state)) return;
  std::string line = error.message;
  if (!error.path.empty()) line += " (" + error.path + ")";
  if (!error.help.empty()) line += "; " + error.help;
  line = unicode::displayable(line);
  const auto add = [&](std::string_view content) {
    const bool repeated =
        content.size() > line.size() && content.substr(content.size() - line.size() - 1) == line + "\n";
    return repeated ? std::string() : std::to_string(now) + " " + line;
  };
  static_cast<void>(files::extend_log(fault_log_path(state), max_bytes, add, newer_half));
}

std::vector<std::string> read_faults(const std::string& state, std::size_t most) {
  std::vector<std::string> lines;
  const auto text = files::DiskTree().read(fault_log_path(state), 2 * max_bytes);
  if (!text) return lines;
  for (const std::string_view line : letters::lines(*text))
    if (!line.empty()) lines.push_back(dated(line));
  if (lines.size() > most) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most));
  return lines;
}

systems::Surroundings system_surroundings(const Environment& environment, std::int64_t now) {
  return {.state_directory = environment.state,
          .users_file = environment.users_configuration,
          .project_directory = environment.project_directory,
          .home = environment.home,
          .client_folder = environment.user.folder,
          .git_program = git_program(),
          .own_program = program_path(),
          .environment_file = environment.environment_file,
          .temporary = environment.temporary,
          .environment = environment.of_git,
          .allowed_file = environment.allowed,
          .postgres_program = postgres_program(),
          .client_process = environment.client_process,
          .now = now};
}

systems::Surroundings system_surroundings(const Call& call, std::int64_t now) {
  systems::Surroundings surroundings = system_surroundings(call.environment(), now);
  surroundings.library = [&call] { return call.workspace_options(); };
  return surroundings;
}

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
