// The tools of `cascade mcp` for clients without hooks: `load`, `find` and `why`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "mcp/server.h"

namespace cascade::cli {

// In the order of the list. `directory`: where the server works. They refer to `call`.
std::vector<mcp::Tool> library_tools(Call& call, const std::string& directory);

// How to use them; most clients pass it to the model. Together with the tools that are listed by default it costs less
// than 300 o200k tokens (tests/cli/mcp_test.cpp).
constexpr std::string_view library_instructions =
    "When a task begins, call `load` once with the task in the user's words: it returns steps that fit, or says that "
    "nothing does. Give the id after `conversation:` to later calls.";

}  // namespace cascade::cli
