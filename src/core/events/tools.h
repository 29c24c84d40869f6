// Tools by their names and inputs, since nothing else is known of those of MCP servers, and by a subagent's manifest.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/systems.h"
#include "hook/event.h"
#include "session/ledger.h"

namespace cascade::systems {

// The tool's own name, after "mcp__<server>__"; empty for any other tool.
std::string_view mcp_tool(std::string_view name);

// As spelled in its input: of tools with a path and a text, and MCP tools whose name says so. Empty for Bash.
std::vector<std::string> written_files(const hook::EventInput& event);

// The text that goes into a written file, or what an edit puts into it; empty: none, or it is not known.
std::string written_text(const hook::EventInput& event);

// Writes to a hosted repository ("owner/name"), or a line for a shell, also of a tool that is new to Cascade.
struct ToolDeed {
  std::string hosted, line, directory;
};
ToolDeed tool_deed(const hook::EventInput& event);

// The one injected for the event's subagent, or else its type. Empty for the main conversation.
std::string acting_agent(const session::Ledger& ledger, const hook::EventInput& event);

// By the client's names ("Read", "mcp__x__y", "mcp__x__*"). Nothing: all are allowed, or there is no such agent.
std::optional<std::vector<std::string>> tools_of(const std::string& agent, const std::string& directory,
                                                 const Surroundings& surroundings);

// By its full name, by its server ("mcp__x" for "mcp__x__y"), or by a prefix that ends in "*".
bool is_named(const std::vector<std::string>& names, const std::string& tool);

}  // namespace cascade::systems
