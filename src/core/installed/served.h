// The MCP server `cascade mcp` in the settings that clients read.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

#include "client/server_settings.h"
#include "syntax/node.h"

namespace cascade::init {

constexpr std::string_view serving_verb = "mcp";
constexpr std::string_view server_name = "cascade";

// The program of a server that runs `cascade mcp`, as written. Empty if there is no server of that name, if it
// belongs to someone else, or if the text cannot be read.
std::string served_program(std::string_view text, const client::ServerSettings& settings);

// Of settings that are read already: our server, and the node with its program's path if it runs `cascade mcp`; null:
// there is none.
const syntax::Node* server_of(const syntax::Node& root, const client::ServerSettings& settings);
const syntax::Node* program_of(const syntax::Node* server);

}  // namespace cascade::init
