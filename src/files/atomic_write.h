// Writing so that a reader sees the old file or the new one, never a part.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::files {

// Writes beside `path` and renames; mode as for open(2). Creates no folders. unwritable on any failure, nothing left
// behind.
Result<void> write_atomically(const std::string& path, std::string_view bytes, unsigned mode = 0644);

// The same for a file whose time of change says that it is whole: the bytes reach the disk first, the file gets
// `modified_ns` (where the file system can keep it), then its name. Whoever changes it later changes that time.
// REQUIRES: one writer of `path` at a time (files/file_lock.h); what a killed one left is replaced.
Result<void> write_sealed(const std::string& path, std::string_view bytes, std::int64_t modified_ns, unsigned mode);

// A file that is not there is removed already.
Result<void> remove_file(const std::string& path);

// mkdir -p with the mode for what is new, as the umask leaves it.
Result<void> make_directories(const std::string& path, unsigned mode = 0700);

}  // namespace cascade::files
