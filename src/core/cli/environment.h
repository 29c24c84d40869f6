// The environment variables that the program reads: these and no others, each once, here. (NO_COLOR is read by the
// console.)
#pragma once

#include <cascade/tokens.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "client/dialect.h"
#include "client/settings_files.h"

namespace cascade::transcript {
struct Format;
}

namespace cascade::cli {

struct Environment {
  std::string model;        // CASCADE_MODEL
  std::string budget;       // CASCADE_BUDGET, tokens; checked where a budget is needed
  std::string profile;      // CASCADE_PROFILE: the profile of `skills` in use
  std::string vocabulary;   // CASCADE_VOCABULARY: the table's path, or "estimate"
  std::string home;         // HOME; empty if it is relative
  std::string search_path;  // PATH
  // CASCADE_CACHE, or else $XDG_CACHE_HOME/cascade, or else ~/.cache/cascade; empty if none of them is set. An empty
  // CASCADE_CACHE means that no cache is used.
  std::string cache;
  std::string state;                // $XDG_STATE_HOME/cascade, or else ~/.local/state/cascade; empty if neither is set
  std::string users_configuration;  // $XDG_CONFIG_HOME/cascade/cascade.yaml, or else ~/.config/cascade/cascade.yaml
  // The variables that gave these three; empty if none did.
  std::string cache_from, state_from, users_configuration_from;
  std::string allowed;                 // the file `allowed` next to it, which `cascade allow` writes
  std::string project_directory;       // CLAUDE_PROJECT_DIR: where the client says that its session began
  std::string environment_file;        // CLAUDE_ENV_FILE: additions to the environment of the client's shells
  std::string session;                 // CLAUDE_CODE_SESSION_ID
  std::string mod_session;             // CASCADE_MOD: the session in which the mod asks (docs/plugin.md)
  std::int64_t client_process = 0;     // CLAUDE_PID
  std::string marked_client;           // the client whose own variable is set (client/dialect.h); empty: none
  client::UserPlace user;              // from HOME and CLAUDE_CONFIG_DIR
  std::string plugin_folder;           // CLAUDE_PLUGIN_ROOT: the plugin of this hook; empty if it is relative
  bool in_client = false;              // CLAUDECODE is set: a client runs this, not a person
  std::vector<std::string> temporary;  // TMPDIR, /tmp, /var/tmp, /dev/shm
  // The variables that decide where git and gh look, and for whom: GIT_DIR, GIT_WORK_TREE, GIT_AUTHOR_EMAIL, EMAIL,
  // GH_REPO; and what layer two's wrapper for git says of a call: CASCADE_GIT_VERB, CASCADE_OWN_HOOKS.
  std::vector<std::pair<std::string, std::string>> of_git;
  std::string listing_budget;  // the client's SLASH_COMMAND_TOOL_CHAR_BUDGET: characters for its list of skills
  bool disabled = false;       // CASCADE_DISABLE is neither empty nor 0: hooks stay silent
  bool on_github = false;      // GITHUB_ACTIONS is true: `validate` writes annotations by default
};

Environment read_environment();

// $XDG_DATA_HOME/cascade, or else ~/.local/share/cascade, for what the user takes and keeps; empty if neither is set.
// Only who changes it or shows it asks.
std::string data_folder(const Environment& environment);

// The path of a client's file whose name is relative to the user's folder, or to the folder in the client's own
// variable. Empty if HOME is unset.
std::string user_file(const Environment& environment, const client::Settings& settings, std::string_view name);
// The path of the user's settings.
std::string user_settings(const Environment& environment, const client::Settings& settings);

// The version that the client's program on PATH prints, such as "2.1.332". Empty if there is no program, or it does not
// print one within five seconds. Starts the program.
std::string version_of(const Environment& environment, const client::Dialect& client);

// The folder in which a client keeps its logs for this user; empty: unknown.
std::string log_folder(const Environment& environment, const transcript::Format& format);

// Locates the files that are shipped with the program, relative to the binary, in build trees and in installed trees,
// which can be moved.
std::string program_path();  // the running binary, with links resolved; empty if the system does not tell
std::string vocabulary_path(const Environment& environment);  // empty: not found
// The helper program that uses libgit2, next to this one in its build or installation; empty if it is missing.
std::string git_program();
std::string postgres_program();  // the same for the helper that uses libpq
std::string systems_program();   // the same for the verbs in a program of their own
std::string main_program();      // `cascade` itself, for a program in libexec; empty if its place is unknown
std::string vocabulary_help();   // how to make the table, depending on the program's place
std::string builtin_library();   // the folder with the shipped skills/, agents/ and commands/; empty: not found

// The exact counter if the table exists, otherwise the estimate. Fails only if CASCADE_VOCABULARY names a table that
// cannot be used ("estimate" selects the estimate).
Result<TokenCounter> open_counter(const Environment& environment);

}  // namespace cascade::cli
