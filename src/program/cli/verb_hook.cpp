// Called by the client on every prompt: silent, quick, and never in the way. Faults are written to the fault log, and
// the prompt continues without us.
#include <cascade/hook.h>

#include "cli/background_index.h"
#include "cli/call.h"
#include "cli/data_files.h"
#include "cli/event_session.h"
#include "cli/event_systems.h"
#include "cli/fault_log.h"
#include "cli/guard.h"
#include "cli/hook_entries.h"
#include "cli/hook_options.h"
#include "cli/hook_switch.h"
#include "cli/standard_input.h"
#include "cli/system.h"
#include "cli/system_surroundings.h"
#include "files/atomic_write.h"
#include "files/detached.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hook/event.h"
#include "hook/shorten_event.h"
#include "systems/own_tree.h"
#include "systems/systems.h"
#include "usage/learned.h"

#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

namespace cascade::cli {
namespace {

constexpr std::size_t max_event_bytes = 16 << 20;  // one mebibyte is parsed, of what shorten_event() leaves
constexpr std::size_t most_files = 5'000, most_read_bytes = 8 << 20;  // the most that is read while the prompt waits
constexpr std::uint32_t most_milliseconds = 4'000;                    // the client waits five seconds (src/event/init)

// The session works in `directory`, but the program may run elsewhere: given roots are relative to the program's
// folder. If the working directory no longer exists, the program's folder is used.
WorkspaceOptions options_for(const Call& call, const HookEvent& event) {
  const std::string& directory = event.working_directory;
  const files::DiskTree tree;
  WorkspaceOptions options = call.workspace_options();
  for (Root& root : options.roots)
    if (auto real = tree.real_path(root.path)) root.path = std::move(*real);
  options.client = event.client;
  if (tree.stat(directory)) options.directory = directory;
  if (!call.options().freshness) options.freshness = Freshness::partial;
  options.log = {};
  options.most_files = most_files;
  options.most_bytes = most_read_bytes;
  options.check_later = true;
  return options;
}

// A separate process indexes a large tree, one at a time, while the prompt continues.
void index_in_background(const WorkspaceOptions& options) {
  constexpr std::int64_t least_seconds = 30;  // after one that failed: it must not run again at every prompt
  if (options.cache_directory.empty() || !files::make_directories(options.cache_directory)) return;
  std::vector<std::string> words = {program_path(), "--quiet"};
  for (const Root& root : options.roots) words.insert(words.end(), {"--root", root.path});
  if (options.default_roots) words.insert(words.end(), {"--root", "default"});
  words.emplace_back("index");
  static_cast<void>(
      files::start_detached(words, options.directory, background_lock(options.cache_directory), least_seconds));
}

// Prevents a build that does not finish in time from starting again at every prompt. A file marks such a build from its
// start to its end. If it is still there at the next prompt, nothing is built for a minute, except in the background; a
// mark that counted longer would keep prompts without an answer where files change all the time.
class WaitingBuild {
 public:
  explicit WaitingBuild(WorkspaceOptions& options) : directory_(options.directory) {
    if (options.cache_directory.empty()) return;
    path_ = files::join(options.cache_directory, "waiting-build");
    const auto left = files::DiskTree().read(path_, max_path_bytes);
    was_left_ = left && *left == directory_ && is_recent();
    if (was_left_) options.most_bytes = 1;
    options.building = [this, begin = std::move(options.building)] {
      if (begin) begin();
      // By a temporary name that all share: one that is killed leaves nothing for each process. A mark that another
      // spoils marks nothing.
      begun_ = files::write_sealed(path_, {directory_}, {}, 0600).has_value();
    };
  }
  // `refused`: there was too much to build.
  void end(bool refused) const {
    if ((begun_ || was_left_) && !(was_left_ && refused)) static_cast<void>(files::remove_file(path_));
  }

 private:
  bool is_recent() const {
    constexpr std::int64_t long_ago = 60, nanoseconds = 1'000'000'000;
    const auto stamp = files::DiskTree().stat(path_);
    return stamp && std::time(nullptr) - stamp->modified_ns / nanoseconds < long_ago;
  }

  static constexpr std::uint64_t max_path_bytes = 8'192;
  std::string path_, directory_;
  bool was_left_ = false, begun_ = false;
};

// The answer is given without an unreadable file or folder, and the cause is logged.
void log_unread(const EventSession& session, const Workspace& workspace) {
  for (const Diagnostic& problem : workspace.problems())
    if (problem.rule == "ID009")
      return session.log({ErrorCode::unreadable, "not read: " + problem.message, problem.at.path, problem.help});
}

// On a fault, no contested files are known: the agent starts in this tree and waits at the file.
std::vector<std::string> contested_files(EventSession& session) {
  const Result<policy::Policy>& policy = session.policy();
  if (!policy) return {};
  auto found = systems::contested_files(session.event(), *policy, system_surroundings(session.call(), session.now()));
  if (found) return *std::move(found);
  session.log(found.error());
  return {};
}

// Whether a subagent starts where files are leased.
bool may_be_contested(EventSession& session) {
  return session.event().task && session.mode(&policy::Policy::leases) == policy::Mode::block;
}

// Whether tools that an agent's manifest does not name are refused: it is configured so, and an entry starts the guard.
bool refuses_tools(EventSession& session) {
  if (session.mode(&policy::Policy::tools) != policy::Mode::block) return false;
  const std::vector<HookedSettings> all = find_hooked_settings(session.environment());
  return std::any_of(all.begin(), all.end(), [](const HookedSettings& settings) { return settings.guards; });
}

// A fault in what was learned means that nothing was.
Learned learned_for_hook(EventSession& session) {
  const Result<policy::Policy>& policy = session.policy();
  if (!policy || !policy->learns) return {};
  auto learned = usage::read_learned(files::DiskTree(), session.environment().state);
  if (learned) return *std::move(learned);
  session.log(learned.error());
  return {};
}

Result<HookEvent> described_event(const std::string& event, const HookCaller& caller) {
  if (event.size() < max_event_bytes) return describe_hook_event(event, caller);
  return Error{ErrorCode::unsupported, "the event is longer than 16 MiB; the prompt went on without an answer", "", ""};
}

// The one answer to an event: the library's, with the words of the systems joined, or these alone.
class Answering {
 public:
  explicit Answering(EventSession& session) : session_(session) {}

