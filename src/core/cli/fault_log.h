// The log of `cascade hook`'s faults: the client must not be bothered with them, and `cascade doctor` shows them.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::cli {

// Empty if `state` is empty.
std::string fault_log_path(const std::string& state);

// Adds one line: seconds since 1970, fault, place, help. Does nothing if `state` is empty or the line repeats the last
// one. Above 64 KiB the older half is dropped.
void log_fault(const std::string& state, std::int64_t now, const Error& error);

// The newest lines for people, the newest last; each begins with its date and time.
std::vector<std::string> read_faults(const std::string& state, std::size_t most);

}  // namespace cascade::cli
