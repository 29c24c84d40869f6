// Reads parts of a file that other processes write to.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::files {

// Returns at most the last `most` bytes of a regular file. not_found, unreadable; never blocks on a pipe.
Result<std::string> read_tail(const std::string& path, std::uint64_t most);

// Returns at most `most` bytes from `from` on; empty past the end. Errors as read_tail().
Result<std::string> read_from(const std::string& path, std::uint64_t from, std::uint64_t most);

// Whether the last `most` bytes of a regular file hold these words. Reads in pieces of 32 KiB, so memory does not grow
// with the file. Errors as read_tail().
Result<bool> tail_holds(const std::string& path, std::uint64_t most, std::string_view words);

}  // namespace cascade::files
