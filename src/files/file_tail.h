// Parts of a file that others write to.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::files {

// At most the last `most` bytes of a regular file. not_found, unreadable; never waits for a pipe.
Result<std::string> read_tail(const std::string& path, std::uint64_t most);

// At most `most` bytes from `from` on; empty behind its end. As read_tail().
Result<std::string> read_from(const std::string& path, std::uint64_t from, std::uint64_t most);

// Whether the last `most` bytes of a regular file hold these words. Reads in pieces of 64 KiB, so that a long file
// costs no memory of its size. As read_tail().
Result<bool> tail_holds(const std::string& path, std::uint64_t most, std::string_view words);

}  // namespace cascade::files
