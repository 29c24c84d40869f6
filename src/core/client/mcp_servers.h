// The MCP servers that the client starts for a folder (client 2.1.328).
#pragma once

#include <string>
#include <vector>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::client {

// Returns names, sorted, each once: from `.mcp.json` in `directory`, and from the client's state file, for everywhere
// and for this folder. The tools of a server are known only when it runs.
std::vector<std::string> mcp_servers(const files::Tree& tree, const UserPlace& user, const std::string& directory);

}  // namespace cascade::client
