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

}  // namespace cascade::validation
