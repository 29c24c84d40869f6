// What the client's hooks are answered: one JSON object, or nothing.
//
//   auto answer = cascade::answer_hook(workspace, options, event);   // event: what the hook read from standard input
#ifndef CASCADE_HOOK_H
#define CASCADE_HOOK_H

#include <cascade/budget.h>
#include <cascade/tokens.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cascade CASCADE_EXPORT {

// `state_directory`: where the session ledger lies; empty: no memory, everything may be sent again.
// `model`: whose tokens a budget is given in, by a name that token_model() knows; empty: o200k.
// `prompt_budget`, `agent_budget`: of one injection into the main conversation and into a subagent's prompt. None: 1.2
// and 3 per cent of the context window of the model in use, where the client tells it; 2,400 and 6,000 o200k tokens
// where it does not. Text that goes through additionalContext is also kept below 9,500 UTF-16 units (the client cuts
// above 10,000, 2.1.328). `nodes`: the packer's limit, about a millisecond at worst (docs/packing.md). `now`: seconds
// since 1970, written into the ledger for people and never compared. `home`: the user's folder, whose client settings
// say what is switched off; empty: those of the project alone. `search_path`: where programs are looked for, as
// in PATH: a skill that requires `bin:NAME` is not spoken of where there is none; empty: every program is believed in.
// `is_allowed`: whether the user allowed the file of this absolute path what a project or plugin cannot take for
// itself: to be in every session, to speak as one of the client's own agents. None: nothing is allowed. `deliver`: puts
// an answer where the client reads it, and tells whether it got there: only then the ledger notes what it says. It is
// called once at most, while other processes wait for the ledger. None: an answer counts as delivered when it is
// returned.
struct HookOptions {
  std::string state_directory, model, search_path, home;
  TokenLimit prompt_budget, agent_budget;
  std::uint64_t nodes = 80;
  std::int64_t now = 0;
  std::function<bool(std::string_view answer)> deliver;
  std::function<bool(const std::string& path)> is_allowed;
};

// The answer to one event of the client (any of its 33, known or not); empty: nothing to say. malformed: `event_json`
// is no JSON object; unwritable: it was not delivered, or what it says could not be kept; other errors are those of
// reading manifests. The caller keeps all of them from the client: a hook never fails.
Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, std::string_view event_json);

// What can be said of an event without manifests: where the session works, and whether it may be answered at all (most
// events and tools are not: the caller need not even open a workspace). `input`: the event itself, to be answered
// without being read again.
struct HookEvent {
  struct Input;
  std::string name, working_directory;
  bool answered = false;
  std::shared_ptr<const Input> input;
};
// malformed: no JSON object.
Result<HookEvent> describe_hook_event(std::string_view event_json);

// As above, of an event that was described; nothing to say to one that was not.
Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, const HookEvent& event);

}  // namespace cascade

#endif  // CASCADE_HOOK_H
