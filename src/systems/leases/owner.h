// The process that a lease from a shell belongs to, and whether it lasts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::lease {

// The process that called this program; the launcher of the npm package, which only waits for it, does not count.
std::int64_t calling_process();

// Whether a process with these words ends as soon as the command that it runs: a shell with one line to do, or a
// program that only runs another one.
bool ends_with_its_command(const std::vector<std::string>& words);

// A process in a few words: "sh -c ... (process 4711)".
std::string owner_text(std::int64_t pid, const std::vector<std::string>& words);

}  // namespace cascade::lease
