// How a setting is written: the line and the file for it, in place of a pointer to a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/environment.h"

namespace cascade::cli {

// The nearest cascade.yaml at or above this folder that is not the user's own, or the one that would be made here.
std::string projects_settings(const Environment& environment);

// "write this line into /home/x/.config/cascade/cascade.yaml: library: off". `value`: as typed; empty: an example's.
// Empty: there is no such key.
std::string how_to_write(const Environment& environment, std::string_view key, std::string_view value);

// The systems that a file switches on, and the line of the key that does.
struct SwitchedOn {
  std::vector<std::string> systems;
  std::uint32_t line = 0;
};
SwitchedOn switched_on_in(const std::string& file);

}  // namespace cascade::cli
