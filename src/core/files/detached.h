// Starts a program and does not wait for it.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::files {

// Starts words[0] (a path) in `directory`, in its own session (on Windows without a console), with the standard streams
// at /dev/null and no other descriptor but that of `lock_path`. It holds the exclusive lock on that file until it ends,
// so there is never a second one. False: one is running, or the last was started less than `least_seconds` ago.
// unwritable: no lock, no process. REQUIRES: no other thread runs.
Result<bool> start_detached(const std::vector<std::string>& words, const std::string& directory,
                            const std::string& lock_path, std::int64_t least_seconds);

// For a program that has done its work: the next one need not wait. Nothing happens if `lock_path` is missing.
void allow_next_start(const std::string& lock_path);

}  // namespace cascade::files
