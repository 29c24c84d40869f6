// Facts as a model reads them: quoted, with their source, under a heading that says what they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "recall/fact.h"

namespace cascade::recall {

// "=== memory: project ===" and what these notes are. One for each scope.
std::string heading(Scope scope);

// One line: subject, text between quotation marks, source, author of a team's fact, date. Whatever the fact says, it
// stays on that line and between those marks: no line feed, no mark that opens a section, no tag, no quotation mark.
std::string quote(const Fact& fact);

// What the ledger remembers it by.
std::uint64_t hash_of(const Fact& fact);
std::string name_of(const Fact& fact);  // "memory:ID"

}  // namespace cascade::recall
