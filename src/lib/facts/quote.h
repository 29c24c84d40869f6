// Facts as text for a model: quoted, with their source, under a heading that explains them.
#pragma once

#include <cascade/bundle.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/recall.h"

namespace cascade::recall {

// One line: subject, text between quotation marks, source, author of a team's fact, date. Whatever the fact says, it
// stays on that line and between those marks: line feeds, section marks, tags and quotation marks are removed or
// replaced.
std::string quote(const Fact& fact);

// Text of a fact without what a model could take for a tag, for a section or for a word of Cascade, in any case.
std::string without_marks(std::string text);
// JSON in which no text holds a tag or a mark of ours; parsed, it says the same.
std::string without_marks_in_json(std::string_view json);

// The hash and the name under which the ledger records a fact.
std::uint64_t hash_of(const Fact& fact);
std::string name_of(const Fact& fact);  // "memory:ID"

// The facts that fit, from the index in `state_directory`. The best come first within each scope. None is among `held`
// (content hashes, sorted); together with their headings they take at most `most` tokens. Empty if the index cannot be
// read.
std::vector<Quote> quotes_for(const Query& query, const std::string& state_directory, const TokenCounter& counter,
                              TokenCount most, std::vector<std::uint64_t> held);

}  // namespace cascade::recall
