// A file of lines that several processes append to at once.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace cascade::files {

// Takes an exclusive lock on the file, reads it whole, asks `line` for a line to add (without line end; empty: none),
// and appends it with one write. A last line that a killed writer left without its end is ended first. The file is
// created with mode 0600; folders must exist. A file larger than max_bytes is first replaced, under the same lock, by
// the result of `shorten` (by nothing if that is still too large). Waits at most two seconds for other writers, which
// hold the lock for one read and one write. unwritable, unreadable.
Result<void> extend_log(const std::string& path, std::uint64_t max_bytes,
                        const std::function<std::string(std::string_view content)>& line,
                        const std::function<std::string(std::string_view content)>& shorten);

}  // namespace cascade::files
