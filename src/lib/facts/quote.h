// Facts as text for a model: quoted, with their source, under a heading that explains them.
#pragma once

#include <cstdint>
#include <string>

#include "facts/fact.h"

namespace cascade::recall {

// "=== memory: project ===" and a line that explains the notes. One heading for each scope.
std::string heading(Scope scope);

// One line: subject, text between quotation marks, source, author of a team's fact, date. Whatever the fact says, it
// stays on that line and between those marks: line feeds, section marks, tags and quotation marks are removed or
// replaced.
std::string quote(const Fact& fact);

// Text of a fact without what a model could take for a tag, for a section or for a word of Cascade, in any case.
std::string without_marks(std::string text);

// The hash and the name under which the ledger records a fact.
std::uint64_t hash_of(const Fact& fact);
std::string name_of(const Fact& fact);  // "memory:ID"

}  // namespace cascade::recall
