// The MCP servers that the client starts for a folder (client 2.1.328).
#pragma once

#include <string>
#include <vector>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::client {

// Names, sorted, each once: of `.mcp.json` in `directory`, and of what the client remembers, for everywhere and for
// this folder. Which tools a server has is only known once it runs.
std::vector<std::string> mcp_servers(const files::Tree& tree, const UserPlace& user, const std::string& directory);

}  // namespace cascade::client
