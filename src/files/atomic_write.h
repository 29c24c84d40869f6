// Writing so that a reader sees the old file or the new one, never a part.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"

namespace cascade::files {

// Writes beside `path` and renames; mode as for open(2). Creates no folders. unwritable on any failure, nothing left
// behind.
Result<void> write_atomically(const std::string& path, std::string_view bytes, unsigned mode = 0644);

// What a file's time of change says of it: that it is whole. Whoever changes the file later changes that time.
// `to_disk`: the bytes reach the disk before the time is set. Otherwise they are whole only as long as the machine
// runs.
struct Seal {
  std::int64_t modified_ns = 0;  // 0: none
  bool to_disk = false;
};

// The same for one file of several pieces; it gets its seal (where the file system can keep such a time), then its
// name. REQUIRES: one writer of `path` at a time (files/file_lock.h); what a killed one left is replaced.
Result<void> write_sealed(const std::string& path, const std::vector<std::string_view>& pieces, const Seal& seal,
                          unsigned mode);

// Gives a file that somebody has read and found whole its time of change, if it is still the one that `known` was the
// stamp of. Does nothing where that is not allowed.
void seal_again(const std::string& path, const Stamp& known, std::int64_t modified_ns);

// A file that is not there is removed already.
Result<void> remove_file(const std::string& path);

// One that holds something, and one that is not there, stays as it is.
void remove_empty_folder(const std::string& path);

// mkdir -p with the mode for what is new, as the umask leaves it.
Result<void> make_directories(const std::string& path, unsigned mode = 0700);

}  // namespace cascade::files
