// A file of lines that several processes extend at once.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace cascade::files {

// Under an exclusive lock on the file itself: reads it whole, asks `line` for what to add (without a line end; empty
// adds nothing), and adds it with one write. A last line that a killed writer left without its end is ended first. The
// file is made with mode 0600; folders must exist. A file larger than max_bytes is replaced first, under the same lock,
// by what `shorten` makes of it (nothing, if that is still too large). Waits for other writers, which hold the lock for
// one read and one write, two seconds at most. unwritable, unreadable.
Result<void> extend_log(const std::string& path, std::uint64_t max_bytes,
                        const std::function<std::string(std::string_view content)>& line,
                        const std::function<std::string(std::string_view content)>& shorten);

}  // namespace cascade::files
