// What Claude Code brings along: agents, tools and slash commands that exist without a manifest.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string_view>

namespace cascade::client {

// The version that these tables and those of events.h describe.
constexpr std::string_view version = "2.1.328";

// All look-ups are case-sensitive, as in the client; all tables are sorted by bytes.

// Agent types that exist without a manifest ("general-purpose").
bool is_builtin_agent(std::string_view name) noexcept;
// As is_builtin_agent, and tolerant: small letters for capitals ("explore"), agents of other versions of the client.
bool is_client_agent(std::string_view name) noexcept;

// available: an agent that asks for it gets it. interactive: exists outside of `-p` sessions or with an option.
// alias: an accepted old name of an available one. gone: was a tool once, is dropped in silence.
enum class ToolStanding : std::uint8_t { unknown, available, interactive, alias, gone };

struct Tool {
  std::string_view name;
  ToolStanding standing;
  std::string_view instead;  // the name to use now; empty when there is none
};
Span<Tool> known_tools() noexcept;
const Tool* find_tool(std::string_view name) noexcept;  // null when unknown

// Slash commands of the client; a manifest of this name is hidden or hides.
bool is_builtin_command(std::string_view name) noexcept;

}  // namespace cascade::client
