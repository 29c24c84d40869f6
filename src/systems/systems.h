// The systems around the core, as the client's events reach them.
#pragma once

#include <cascade/hook.h>
#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/tree.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "systems/gate_door.h"
#include "systems/skill_hooks.h"

namespace cascade::systems {

// What a tool call needs alone, and who calls.
struct LeaseDemand {
  std::string session, agent;  // agent empty: the main conversation
  std::vector<std::string> resources;
  std::string purpose;  // the tool's name
  bool waits = true;    // for its turn; false: says only what it would have waited for
  std::string store;    // policy::Policy::store
};

// Whose turn is over.
struct LeaseEnd {
  std::string session, agent;  // agent empty: the main conversation
  bool whole_session = false;  // its subagents too
  std::string store;           // policy::Policy::store
};

// The door to the leases, which lie in a store that the library is not linked with.
struct LeaseDoor {
  // Takes what is free or the caller's own and renews what it has. Sentences on what it cannot have; Error: nobody
  // knows.
  std::function<Result<std::vector<std::string>>(const LeaseDemand& demand)> take;
  // Before an agent starts: takes all resources, or none and says which of them are another's. `agent` of the demand is
  // the call's id.
  std::function<Result<std::vector<std::string>>(const LeaseDemand& demand)> begin_work;
  // An agent of a type has started: what the oldest such call took is its own.
  std::function<Result<void>(const LeaseEnd& agent, const std::string& type)> take_over;
  // Lets go of what they hold.
  std::function<Result<void>(const LeaseEnd& end)> release;
  // The caller is about to run `cascade lease ACTION RESOURCE` in its shell, which is not told who it is.
  std::function<void(const LeaseDemand& caller, const std::string& action)> expect_call;
};

struct Surroundings {
  std::string state_directory;    // "$XDG_STATE_HOME/cascade"; empty: nothing can be remembered
  std::string users_file;         // "$XDG_CONFIG_HOME/cascade/cascade.yaml"
  std::string project_directory;  // that the client says it began in; may be empty
  std::string home;
  std::string client_folder;                                     // the user's (client/user_place.h); may be empty
  std::string git_program;                                       // cascade-git; empty: it is not there
  std::string own_program;                                       // cascade itself
  std::string environment_file;                                  // CLAUDE_ENV_FILE
  std::vector<std::string> temporary;                            // folders where everything is free
  std::vector<std::pair<std::string, std::string>> environment;  // GIT_*, GH_*, EMAIL
  // The tools that an agent's manifest names, by the client's names ("Read", "mcp__x__y", "mcp__x"). Nothing: it names
  // none, so all of them, or there is no such agent. Asked only where the system `tools` is on.
  std::function<std::optional<std::vector<std::string>>(const std::string& agent, const std::string& directory)>
      tools_of;
  // The active manifests that declare hooks, in a directory; asked only where the system `trust` is on.
  std::function<std::vector<Hooked>(const std::vector<std::string>& manifests, const std::string& directory)> hooked;
  std::function<HookPlace()> hooks;  // where those of skills run; asked only when some may
  LeaseDoor leases;                  // asked only where the system `leases` is on
  GateDoor gates;                    // asked only about what is refused or flagged, and about checks
  // A check is about to run, which may take longer than an event usually does.
  std::function<void()> wait_longer;
  std::int64_t now = 0;  // seconds since 1970
};

// What a guard answers to one PreToolUse event: JSON for the client, or nothing to say. Error: it cannot be judged, and
// the tool is to be refused. Notes verdicts in the session's ledger.
Result<std::string> answer_guard(std::string_view event_json, const Surroundings& surroundings);

// What a hook's event tells the systems: where a session begins, what is added to it, what its user names, what a tool
// did, where a turn ends. What to answer the client, JSON; empty: nothing. Only events that the hook itself does not
// answer (PostToolUse, PostToolUseFailure, Stop, SubagentStop) have an answer. Error: it could not be noted.
// `policy`: what holds where the session began, as far as that is known without its ledger.
Result<std::string> note_event(const hook::EventInput& event, const policy::Policy& policy,
                               const Surroundings& surroundings);

// Whether an event tells the systems anything. They know the tools of Claude Code alone: of others nothing is noted.
bool is_noted(const HookEvent& event) noexcept;

// The user's leave for a path, an address or a branch, for one session. misuse: it is none of them.
Result<void> allow(const std::string& session_id, const std::string& what, const std::string& directory,
                   const Surroundings& surroundings);

// What the guard would say to a line in `directory`, of a session that began in `project`; and what it took for what.
struct Check {
  std::string verdict;  // "silent", "ask", "deny"
  std::vector<std::string> reasons;
  std::vector<std::string> programs;  // "directory: words"
};
Result<Check> check(const std::string& line, const std::string& directory, const std::string& project,
                    const Surroundings& surroundings);

}  // namespace cascade::systems
