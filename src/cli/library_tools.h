// What a client without hooks asks the library by: `load`, `find` and `why` of `cascade mcp`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "mcp/server.h"

namespace cascade::cli {

// In the order in which they are listed. `directory`: where the server works. They refer to `call`.
std::vector<mcp::Tool> library_tools(Call& call, const std::string& directory);

// How to use them; reaches the model in most clients. It and the tools that are listed unasked cost less than 300
// tokens of o200k together (tests/cli/mcp_test.cpp).
constexpr std::string_view library_instructions =
    "When a task begins, call `load` once with the task in the user's words: it returns steps that fit, or says that "
    "nothing does. Give the id after `conversation:` to later calls.";

// Those that are not listed unless they are asked for.
bool is_listed_unasked(std::string_view tool) noexcept;

}  // namespace cascade::cli
