// How the store finds the facts about one subject.
#pragma once

#include <string>
#include <vector>

#include "facts/fact.h"
#include "text/ascii.h"

namespace cascade::memory {

// Two subjects are one if they agree but for the case of ASCII letters. It is stored next to the subject, because the
// store must find it by an index and SQLite and a server disagree about other letters.
inline std::string folded_subject(const std::string& subject) { return letters::to_lower(subject); }

// The condition for the facts about the same subject, and the values of its three parameters.
constexpr const char* same_subject = "scope = ? AND owner = ? AND folded = ?";

inline std::vector<std::string> subject_of(const recall::Fact& fact) {
  return {std::string(to_string(fact.scope)), fact.owner, folded_subject(fact.subject)};
}

}  // namespace cascade::memory
