// Where `cascade hook` leaves what went wrong: the client must not be bothered, `cascade doctor` shows it.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::cli {

// Empty when `state` is.
std::string fault_log_path(const std::string& state);

// One line: seconds since 1970, what, where, help. `state` empty: nowhere to write, nothing happens. A line that
// repeats the last one is not written; above 64 KiB the older half goes.
void log_fault(const std::string& state, std::int64_t now, const Error& error);

// The newest lines, newest last, for people: each begins with its date and time.
std::vector<std::string> read_faults(const std::string& state, std::size_t most);

}  // namespace cascade::cli
