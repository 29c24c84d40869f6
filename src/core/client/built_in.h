// Claude Code's built-in agents, tools and slash commands, which exist without a manifest: rows of
// facts/claude_code.tsv.
#pragma once

#include <string_view>

#include "client/facts/fact.h"

namespace cascade::client {

// The version that the table describes; what was read from a later one says so in its row.
extern const std::string_view version;

// Agent types that exist without a manifest ("general-purpose"). All look-ups are case-sensitive, as in the client.
bool is_builtin_agent(std::string_view name) noexcept;
// As is_builtin_agent(), but tolerant: ignores case ("explore") and accepts agents of other client versions.
bool is_client_agent(std::string_view name) noexcept;

Span<Tool> known_tools() noexcept;
const Tool* find_tool(std::string_view name) noexcept;  // null: unknown

// Whether no subagent gets the tool, whatever its manifest lists.
bool is_withheld_from_subagents(std::string_view tool) noexcept;

// The client's slash commands; a manifest of the same name is hidden by them or hides them.
bool is_builtin_command(std::string_view name) noexcept;

// Whether another program has a tool of this name: Codex, Copilot (the editor's and the command line's), Cursor, Gemini
// or opencode, as their documentation lists them. Case-sensitive. O(log of the table).
bool is_tool_of_another_client(std::string_view name) noexcept;

// Whether a program that reads skills is called so: "claude-code", "Gemini CLI", "github_copilot". Words that name much
// else ("continue") are left out. Any case; "-", "_" and a blank are one. O(log of the table).
bool is_coding_agent(std::string_view name);

// "README.md", "CHANGELOG.md" in any case: what documents are called that are no manifests for their place alone.
// `name`: without a folder.
bool is_document_name(std::string_view name);

// The skill through which the model asks Cascade for something; `cascade init` installs it with the hooks.
//
// Its body is the same for everybody and runs nothing: the request goes as data from the tool's input to the
// PreToolUse hook, and the hook's answer appears in the next request (client 2.1.328 and 2.1.329). A body with a shell
// line and $ARGUMENTS would pass the model's words to a shell.
constexpr std::string_view entry_skill_name = "cascade", plugin_entry_skill_name = "cascade:cascade";

// One of the names under which it is listed: its own, or with the plugin's name before it.
bool is_entry_name(std::string_view name) noexcept;

// The file below a .claude folder, and its text.
constexpr std::string_view entry_skill_path = "skills/cascade/SKILL.md";
std::string_view entry_skill_text() noexcept;

// Whether a version of `init` wrote this text and nobody has changed it since.
bool is_entry_skill(std::string_view text) noexcept;

}  // namespace cascade::client
