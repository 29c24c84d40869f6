// How names look in running text.
#pragma once

#include "text/ascii.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace cascade::manifest {

constexpr std::array<bool, 256> make_name_bytes() noexcept {
  std::array<bool, 256> out{};
  for (std::size_t byte = 0; byte < out.size(); ++byte) out[byte] = letters::is_name(static_cast<char>(byte));
  return out;
}
inline constexpr std::array<bool, 256> name_bytes = make_name_bytes();
// is_name() as a table look-up, for long runs.
constexpr bool is_name_byte(char c) noexcept { return name_bytes[static_cast<unsigned char>(c)]; }

// A mark that encloses a name in text: emphasis, code, quotation.
constexpr bool is_enclosing(char c) noexcept { return c == '*' || c == '_' || c == '`' || c == '"' || c == '\''; }

// The end of the name that begins at `at`: a letter (or a digit: "01-planner"), then letters, digits, '_', '-', and a
// dot only before a digit
// ("powershell-5.1-expert", but "frontend-developer." ends before the dot). `at` itself when no name begins there.
std::size_t name_end(std::string_view text, std::size_t at) noexcept;

// A name that begins with a digit has a letter after one of its hyphens; dates, ranges and versions have none.
bool begins_with_digit(std::string_view text, std::size_t at) noexcept;

// The end of the name that contains the byte at `at`.
std::size_t rest_of_name(std::string_view text, std::size_t at) noexcept;

// As name_end, with further names after ':' or '::' ("plugin:name", "c4::code").
std::size_t qualified_end(std::string_view text, std::size_t at) noexcept;

// Whether the whole text is such a name.
bool is_plain_name(std::string_view text) noexcept;
bool is_qualified_name(std::string_view text) noexcept;

// "CodeReviewer": a capital behind a small letter. Such a name may be a manifest's as it is, or in parts.
bool has_hump(std::string_view name) noexcept;

// A hyphen or colon inside: hardly an ordinary word.
bool is_distinctive(std::string_view name) noexcept;

// "reviewer", "architect": a word for somebody who does something. Only such words in lower case.
bool is_doer(std::string_view word) noexcept;

// "doc-reviewer", "task-planning-agent": a name of several words whose last stands for somebody who does something.
bool is_role_name(std::string_view name) noexcept;

// A placeholder that examples use for a name: "agent-name", "your-skill", "plugin:skill", "agent-1".
bool is_example_name(std::string_view name) noexcept;

}  // namespace cascade::manifest
