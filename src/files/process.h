// Which process somebody is, and whether it is still there.
#pragma once

#include <cstdint>
#include <string>

namespace cascade::files {

// When the process started, in ticks since the machine did (proc(5), field 22): with the number it names one process
// for as long as the machine runs. 0: there is no such process.
std::uint64_t process_start(std::int64_t pid) noexcept;

std::int64_t own_process() noexcept;
std::int64_t parent_process() noexcept;

// The machine as its processes see each other: its name and id, and the namespace of process numbers that we are in.
std::string machine();
// Whether the machine has an id of its own (machine-id(5)), which no other has. Containers often have none.
bool has_machine_id();

// Milliseconds since the machine started, sleep included: no clock that anybody sets.
std::int64_t milliseconds_since_boot() noexcept;

}  // namespace cascade::files
