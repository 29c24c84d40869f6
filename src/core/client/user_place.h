// Where Claude Code keeps the user's own files (seen with 2.1.328 and 2.1.330).
#pragma once

#include <optional>
#include <string>

namespace cascade::client {

// Absolute paths; empty: unknown.
struct UserPlace {
  std::string home;    // HOME: a project's folders are searched only below it
  std::string folder;  // settings.json, skills, agents, commands, plugins, transcripts: ~/.claude
  std::string state;   // the client's state file: ~/.claude.json
};

// `variable`: CLAUDE_CONFIG_DIR, which replaces ~/.claude as a whole; nothing in ~/.claude is read then. The client
// uses it unchanged: a relative path starts in `directory`, where the client was started; a tilde is an ordinary name;
// an empty value means that directory itself. The state file moves into the folder, except in the last case.
UserPlace user_place(const std::string& home, const std::optional<std::string>& variable, const std::string& directory);

}  // namespace cascade::client
