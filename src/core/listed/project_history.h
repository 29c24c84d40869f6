// Reads from the client's transcripts of a project which skills were used there, and which MCP tools existed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "client/settings_files.h"
#include "files/tree.h"

namespace cascade::listing {

using Uses = std::map<std::string, std::uint64_t, std::less<>>;  // by the name in the list

// An MCP tool's definition as the client sent it, in compact JSON. The client keeps a copy of it in the transcript
// (2.1.328, 2.1.329).
struct ToolDefinition {
  std::string name, json;
  bool on_demand = false;  // sent after the model asked for it, and in every request from then on
};

struct ProjectHistory {
  std::size_t transcripts = 0;                  // how many were read
  Uses uses;                                    // calls of the Skill tool, and names typed by the user
  std::vector<std::string> mcp_tools;           // of the latest session, in the client's order
  std::vector<ToolDefinition> mcp_definitions;  // of the latest session that sent any, by name
};

// Reads the last 4 MiB of each of the latest 40 transcripts of sessions that began in `directory`. Unreadable ones are
// skipped.
ProjectHistory read_history(const files::Tree& tree, const client::UserPlace& user, const std::string& directory);

// Adds one transcript's lines, starting at the first whole one.
void read_transcript(std::string_view lines, ProjectHistory& history);

// The folder below projects/ in the client's folder that holds a directory's transcripts.
std::string transcripts_folder(std::string_view directory);

}  // namespace cascade::listing
