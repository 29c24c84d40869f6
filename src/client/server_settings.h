// Where a client looks for the MCP servers that it starts, and how one is written there. Seen with Claude Code 2.1.329,
// Codex 0.169.0, Gemini CLI 0.61.0, Copilot CLI 1.0.102 and OpenCode 1.18.33; Cursor's is its documentation's.
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::client {

// json: {KEY: {NAME: {...}}} among other settings. toml: a table [KEY.NAME] among other tables.
enum class ServerForm : std::uint8_t { json, toml };

struct ServerSettings {
  ServerForm form = ServerForm::json;
  bool comments = false;            // the client takes // and /* */ in the file
  std::string_view key{};           // below which the servers stand
  std::string_view user_file{};     // below the user's folder
  std::string_view project_file{};  // below the project
  std::string_view type{};          // of a server that is a program; empty: that is not said
  bool one_list = false;            // the program and its words stand in one list
  // What the user has to do after `cascade init --mcp`; empty: nothing. For the project's file, where that is more.
  std::string_view remains{}, remains_of_project{};
};

}  // namespace cascade::client
