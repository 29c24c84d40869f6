// Answers an event of the client's hooks: with one JSON object, or with nothing.
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
#include <utility>
#include <vector>

namespace cascade CASCADE_EXPORT {

// A subagent that is about to start: its agent's name, or the type where none is known; the manifest's absolute path
// (empty: none is known), and whether the client reads that manifest itself.
struct StartedAgent {
  std::string name, path;
  bool is_loaded = true;
};
// What it runs on, in its client's words. Empty: as it would.
struct ModelChoice {
  std::string model, effort;
};

struct HookOptions {
  // Where the sessions' ledgers lie. Empty: nothing is remembered, and everything may be sent again.
  std::string state_directory;
  // The model whose tokens the budgets count, a name for token_model(). Empty: o200k.
  std::string model;
  // Where programs are looked for, as in PATH. A skill that requires `bin:NAME` is kept quiet if there is no such
  // program. Empty: every program is taken to be there.
  std::string search_path;
  // The user's folder, and the client's in it, whose settings say what is switched off. No client_folder: `.claude` in
  // `home`. Neither: the project's settings alone count.
  std::string home, client_folder;
  // The plugin whose hook is asked, as the client names its folder; its entry skill is the one that the model calls
  // where the user's and the project's settings have none. Empty: it is no plugin's hook.
  std::string plugin_folder;
  // For one injection into the main conversation, and into a subagent's prompt. None: 1.2 and 3 per cent of the model's
  // context window if the client names the model, else 2,400 and 6,000 o200k tokens. What goes through
  // additionalContext is also kept below 9,500 UTF-16 units: the client cuts above 10,000 (2.1.328).
  TokenLimit prompt_budget, agent_budget;
  // The packer's limit: about a millisecond at worst (docs/packing.md).
  std::uint64_t nodes = 80;
  // Seconds since 1970. Written into the ledger for people, never compared.
  std::int64_t now = 0;
  // Puts an answer where the client reads it, and returns whether it arrived; the ledger notes only what did. Called at
  // most once, while other processes wait for the ledger. None: an answer counts as delivered when it is returned.
  std::function<bool(std::string_view answer)> deliver;
  // Whether facts are recalled from the index that lies in `state_directory` (docs/memory.md), and what stands for
  // XDG_CONFIG_HOME, where git's own configuration is looked for; may be empty. `team`: cascade.yaml's, may be empty.
  bool recalls = false;
  std::string configuration_home, team;
  // Whether the user allowed a file, by its absolute path, what a project or plugin cannot take for itself: to be in
  // every session, to speak as one of the client's own agents. None: nothing is allowed.
  std::function<bool(const std::string& path)> is_allowed;
  // Before a subagent starts: the files that it is told to work on and another one works on already. It then gets a
  // work tree of its own. None: no agent gets one.
  std::function<std::vector<std::string>()> contested_files;
  // Before a subagent starts: the model and the effort that are to be set. May be asked again about the same call.
  // None: nothing is set.
  std::function<ModelChoice(const StartedAgent& agent)> choose_model;
  // Whether a guard refuses a subagent the tools that its manifest does not name; asked when one starts. None: nobody
  // does.
  std::function<bool()> refuses_tools;
  // What hooks of manifests say to the event, for the model and for the user; `active`: the manifests that hold for
  // whoever it is about, as "skill:deploy". Asked once an answer is made, and where there are such. None: no hook runs.
  std::function<std::pair<std::string, std::string>(const std::vector<std::string>& active)> skill_hooks;
  // Whether the user wants a line on the screen about what was loaded, where the workspace's configuration does not say
  // otherwise; asked only if there is one. None: they do.
  std::function<bool()> announces;
  // How a shell calls cascade, for commands that are told to the model; asked only where one is. None: cascade.
  std::function<std::string()> program;
};

// Answers one event of the client, known or not. Empty: there is nothing to say. Errors: malformed if `event_json` is
// no JSON object, unwritable if the answer was not delivered or could not be noted, and those of reading manifests. The
// caller keeps them from the client: a hook never fails.
Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, std::string_view event_json);

// What can be told about an event without manifests.
struct HookEvent {
  struct Input;
  // The event's name in its client's words, and the folder that the session works in.
  std::string name, working_directory;
  // The client that sent it: claude, codex, gemini, copilot, opencode. Empty: none that is known sends such events.
  std::string client;
  // Whether there can be an answer. For most events and tools there is none, and no workspace need be opened.
  bool answered = false;
  // The event itself, so that it is not read again.
  std::shared_ptr<const Input> input;
};
// What is known of the caller beside the event; both may be empty. Clients run each other's settings: what the event
// shows goes before `named`.
struct HookCaller {
  // The client whose mark stands in the environment, and the one that the command line names.
  std::string marked, named;
};
// Error: malformed if it is no JSON object.
Result<HookEvent> describe_hook_event(std::string_view event_json, const HookCaller& caller = {});

// Answers an event that was described. Empty if it was not.
Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, const HookEvent& event);

}  // namespace cascade

#endif  // CASCADE_HOOK_H
