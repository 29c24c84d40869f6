// How events are answered here: the budgets, the user's folder, the user's permissions.
#pragma once

#include <cascade/result.h>

#include "cli/call.h"
#include "events/event_session.h"
#include "events/systems.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::cli {

// Does not set a memory or a clock. Budgets come from CASCADE_BUDGET, or else from cascade.yaml, in the model's tokens;
// unset or unreadable values keep the default.
HookOptions hook_options(const Call& call, const Workspace& workspace);

// What is missing for the end of a playbook's steps to be seen; empty: nothing is. `policy`: where the session began.
std::string missing_sight(const Environment& environment, const Result<policy::Policy>& policy);

// The log of `cascade hook`'s faults: the client must not be bothered with them, and `cascade doctor` shows them. Empty
// if `state` is.
std::string fault_log_path(const std::string& state);

// Adds one line: seconds since 1970, fault, place, help. Does nothing if `state` is empty or the line repeats the last
// one. Above 64 KiB the older half is dropped.
void log_fault(const std::string& state, std::int64_t now, const Error& error);

// The newest lines for people, the newest last; each begins with its date and time.
std::vector<std::string> read_faults(const std::string& state, std::size_t most);

// Without a library.
systems::Surroundings system_surroundings(const Environment& environment, std::int64_t now);
// Must not outlive `call`.
systems::Surroundings system_surroundings(const Call& call, std::int64_t now);

}  // namespace cascade::cli
