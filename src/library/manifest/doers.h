// Who does what a sentence says: the reader, or somebody else.
#pragma once

#include "manifest/sentence.h"

#include <cstddef>
#include <string_view>

namespace cascade::manifest {

// "suggest", "offering".
bool is_proposal(std::string_view word);
// "the caller", "the calling skill", "its parent agent": who started this manifest. `i` is the last word.
bool is_caller(const SentenceWords& words, std::size_t i);
// The word is no verb in "the calling skill (X)".
bool describes_caller(const SentenceWords& words, std::size_t i);
// "/ship dispatches X", "call yard:ship, which runs X", "the user runs X", "the calling skill runs X": another command
// or the user does it.
bool is_done_by_another(const SentenceWords& words, std::size_t verb);
// "Orchestrators that spawn X": what others do.
bool is_of_relative_clause(const SentenceWords& words, std::size_t verb);
// "tell the user to run X", "the user should run X", "suggest running X": somebody else is to do it. "You are ready to
// use X": nobody is.
bool is_left_to_user(const SentenceWords& words, std::size_t verb);

}  // namespace cascade::manifest
