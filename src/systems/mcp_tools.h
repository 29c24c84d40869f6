// Tools of MCP servers, by their names and what their inputs hold: nothing else is known of them.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "hook/event.h"
#include "repository/judge.h"

namespace cascade::systems {

// The tool's own name behind "mcp__<server>__"; empty: it is no MCP tool.
std::string_view mcp_tool(std::string_view name);

// The files that a tool call writes, moves or removes, as its input spells them: of Edit, Write and NotebookEdit, and
// of MCP tools whose name says so ("mcp__files__write_file"). Empty for what reads, and for Bash.
std::vector<std::string> written_files(const hook::EventInput& event);

// What a call of an MCP tool does to repositories: git's verbs on a folder (mcp-server-git), writes to a hosted
// repository, a line that it hands to a shell. Errors as of Judge::command().
Result<void> judge_mcp(repository::Judge& judge, const hook::EventInput& event);

}  // namespace cascade::systems
