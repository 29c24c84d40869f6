// Files in memory, without a name in any folder.
#pragma once

#include <cascade/result.h>

#include <string_view>

#include "files/descriptor.h"

namespace cascade::files {

// Whether this system has files that can be sealed. Where it has none, no program of a skill is run.
extern const bool can_seal;

// Returns an empty file for writing. unwritable; unsupported on a system without such files.
Result<Descriptor> memory_file();

// Returns a file that nobody can change: sealed against writing, growing and shrinking (Linux 3.17), positioned at its
// beginning. `executable`: it will be executed through its descriptor (the kernel needs to know since 6.3).
// unwritable; unsupported on a system that cannot seal.
Result<Descriptor> sealed_file(std::string_view text, bool executable);

}  // namespace cascade::files
