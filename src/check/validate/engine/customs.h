// What many manifests of one library do alike.
#pragma once

#include "validate/rules/switches.h"

#include <vector>

namespace cascade::validation {

// A name that the client does not know, or `Bash` without limits, in at least this many files is no slip of the pen.
constexpr std::size_t custom_from = 5;

// Leaves one finding for each such name, which says how many files have it; the others become notes. `found` is sorted.
// Settings of the rules win.
void note_customs(const Switches& switches, std::vector<Diagnostic>& found);

}  // namespace cascade::validation
