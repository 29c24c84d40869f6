// What a person asks of the guard.
#pragma once

#include "cli/call.h"
#include "system/system.h"

#include <cstddef>
#include <string>

namespace cascade::cli {

// Lets the system that guards places record the user's leave for one session, and returns for what it is; an error if
// none does.
Result<std::string> record_leave(Span<const core::System*> systems, const std::string& session, const std::string& what,
                                 const std::string& directory, const systems::Surroundings& surroundings);

// A fault of the guard: the client reads any status except 0 as "refuse"; after 2 it would repeat our words as the
// tool's.
Exit refuse(Console& console, Error error);

constexpr std::size_t max_call_bytes = std::size_t{64} << 20;

}  // namespace cascade::cli
