// Where Claude Code keeps what is the user's own (seen with 2.1.328 and 2.1.330).
#pragma once

#include <optional>
#include <string>

namespace cascade::client {

// Absolute paths; an empty one is not known.
struct UserPlace {
  std::string home;    // HOME: a project's folders are looked for below it only
  std::string folder;  // settings.json, skills, agents, commands, plugins, transcripts: ~/.claude
  std::string state;   // the file of what the client remembers: ~/.claude.json
};

// `variable`: CLAUDE_CONFIG_DIR, which stands for ~/.claude as a whole; nothing of ~/.claude is read then. The client
// takes it as it is: a relative path begins in `directory`, where the client was started, a tilde is a name, and set to
// nothing it means that directory itself. The file of what is remembered moves into the folder, but not for the last.
UserPlace user_place(const std::string& home, const std::optional<std::string>& variable, const std::string& directory);

}  // namespace cascade::client
