// The steps in which a file is written next to its name before it gets it. For files/posix only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "files/atomic_write.h"

namespace cascade::files {

// Each returns false, or -1, with errno.

// Opens a new file for writing and reading, after removing one of this name that a killed process left.
int open_new(const std::string& path, unsigned mode);
bool write_all(int file, const std::vector<std::string_view>& pieces);
bool seal_file(int file, const Seal& seal);
// On a file system that cannot keep the time, the file counts as unsealed and is checked when it is read.
void set_modified(int file, std::int64_t modified_ns);
// Gives the new file the name of the old one, which is removed.
bool take_name(const std::string& temporary, const std::string& path);

}  // namespace cascade::files
