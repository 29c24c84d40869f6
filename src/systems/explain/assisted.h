// Which commits say that a program helped to write them.
#pragma once

#include <string>

#include "explain/change.h"

namespace cascade::comprehension {

// The words of the commit that say so: a trailer, a line of a known agent, its author. Empty: it says nothing.
std::string said_assistance(const RangeCommit& commit);

// Whether git-ai's note on the commit names a prompt or an agent.
bool has_ai_note(const RangeCommit& commit);

// The commit that this one says it reverts; empty: none.
std::string reverted_by(const RangeCommit& commit);

}  // namespace cascade::comprehension
