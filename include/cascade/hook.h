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

// A subagent that is about to start.
struct StartedAgent {
  std::string name, path;  // of the agent, or its type; of its manifest, absolute. Empty: unknown
  bool is_loaded = true;   // the client itself reads that manifest
};
// For the subagent.
struct ModelChoice {
  std::string model, effort;  // in its client's words; empty: the client's own choice
};

struct HookOptions {
  std::string state_directory;  // of the sessions' ledgers; empty: nothing is remembered, and all may be sent again
  std::string model;            // in whose tokens the budgets are, a name for token_model(); empty: o200k
  // As PATH: where programs are looked for that skills require as `bin:NAME`. Empty: every program counts as present.
  std::string search_path;
  // The user's folder; the client's folder in it, with the settings that switch manifests off; and the client's state
  // file, with the folders that the user trusts. No client_folder: `.claude` in `home`. No client_state: where the
  // client keeps it then. None of them: only the project's settings count.
  std::string home, client_folder, client_state;
  // The user's own cascade.yaml, and the profile that the environment names: which manifests the user switched off
  // (docs/formats/cascade-yaml.md). Empty: only the project's file counts, and no profile is named.
  std::string users_configuration, profile;
  // In one line why a manifest that is about to be loaded is not safe. Empty, or an empty text: nothing is against it.
  std::function<std::string(const ManifestView& manifest)> refuses;
  // The folder, as the client names it, of the plugin whose hook was called. Its entry skill is the one that the model
  // calls if the user's and the project's settings have none. Empty: the hook is no plugin's.
  std::string plugin_folder;
  // The budgets of one injection into the main conversation and into a subagent's prompt. Unset: 1.2 and 3 per cent of
  // the model's context window if the client names the model, or else 2,400 and 6,000 o200k tokens. Text in
  // additionalContext also stays below 9,500 UTF-16 units, since the client cuts above 10,000 (2.1.328).
  TokenLimit prompt_budget, agent_budget;
  // The packer's limit: a few milliseconds at worst. While more than 1 % may be lost, it goes on to 2,000.
  std::uint64_t nodes = 80;
  std::int64_t now = 0;  // seconds since 1970; written into the ledger for people, never compared
  // Delivers an answer and tells whether it arrived: the ledger records only what did. Called at most once, while other
  // processes wait for the ledger. Empty: what is returned counts as delivered.
  std::function<bool(std::string_view answer)> deliver;
  // Whether facts are recalled from the index in `state_directory` (docs/memory.md). `configuration_home` is the value
  // of XDG_CONFIG_HOME, for finding git's own configuration; may be empty. `team`: from cascade.yaml; may be empty.
  bool recalls = false;
  std::string configuration_home, team;
  std::vector<std::string> said_facts{};  // ids of facts that the prompt itself says: they are not recalled for it
  // Whether the user allowed a file, by its absolute path, to take what a project or plugin cannot take by itself: a
  // place in every session, or the name of one of the client's own agents. Empty: nothing is allowed.
  std::function<bool(const std::string& path)> is_allowed;
  std::string context, notice;  // what else there is to say in the answer, for the model and for the user
  bool announces = true;        // the user wants a line about what was loaded, unless the configuration says no
  // Of an event that starts a subagent: its files on which another agent works. If any, it gets a work tree of its own.
  std::vector<std::string> contested_files;
  ModelChoice model_choice;    // of such an event; see started_agent()
  bool refuses_tools = false;  // a guard refuses a subagent the tools that its manifest does not name
  // For the user, what is missing for runs of tests and outside effects to be seen. Empty: nothing is.
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
  std::string name, working_directory;  // in its client's words; the session's
  std::string client;     // that sent it: claude, codex, gemini, copilot, opencode, cursor; empty: no known one
  bool answered = false;  // it can have an answer; most have none, so no workspace needs to be opened
  std::shared_ptr<const Input> input;  // as parsed, so that it is not read again
};
// The known facts about the caller apart from the event; both may be empty. Clients run each other's settings, so the
// event itself takes precedence over `named`.
struct HookCaller {
  std::string marked, named;  // the client whose mark is in the environment, and the one that the command line names
  bool takes_whole = false;   // it hands on a text of any length, so that the budget in tokens alone is its limit
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
