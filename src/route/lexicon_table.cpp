#include "route/lexicon_table.h"

#include <cassert>

#include "tables/block.h"

namespace cascade::route {

bool LexiconTable::open(std::string_view bytes) {
  tables::BlockReader block;
  if (!block.open(bytes, 17)) return false;
  std::size_t next = 0;
  const auto take = [&](auto& table) { return block.table(next++, table); };
  return take(terms) && take(words) && take(concepts) && take(patterns.patterns) && take(patterns.items) &&
         take(patterns.alternatives) && take(patterns.rows_by_word) && take(patterns.rows) &&
         take(patterns.row_words) && take(patterns.anchors_by_sign) && take(patterns.anchors) &&
         take(concepts_by_term) && take(word_concepts) && take(associations_by_term) && take(associations) &&
         block.bytes(next++, text) && block.bytes(next++, spellings);
}

LexiconTable lexicon_table() {
  LexiconTable table;
  [[maybe_unused]] const bool opened = table.open(lexicon_table_bytes());
  assert(opened);
  return table;
}

Vocabulary vocabulary_of(const LexiconTable& lexicon) {
  Vocabulary vocabulary;
  vocabulary.reserve(lexicon.words.size, lexicon.terms.size);
  for (const TermRecord& term : lexicon.terms) vocabulary.take_term(lexicon.read(term.text), term.hash);
  for (std::uint32_t t = 0; t < lexicon.terms.size; ++t)
    if (lexicon.terms[t].meaning != none) vocabulary.take_meaning(t, lexicon.terms[t].meaning);
  for (const LexiconWord& word : lexicon.words) {
    const std::string_view text = lexicon.spellings.substr(word.text.offset, word.text.length);
    vocabulary.take_word(text, hash_of_word(text), word.term);
  }
  return vocabulary;
}

}  // namespace cascade::route
