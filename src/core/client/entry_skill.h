// The skill through which the model asks Cascade for something; `cascade init` installs it with the hooks.
//
// Its body is the same for everybody and runs nothing: the request goes as data from the tool's input to the
// PreToolUse hook, and the hook's answer appears in the next request (client 2.1.328 and 2.1.329). A body with a shell
// line and $ARGUMENTS would pass the model's words to a shell.
#pragma once

#include <string_view>

namespace cascade::client {

constexpr std::string_view entry_skill_name = "cascade", plugin_entry_skill_name = "cascade:cascade";

// One of the names under which it is listed: its own, or with the plugin's name before it.
bool is_entry_name(std::string_view name) noexcept;

// The file below a .claude folder, and its text.
constexpr std::string_view entry_skill_path = "skills/cascade/SKILL.md";
std::string_view entry_skill_text() noexcept;

// Whether a version of `init` wrote this text and nobody has changed it since.
bool is_entry_skill(std::string_view text) noexcept;

}  // namespace cascade::client
