// What a system says of one process. For files/ only.
#pragma once

#include <cstdint>
#include <string>

namespace cascade::files::system {

// The name of a process, as the system cuts it; empty: there is no such process.
std::string name_of(std::int64_t pid);
// Whether a process was started with a variable in its environment; `beginning` is its name and the sign "=".
bool was_started_with(std::int64_t pid, const std::string& beginning);

}  // namespace cascade::files::system
