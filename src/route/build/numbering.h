// The numbers of words and terms: the same whether all sources were counted anew or few.
#pragma once

#include <vector>

#include "route/build/lexicon_table.h"
#include "route/build/notes.h"
#include "route/vocabulary.h"

namespace cascade::route {

// Where a source's records lie.
struct NotedPart {
  const Notes* notes = nullptr;
  const NotedSource* source = nullptr;
};

// The vocabulary of earlier notes, under their numbers.
Vocabulary vocabulary_of(const LexiconTable& lexicon, const Notes& notes);

// Enters the words of `from` into `vocabulary` and numbers those of `notes`, which are numbered as in `from`, by it.
void take_words(Vocabulary& vocabulary, const Vocabulary& from, const LexiconTable& lexicon, NotesData& notes);

// One run of notes of parts whose words are numbered as in `vocabulary`; words that none of them uses are left out.
// `by_text`: such a list of the vocabulary's first words, empty where there is none.
struct Joined {
  NotesData notes;
  std::vector<std::uint32_t> new_terms;  // by the vocabulary's number; none: left out
};
Joined join_notes(const std::vector<NotedPart>& parts, const Vocabulary& vocabulary, const LexiconTable& lexicon,
                  const Span<std::uint32_t>& by_text, std::uint32_t listed);

}  // namespace cascade::route
