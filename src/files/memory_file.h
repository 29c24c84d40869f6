// Files in memory, without a name in any folder.
#pragma once

#include <cascade/result.h>

#include <string_view>

#include "files/descriptor.h"

namespace cascade::files {

// An empty one, to be written. unwritable.
Result<Descriptor> memory_file();

// One that nobody can change any more: sealed against writing, growing and shrinking (Linux 3.17). It stands at its
// begin. `executable`: it is to be executed by its descriptor (where the kernel asks, since 6.3). unwritable.
Result<Descriptor> sealed_file(std::string_view text, bool executable);

}  // namespace cascade::files