  void answer() {
    if (session_.described().answered)
      if (const auto text = from_library(); !text) session_.log(text.error());
    if (!was_written_ && session_.event().client != nullptr)
      if (const std::string text = hook::write_answer(session_.event(), words()); !text.empty()) write(text);
  }

 private:
  // Asked for once, when the library's answer is made: it may call this twice, and not at all if it fails before.
  const client::Answer& words() {
    if (!words_) words_ = what_systems_say(session_);
    return *words_;
  }

  bool write(std::string_view text) {
    was_written_ = true;
    Console& console = session_.call().console();
    console.print(text);
    if (!text.ends_with('\n')) console.print("\n");
    return console.flush();
  }

  HookOptions options(const Workspace& workspace) {
    HookOptions options = hook_options(session_.call(), workspace);
    options.state_directory = session_.environment().state;
    options.now = session_.now();
    options.deliver = [this](std::string_view text) { return write(text); };
    if (may_be_contested(session_)) options.contested_files = [this] { return contested_files(session_); };
    options.refuses_tools = [this] { return refuses_tools(session_); };
    options.announces = [this] { return !session_.policy() || session_.policy()->announces; };
    options.explores = [this] { return session_.policy() ? session_.policy()->explores : 0; };
    options.learned = [this] { return learned_for_hook(session_); };
    options.choose_model = model_chooser(session_);
    options.others = [this] { return std::make_pair(words().context, words().notice); };
    prepare_recall(session_, options);
    return options;
  }

  Result<std::string> from_library() {
    WorkspaceOptions where = options_for(session_.call(), session_.described());
    where.read_configuration = session_.configuration_reader();
    WaitingBuild build(where);
    auto workspace = Workspace::open(where);
    const auto index_later = [&](const Error& error) {
      const bool too_much = error.code == ErrorCode::unsupported;
      // stale: a file that is to be loaded has changed, and there are too many to look at all of them.
      if (too_much || error.code == ErrorCode::stale) index_in_background(where);
      build.end(too_much);
      session_.workspace = nullptr;
      return error;
    };
    if (!workspace) return index_later(workspace.error());
    session_.call().step("open");
    log_unread(session_, *workspace);
    session_.workspace = &*workspace;
    auto text = answer_hook(*workspace, options(*workspace), session_.described());
    if (!text) return index_later(text.error());
    build.end(false);
    // What was not looked at may have changed: of a large tree a prompt sees only the first part.
    if (workspace->report().outdated || workspace->report().partial) index_in_background(where);
    was_written_ = true;  // or there is nothing to say
    session_.workspace = nullptr;
    return text;
  }

  EventSession& session_;
  std::optional<client::Answer> words_;
  bool was_written_ = false;
};

// Explains itself to a person, who would otherwise wait for nothing.
bool is_called_by_hand(Console& console) {
  if (!is_terminal(STDIN_FILENO)) return false;
  console.note(
      "the client calls this, with an event on standard input; there is none\n"
      "  cascade doctor   tries the hooks with a prompt\n"
      "  help: cascade help hook");
  return true;
}

}  // namespace

Exit run_hook(Call& call) {
  const std::int64_t now = std::time(nullptr);
  const Guard guard(most_milliseconds, fault_log_path(call.environment().state), now);
  bool off = false, on = false, stop = false;
  HookCaller caller{call.environment().marked_client, {}};
  const std::vector<std::string>& words = call.words();
  if (words.size() == 2 && words[0] == "--client") {  // skips the option parser for the command that `init` writes
    caller.named = words[1];
  } else if (!words.empty()) {
    Arguments arguments("hook");
    std::optional<std::string> client;
    arguments.text("--client", client);
    arguments.flag("--off", off);
    arguments.flag("--on", on);
    if (auto parsed = call.parse(arguments, stop); !parsed) {
      log_fault(call.environment().state, now, parsed.error());
      read_standard_input(0);
      return Exit::yes;
    }
    caller.named = client.value_or("");
  }
  if (stop) return Exit::yes;
  if (off || on) {
    if (auto switched = switch_hooks(call.environment(), off && !on); !switched)
      return call.console().fail(switched.error());
    call.console().note(off && !on ? "hooks are silent until `cascade hook --on`" : "hooks answer again");
    return Exit::yes;
  }
  if (call.environment().disabled || are_hooks_off(call.environment())) {
    read_standard_input(0);
    return Exit::yes;
  }
  if (is_called_by_hand(call.console())) return Exit::yes;
  const std::string event = hook::shorten_event(read_standard_input(max_event_bytes));
  const auto described = described_event(event, caller);
  if (!described) {
    log_fault(call.environment().state, now, described.error());
    return Exit::yes;
  }
  if (described->client.empty())
    log_fault(call.environment().state, now,
              {ErrorCode::unsupported, "no known client sends such an event", "", "docs/clients.md"});
  EventSession session(call, *described, event, now);
  Answering(session).answer();
  tell_systems(session);
  call.step("answer");
  return Exit::yes;
}

}  // namespace cascade::cli
