// Which process somebody is, and whether it is still there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::files {

// When the process started, in ticks since the machine did (proc(5), field 22): with the number it names one process
// for as long as the machine runs. 0: there is no such process.
std::uint64_t process_start(std::int64_t pid) noexcept;

std::int64_t own_process() noexcept;
std::int64_t parent_process() noexcept;

// Whether this process or one that it descends from was started with the variable in its environment (proc(5)). Taking
// it out of one's own environment does not hide it; a descent that was cut, by a process whose parent has ended, does.
bool descends_from_one_with(std::string_view variable);

// The machine as its processes see each other: its name and id, and the namespace of process numbers that we are in.
std::string machine();
// Whether the machine has an id of its own (machine-id(5)), which no other has. Containers often have none.
bool has_machine_id();

// Milliseconds since the machine started, sleep included: no clock that anybody sets.
std::int64_t milliseconds_since_boot() noexcept;

}  // namespace cascade::files
