// Claude Code's built-in agents, tools and slash commands, which exist without a manifest: rows of
// facts/claude_code.tsv.
#pragma once

#include <string_view>

#include "client/facts/fact.h"

namespace cascade::client {

// The version that the table describes; what was read from a later one says so in its row.
extern const std::string_view version;

// All look-ups are case-sensitive, as in the client; all tables are sorted by bytes.

// Agent types that exist without a manifest ("general-purpose").
bool is_builtin_agent(std::string_view name) noexcept;
// As is_builtin_agent(), but tolerant: ignores case ("explore") and accepts agents of other client versions.
bool is_client_agent(std::string_view name) noexcept;

Span<Tool> known_tools() noexcept;
const Tool* find_tool(std::string_view name) noexcept;  // null: unknown

// Whether no subagent gets the tool, whatever its manifest lists.
bool is_withheld_from_subagents(std::string_view tool) noexcept;

// The client's slash commands; a manifest of the same name is hidden by them or hides them.
bool is_builtin_command(std::string_view name) noexcept;

}  // namespace cascade::client
