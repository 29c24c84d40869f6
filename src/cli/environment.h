// What is read from the environment: these variables and no others, each once, here. (NO_COLOR is the console's.)
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "client/settings.h"
#include "client/user_place.h"

namespace cascade::cli {

struct Environment {
  std::string model;        // CASCADE_MODEL
  std::string budget;       // CASCADE_BUDGET, tokens; judged where a budget is needed
  std::string vocabulary;   // CASCADE_VOCABULARY: the table's path, or "estimate"
  std::string home;         // HOME; empty when it is relative
  std::string search_path;  // PATH
  // CASCADE_CACHE, else $XDG_CACHE_HOME/cascade, else ~/.cache/cascade; empty when none of them is set. CASCADE_CACHE
  // set to nothing means that no cache is used.
  std::string cache;
  std::string state;                // $XDG_STATE_HOME/cascade, else ~/.local/state/cascade; empty when neither is set
  std::string users_configuration;  // $XDG_CONFIG_HOME/cascade/cascade.yaml, else ~/.config/cascade/cascade.yaml
  std::string allowed;              // `allowed` beside it: what `cascade allow` wrote
  std::string project_directory;    // CLAUDE_PROJECT_DIR: where the client says that its session began
  std::string environment_file;     // CLAUDE_ENV_FILE: what the client adds to the environment of its shells
  std::string session;              // CLAUDE_CODE_SESSION_ID
  std::int64_t client_process = 0;  // CLAUDE_PID
  std::string marked_client;        // the client whose own variable is set (client/dialect.h); empty: none is
  client::UserPlace user;           // by HOME and CLAUDE_CONFIG_DIR
  std::string plugin_folder;        // CLAUDE_PLUGIN_ROOT: of the plugin whose hook this is; empty when it is relative
  bool in_client = false;           // CLAUDECODE is set: the client runs this, not a person
  std::vector<std::string> temporary;  // TMPDIR, /tmp, /var/tmp, /dev/shm
  // Those that decide where git and gh look, and for whom: GIT_DIR, GIT_WORK_TREE, GIT_AUTHOR_EMAIL, EMAIL, GH_REPO.
  std::vector<std::pair<std::string, std::string>> of_git;
  std::string listing_budget;  // SLASH_COMMAND_TOOL_CHAR_BUDGET, the client's: characters for its list of skills
  bool disabled = false;       // CASCADE_DISABLE is neither empty nor 0: hooks keep silent
  bool on_github = false;      // GITHUB_ACTIONS is true: `validate` writes annotations unless told otherwise
};

Environment read_environment();

// Where a file of a client lies that is named below the user's folder, by a variable that may name the client's own.
// Empty: HOME is not set.
std::string user_file(const Environment& environment, const client::Settings& settings, std::string_view name);
// The user's settings.
std::string user_settings(const Environment& environment, const client::Settings& settings);

}  // namespace cascade::cli
