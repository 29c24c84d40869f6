// What a single line of a prompt looks like.
#pragma once

#include <string_view>

#include "prompt/part.h"

namespace cascade::prompt {

// How sure the looks of a line are: a weak one counts only beside others.
enum class Looks : std::uint8_t { plain, weak, strong };

struct LineLook {
  PartKind kind = PartKind::said;
  Looks looks = Looks::plain;
};

// Costs some comparisons by the first characters. The line has no line end.
LineLook look_of(std::string_view line) noexcept;

// The families of looks that look_of() asks, each in a file of its own. `text` is the line without its indentation.
bool is_trace(std::string_view text, std::size_t indent) noexcept;  // a frame, or what heads or ends frames
LineLook look_of_log(std::string_view text) noexcept;
LineLook look_of_output(std::string_view text) noexcept;  // no known form, but hardly a word of a language
bool begins_with_time(std::string_view text) noexcept;    // "10:32", "[2024-05-01 10:32:07]"
LineLook look_of_data(std::string_view text, std::size_t indent) noexcept;
LineLook look_of_table(std::string_view text) noexcept;
LineLook look_of_code(std::string_view text, std::size_t indent) noexcept;
bool is_terminal(std::string_view text) noexcept;   // a shell's prompt and a command
bool is_diff_head(std::string_view text) noexcept;  // "diff --git", "--- a/x", "@@ -1,2"

// "```", "~~~": the marker of a fence; empty if the line is none.
std::string_view fence_of(std::string_view line) noexcept;

}  // namespace cascade::prompt
