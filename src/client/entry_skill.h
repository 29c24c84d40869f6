// The skill by which the model asks Cascade for something: `cascade init` installs it beside the hooks.
//
// Its body is the same for everybody and runs nothing: what is asked for goes from the tool's input to the hook on
// PreToolUse as data, and the hook's answer stands in the next request (client 2.1.328 and 2.1.329). A body with a
// shell line and $ARGUMENTS would hand the model's words to a shell.
#pragma once

#include <string>
#include <string_view>

namespace cascade::client {

constexpr std::string_view entry_skill_name = "cascade", plugin_entry_skill_name = "cascade:cascade";

// One of the names under which it is listed: its own, or its plugin's with it.
bool is_entry_name(std::string_view name) noexcept;

// The file below a .claude folder, and what it holds.
constexpr std::string_view entry_skill_path = "skills/cascade/SKILL.md";
std::string_view entry_skill_text() noexcept;

// Whether a file is one that some version of `init` wrote, and nobody changed since.
bool is_entry_skill(std::string_view text) noexcept;

}  // namespace cascade::client
