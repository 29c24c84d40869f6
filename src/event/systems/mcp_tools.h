// Judges tools of MCP servers by their names and inputs, since nothing else is known of them.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "hook/event.h"
#include "repository/judge.h"

namespace cascade::systems {

// The tool's own name, after "mcp__<server>__"; empty for any other tool.
std::string_view mcp_tool(std::string_view name);

// The files that a tool call writes, moves or removes, as spelled in its input: for Edit, Write and NotebookEdit, and
// for MCP tools whose name says so ("mcp__files__write_file"). Empty for Bash and for tools that read.
std::vector<std::string> written_files(const hook::EventInput& event);

// Judges what a call of an MCP tool does to repositories: git verbs on a folder (mcp-server-git), writes to a hosted
// repository, or a line for a shell. Errors are those of Judge::command().
Result<void> judge_mcp(repository::Judge& judge, const hook::EventInput& event);

}  // namespace cascade::systems
