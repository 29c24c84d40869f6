// Answers an event of the client's hooks: with one JSON object, or with nothing.
//
//   auto answer = cascade::answer_hook(workspace, options, event);   // event: what the hook read from standard input
#ifndef CASCADE_HOOK_H
#define CASCADE_HOOK_H

#include <cascade/budget.h>
#include <cascade/bundle.h>
#include <cascade/tokens.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

// A subagent that is about to start: its agent's name, or its type if the agent is unknown; the manifest's absolute
// path, empty if unknown; and whether the client itself reads that manifest.
struct StartedAgent {
  std::string name, path;
  bool is_loaded = true;
};
// The model and effort for the subagent, in its client's words. Empty: the client's own choice.
struct ModelChoice {
  std::string model, effort;
};

struct HookOptions {
  // The folder of the sessions' ledgers. Empty: nothing is remembered, so everything may be sent again.
  std::string state_directory;
  // The model in whose tokens the budgets are given, a name for token_model(). Empty: o200k.
  std::string model;
  // The folders to search for programs, in the format of PATH. A skill that requires `bin:NAME` is not offered if there
  // is no such program. Empty: every program counts as present.
  std::string search_path;
  // The user's folder; the client's folder in it, with the settings that switch manifests off; and the client's state
  // file, with the folders that the user trusts. No client_folder: `.claude` in `home`. No client_state: where the
  // client keeps it then. None of them: only the project's settings count.
  std::string home, client_folder, client_state;
  // The user's own cascade.yaml, and the profile that the environment names: which manifests the user switched off
  // (docs/formats/cascade-yaml.md). Empty: only the project's file counts, and no profile is named.
  std::string users_configuration, profile;
  // Why a manifest's text must not come into a conversation, in one line: what the validator holds against its safety.
  // Empty, or an empty text: nothing. Asked only about what is about to be loaded.
  std::function<std::string(const ManifestView& manifest)> refuses;
  // The folder, as the client names it, of the plugin whose hook was called. Its entry skill is the one that the model
  // calls if the user's and the project's settings have none. Empty: the hook is no plugin's.
  std::string plugin_folder;
  // The budgets of one injection into the main conversation and into a subagent's prompt. Unset: 1.2 and 3 per cent of
  // the model's context window if the client names the model, or else 2,400 and 6,000 o200k tokens. Text in
  // additionalContext also stays below 9,500 UTF-16 units, since the client cuts above 10,000 (2.1.328).
  TokenLimit prompt_budget, agent_budget;
  // The packer's limit on its work: a few milliseconds at worst on real libraries. While more than 1 % of the value may
  // be lost, it goes on to 2,000 (docs/packing.md).
  std::uint64_t nodes = 80;
  // Seconds since 1970. Written into the ledger for people, never compared.
  std::int64_t now = 0;
  // Delivers an answer to the client and returns whether it arrived; the ledger records only what did. Called at most
  // once, while other processes wait for the ledger. Empty: an answer counts as delivered when it is returned.
  std::function<bool(std::string_view answer)> deliver;
  // Whether facts are recalled from the index in `state_directory` (docs/memory.md). `configuration_home` is the value
  // of XDG_CONFIG_HOME, for finding git's own configuration; may be empty. `team`: from cascade.yaml; may be empty.
  bool recalls = false;
  std::string configuration_home, team;
  std::vector<std::string> said_facts{};  // ids of facts that the prompt itself says: they are not recalled for it
  // Whether the user allowed a file, by its absolute path, to take what a project or plugin cannot take by itself: a
  // place in every session, or the name of one of the client's own agents. Empty: nothing is allowed.
  std::function<bool(const std::string& path)> is_allowed;
  // What else there is to say about the event, for the model and for the user; it goes into the same answer.
  std::string context, notice;
  // Whether the user wants a line on the screen about what was loaded, unless the workspace's configuration already
  // says no.
  bool announces = true;
  // Of an event that starts a subagent: the files that it is to work on and that another agent is working on already.
  // If there are any, it gets a work tree of its own.
  std::vector<std::string> contested_files;
  // Of an event that starts a subagent: the model and the effort to set; see started_agent().
  ModelChoice model_choice;
  // Whether a guard refuses a subagent the tools that its manifest does not name.
  bool refuses_tools = false;
  // What is missing for a playbook's runs of tests and outside effects to be seen: commands and lines of configuration
  // for the user, in words. Empty: nothing is.
  std::string missing_sight;
  // How a shell calls cascade, in commands that are shown to the model: an absolute path, for which the bare name
  // stands where `search_path` leads to it, or words that stand as they are. Empty: "cascade".
  std::string program;
};

// Answers one event of the client, known or not. Returns an empty text if there is nothing to say. Errors: malformed if
// `event_json` is not a JSON object, unwritable if the answer was not delivered or could not be recorded, and those of
// reading manifests. The caller must hide them from the client: a hook never fails.
Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, std::string_view event_json);

// The properties of an event that are known without manifests.
struct HookEvent {
  struct Input;
  // The event's name in its client's words, and the session's working folder.
  std::string name, working_directory;
  // The client that sent it: claude, codex, gemini, copilot, opencode, cursor. Empty: no known client sent it.
  std::string client;
  // Whether the event can have an answer. Most events and tools have none, so no workspace needs to be opened.
  bool answered = false;
  // The parsed event, so that it is not read again.
  std::shared_ptr<const Input> input;
};
// The known facts about the caller apart from the event; both may be empty. Clients run each other's settings, so the
// event itself takes precedence over `named`.
struct HookCaller {
  // The client whose mark is in the environment, and the client that the command line names.
  std::string marked, named;
  // Whether the caller hands a text of any length on to the model, so that the budget in tokens alone is its limit.
  bool takes_whole = false;
};
// Error: malformed if `event_json` is not a JSON object.
Result<HookEvent> describe_hook_event(std::string_view event_json, const HookCaller& caller = {});

// Answers an event that was described. The answer is empty for an event that was not.
Result<std::string> answer_hook(Workspace& workspace, const HookOptions& options, const HookEvent& event);

// The subagent that an event is about to start, if its model and effort can be set: for whoever chooses these by its
// manifest (HookOptions::model_choice). Nothing: the event starts none, or the client takes no model.
std::optional<StartedAgent> started_agent(Workspace& workspace, const HookOptions& options, const HookEvent& event);

}  // namespace cascade

#endif  // CASCADE_HOOK_H
