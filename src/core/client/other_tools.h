// Names of tools that other coding agents have and the client has not.
#pragma once

#include <string_view>

namespace cascade::client {

// Whether another program has a tool of this name: Codex, Copilot (the editor's and the command line's), Cursor, Gemini
// or opencode, as their documentation lists them. Case-sensitive. O(log of the table).
bool is_tool_of_another_client(std::string_view name) noexcept;

}  // namespace cascade::client
