// Where a client configures the MCP servers that it starts, and in which format. Seen with Claude Code 2.1.329, Codex
// 0.169.0, Gemini CLI 0.61.0, Copilot CLI 1.0.102 and OpenCode 1.18.33; Cursor's is from its documentation.
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::client {

// json: {KEY: {NAME: {...}}} among other settings. toml: a table [KEY.NAME] among other tables.
enum class ServerForm : std::uint8_t { json, toml };

struct ServerSettings {
  ServerForm form = ServerForm::json;
  bool comments = false;            // the client takes // the client accepts // and /* */ in the file
  std::string_view key{};           // the servers are below this key
  std::string_view user_file{};     // relative to the user's folder
  std::string_view project_file{};  // relative to the project
  std::string_view type{};          // the type of a server that is a program; empty: no such member
  bool one_list = false;            // the program and its arguments are one list
  // The user's task after `cascade init --mcp`; empty: nothing. For the project's file, if that needs more.
  std::string_view remains{}, remains_of_project{};
};

}  // namespace cascade::client
