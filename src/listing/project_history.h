// What the client's transcripts of a project tell: which skills were used there, and which MCP tools there were.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::listing {

using Uses = std::map<std::string, std::uint64_t, std::less<>>;  // by the name in the list

// An MCP tool's definition as the client sent it, in compact JSON. The client keeps a copy of it in the transcript
// (2.1.328, 2.1.329).
struct ToolDefinition {
  std::string name, json;
  bool on_demand = false;  // sent once the model had asked for it, and in every request from then on
};

struct ProjectHistory {
  std::string client_version;                   // of the latest session, "2.1.330"; empty: none is known
  std::size_t transcripts = 0;                  // that were read
  Uses uses;                                    // calls of the Skill tool, and names that the user typed
  std::vector<std::string> mcp_tools;           // that the latest session was told of, in its order
  std::vector<ToolDefinition> mcp_definitions;  // that the latest session with any sent, by name
};

// Reads the latest 40 transcripts of sessions that began in `directory`, of each the last 4 MiB. What cannot be read
// counts as not there.
ProjectHistory read_history(const files::Tree& tree, const client::UserPlace& user, const std::string& directory);

// One transcript's lines, from the first whole one.
void read_transcript(std::string_view lines, ProjectHistory& history);

// The folder below projects/ of the client's folder that it keeps a directory's transcripts in.
std::string transcripts_folder(std::string_view directory);

}  // namespace cascade::listing
