#include "route/lexicon_table.h"

#include <cassert>

#include "tables/block.h"

namespace cascade::route {

bool LexiconTable::open(std::string_view bytes) {
  tables::BlockReader block;
  if (!block.open(bytes, 25)) return false;
  std::size_t next = 0;
  const auto take = [&](auto& table) { return block.table(next++, table); };
  return take(terms) && take(signs) && take(meanings) && take(term_ends) && take(terms_of_words) && take(word_ends) &&
         take(concepts) && take(patterns.patterns) && take(patterns.items) && take(patterns.alternatives) &&
         take(patterns.rows_by_word) && take(patterns.rows) && take(patterns.row_words) &&
         take(patterns.anchors_by_sign) && take(patterns.anchors) && take(concepts_by_term) && take(word_concepts) &&
         take(associations_by_term) && take(associations) && take(classes.by_item) && take(classes.by_anchor) &&
         take(classes.by_sign) && take(classes.classes) && block.bytes(next++, text) && block.bytes(next++, spellings);
}

LexiconTable lexicon_table() {
  LexiconTable table;
  [[maybe_unused]] const bool opened = table.open(lexicon_table_bytes());
  assert(opened);
  return table;
}

Vocabulary vocabulary_of(const LexiconTable& lexicon, std::size_t more_words, std::size_t more_terms) {
  Vocabulary vocabulary;
  vocabulary.reserve(lexicon.word_ends.size + more_words, lexicon.terms.size + more_terms);
  const std::size_t text = lexicon.term_ends.empty() ? 0 : lexicon.term_ends[lexicon.term_ends.size - 1];
  vocabulary.take_terms(lexicon.text.substr(0, text), lexicon.term_ends);
  for (std::uint32_t t = 0; t < lexicon.terms.size; ++t)
    if (lexicon.meanings[t] != none) vocabulary.take_meaning(t, lexicon.meanings[t]);
  vocabulary.take_words(lexicon.spellings, lexicon.word_ends, lexicon.terms_of_words);
  return vocabulary;
}

}  // namespace cascade::route
