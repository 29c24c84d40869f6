// Packages whose names nearly are those of well-known ones.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// The first package that a package manager's command line installs and whose name is one slip of the keyboard away from
// a well-known one; empty: there is none.
std::string near_name(std::string_view program, const std::vector<std::string>& words);

// Names apart by blanks, by where they come from.
struct WellKnownRow {
  std::string_view managers, names;
};
std::span<const WellKnownRow> well_known_rows() noexcept;

// Results that a text bends: bad ones that it turns into good ones or leaves out, and figures that it raises.

// Whether a word for a bad result is among the words.
bool names_bad_result(std::string_view text) noexcept;

// Whether the text replaces a word for a bad result by one for a good one: "FAILED", "PASSED"; s/fail/pass/.
bool turns_good(std::string_view text) noexcept;

// What a line of a program does to results, for a message; empty: nothing. `strings`: what its quotes hold.
std::string_view what_bends(std::string_view line, std::string_view strings) noexcept;

}  // namespace cascade::validation
