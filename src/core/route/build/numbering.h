// Numbers words and terms, with the same result whether all sources were counted anew or few.
#pragma once

#include <functional>
#include <vector>

#include "route/build/notes.h"
#include "route/records.h"
#include "route/vocabulary.h"

namespace cascade::route {

// The place of a source's records.
struct NotedPart {
  const Notes* notes = nullptr;
  const NotedSource* source = nullptr;
};

// The vocabulary of earlier notes, with the same numbers.
Vocabulary vocabulary_of(const LexiconTable& lexicon, const Notes& notes);

// Adds the words of `from` to `vocabulary`. Returns its number of each of them.
std::vector<std::uint32_t> take_words(Vocabulary& vocabulary, const Vocabulary& from, const LexiconTable& lexicon);
void renumber(const std::vector<std::uint32_t>& numbers, NotesData& notes);

// Joins parts whose words are numbered as in `vocabulary`; words that no part uses are left out. `by_text`: the list
// Notes::by_text of the vocabulary's first `listed` words; empty when there is none. Calls joined(i) when the records
// of part i are needed no longer.
struct Joined {
  NotesData notes;
  std::vector<std::uint32_t> new_terms;  // by the vocabulary's number; none: left out
};
Joined join_notes(const std::vector<NotedPart>& parts, const Vocabulary& vocabulary, const LexiconTable& lexicon,
                  const Span<std::uint32_t>& by_text, std::uint32_t listed,
                  const std::function<void(std::size_t)>& joined);

}  // namespace cascade::route
