// The systems around the core, which receive the client's events.
#pragma once

#include <cascade/hook.h>
#include <cascade/result.h>
#include <cascade/workspace.h>

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
#include "session/store_options.h"

namespace cascade::systems {

struct Surroundings {
  std::string state_directory;    // "$XDG_STATE_HOME/cascade"; empty: nothing can be remembered
  std::string users_file;         // "$XDG_CONFIG_HOME/cascade/cascade.yaml"
  std::string project_directory;  // where the client says that it began; may be empty
  std::string home;
  std::string client_folder;                                     // the user's (client/settings_files.h); may be empty
  std::string git_program;                                       // cascade-git; empty: not installed
  std::string own_program;                                       // cascade itself
  std::string environment_file;                                  // CLAUDE_ENV_FILE
  std::vector<std::string> temporary;                            // folders where everything is allowed
  std::vector<std::pair<std::string, std::string>> environment;  // GIT_*, GH_*, EMAIL
  std::string allowed_file;                                      // trust::Allowed
  // How a directory's library is opened. Asked only if `tools`, `trust` or `leases` is on; empty: there is none.
  std::function<WorkspaceOptions()> library{};
  std::string postgres_program;     // cascade-postgres; empty: not installed
  std::int64_t client_process = 0;  // that of the client, where it says so
  // Called before a check runs, which may take longer than an event usually does.
  std::function<void()> wait_longer{};
  std::int64_t now = 0;  // seconds since 1970

  // How the store of policy::Policy::store is opened: a file in the state folder, or the server of this address.
  store::Options store_options(const std::string& address, bool creates, bool checkpoints = false) const;
};

// The library that is seen from a directory; nothing if there is none or if it cannot be read.
std::optional<Workspace> library_of(const Surroundings& surroundings, std::string directory, Freshness freshness);

// To one PreToolUse or PreSkillShellCommand event: JSON; empty: nothing to say. Error: the tool must be refused.
Result<std::string> answer_guard(std::string_view event_json, const Surroundings& surroundings);

// Whether a prompt is the client's own report that a background task ended, and not the user's.
bool is_task_notification(const hook::EventInput& event);

// The guard's judgement of a line in `directory`, for a session that began in `project`, and how it read the line.
struct Check {
  std::string verdict;  // "silent", "ask", "deny"
  std::vector<std::string> reasons;
  std::vector<std::string> programs;  // "directory: words"
};
Result<Check> check(const std::string& line, const std::string& directory, const std::string& project,
                    const Surroundings& surroundings);

}  // namespace cascade::systems
