// Makes a new file that will take the name of another. For files/windows only.
#pragma once

#include <string>

#include "files/atomic_write.h"
#include "files/windows/handle.h"

namespace cascade::files {

// Opens it for reading, writing and renaming, after removing one of this name that a killed process left. A failure
// leaves its reason in GetLastError().
Handle open_new(const std::string& path, unsigned mode);

// On a file system that cannot keep the time, the file counts as unsealed and is checked when it is read.
void set_modified(HANDLE file, std::int64_t modified_ns);

// False: the bytes could not be brought to the disk.
bool seal_file(HANDLE file, const Seal& seal);

}  // namespace cascade::files
