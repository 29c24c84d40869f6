// Claude Code's built-in agents, tools and slash commands, which exist without a manifest.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string_view>

namespace cascade::client {

// The version described by these tables and those of events.h.
constexpr std::string_view version = "2.1.328";

// All look-ups are case-sensitive, as in the client; all tables are sorted by bytes.

// Agent types that exist without a manifest ("general-purpose").
bool is_builtin_agent(std::string_view name) noexcept;
// As is_builtin_agent(), but tolerant: ignores case ("explore") and accepts agents of other client versions.
bool is_client_agent(std::string_view name) noexcept;

// available: an agent that asks for it gets it. interactive: exists outside of `-p` sessions or with an option. alias:
// an old name still accepted for an available one. gone: a former tool, silently dropped.
enum class ToolStanding : std::uint8_t { unknown, available, interactive, alias, gone };

struct Tool {
  std::string_view name;
  ToolStanding standing;
  std::string_view instead;  // the name to use now; empty: there is none
};
Span<Tool> known_tools() noexcept;
const Tool* find_tool(std::string_view name) noexcept;  // null: unknown

// The client's slash commands; a manifest of the same name is hidden by them or hides them.
bool is_builtin_command(std::string_view name) noexcept;

}  // namespace cascade::client
