// Called by the client on every prompt: silent, quick, and never in the way. Whatever goes wrong is written to the
// fault log, and the prompt goes on without us.
#include <cascade/hook.h>

#include "cli/call.h"
#include "cli/fault_log.h"
#include "cli/standard_input.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"

#include <charconv>
#include <ctime>

namespace cascade::cli {
namespace {

constexpr std::size_t max_event_bytes = 1 << 20;

std::string off_marker(const Call& call) { return files::join(call.environment().state, "off"); }

bool is_switched_off(const Call& call) {
  return call.environment().disabled ||
         (!call.environment().state.empty() && files::DiskTree().stat(off_marker(call)).has_value());
}

Result<void> switch_off(const Call& call, bool off) {
  if (call.environment().state.empty()) return Error{ErrorCode::unwritable, "there is no state folder", "", "set HOME"};
  if (!off) return files::remove_file(off_marker(call));
  if (auto made = files::make_directories(call.environment().state); !made) return made;
  return files::write_atomically(off_marker(call), "", 0600);
}

// CASCADE_BUDGET, else cascade.yaml's, in the tokens of the model; what is unset or unreadable leaves the default.
void choose_budget(const Call& call, const Workspace& workspace, HookOptions& options) {
  std::uint32_t tokens = workspace.preferences().budget;
  const std::string& text = call.environment().budget;
  std::from_chars(text.data(), text.data() + text.size(), tokens);
  if (tokens == 0) return;
  const auto model = call.model(workspace.preferences().model);
  const std::uint64_t limit = model && *model ? to_o200k(**model, tokens) : tokens;
  options.prompt_budget = options.agent_budget = static_cast<TokenCount>(limit);
}

// The session works in `directory`, the program may run elsewhere: roots that were given are relative to where it runs.
// A working directory that is gone leaves the place where the program runs.
Result<Workspace> open_for(Call& call, const std::string& directory) {
  const files::DiskTree tree;
  WorkspaceOptions options = call.workspace_options();
  for (Root& root : options.roots)
    if (auto real = tree.real_path(root.path)) root.path = std::move(*real);
  if (tree.stat(directory)) options.directory = directory;
  if (!call.options().freshness) options.freshness = Freshness::partial;
  options.log = {};
  return Workspace::open(std::move(options));
}

Result<std::string> answer(Call& call, std::int64_t now) {
  const std::string event = read_standard_input(max_event_bytes);
  const auto described = describe_hook_event(event);
  if (!described) return described.error();
  if (!described->answered) return std::string();
  auto workspace = open_for(call, described->working_directory);
  if (!workspace) return workspace.error();
  call.step("open");
  HookOptions options;
  options.state_directory = call.environment().state;
  options.now = now;
  choose_budget(call, *workspace, options);
  return answer_hook(*workspace, options, event);
}

}  // namespace

Exit run_hook(Call& call) {
  const std::int64_t now = std::time(nullptr);
  bool off = false, on = false, stop = false;
  if (!call.words().empty()) {  // the client gives none, and pays for no tree of options
    Arguments arguments("hook");
    arguments.flag("--off", off);
    arguments.flag("--on", on);
    if (auto parsed = call.parse(arguments, stop); !parsed) {
      log_fault(call.environment().state, now, parsed.error());
      read_standard_input(0);
      return Exit::yes;
    }
  }
  if (stop) return Exit::yes;
  if (off || on) {
    if (auto switched = switch_off(call, off && !on); !switched) return call.console().fail(switched.error());
    call.console().note(off && !on ? "hooks are silent until `cascade hook --on`" : "hooks answer again");
    return Exit::yes;
  }
  if (is_switched_off(call)) {
    read_standard_input(0);
    return Exit::yes;
  }
  const auto text = answer(call, now);
  if (!text)
    log_fault(call.environment().state, now, text.error());
  else if (!text->empty())
    call.console().print(*text + "\n");
  call.step("answer");
  return Exit::yes;
}

}  // namespace cascade::cli
