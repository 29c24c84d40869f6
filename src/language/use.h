// Verbs by which a text has something used or hands work on, each list as its askers need it: a narrow one where only
// the verb tells that a name is meant, a wide one where the name is known already.
#pragma once

#include "text/word_set.h"

namespace cascade::language {

// "use X", "orchestrates X": X is meant, even where nothing else says so.
inline constexpr auto verbs_of_use = letters::word_set(
    "use", "uses", "using", "run", "runs", "invoke", "invokes", "invoking", "spawn", "spawns", "launch", "dispatch",
    "call", "calls", "calling", "spawning", "orchestrate", "orchestrates", "orchestrating", "chains", "chaining",
    "sequences", "composes", "wraps", "load", "loads", "loading");

// Verbs that also stand before things of other sorts ("apply the fix", "follow the steps").
inline constexpr auto wide_verbs_of_use = letters::word_set(
    "running", "launches", "dispatches", "dispatching", "execute", "executes", "executing", "start", "trigger",
    "triggers", "apply", "delegate", "delegates", "activate", "prefer", "try", "launching", "follow", "deploy");

// "delegate to X", "hand off to X", "hand over to X": the word before "to".
inline constexpr auto verbs_of_handing_on =
    letters::word_set("route", "routes", "delegate", "delegates", "escalate", "escalates", "off", "defer", "handoff",
                      "over", "delegating", "routing");

inline constexpr auto wide_verbs_of_handing_on = letters::word_set("defers", "dispatch", "forward", "transition");

}  // namespace cascade::language
