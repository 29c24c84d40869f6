// Each sign of the text leads to the phrases that have it as their anchor. A phrase holds if each other item has an
// alternative within seven words in the same sentence; filters by sentence and place reject most before any search.
#include "route/records.h"

#include <cassert>

#include "tables/block.h"

namespace cascade::route {
namespace {

constexpr std::uint32_t reach_words = 7;  // greatest distance in words between the anchor and any other item

Slice slice_of(const Span<Slice>& table, std::uint32_t sign) { return sign < table.size ? table[sign] : Slice{}; }

constexpr std::uint64_t bit_of(std::uint32_t sign) { return std::uint64_t{1} << sign % 64; }

}  // namespace

PatternMatcher::PatternMatcher(const PatternTables& tables, const ItemClasses& classes)
    : tables_(tables), classes_(classes) {
  std::uint32_t count = 0;
  for (const std::uint32_t item_class : classes.by_item) count = std::max(count, item_class + 1);
  if (count != 0) met_.resize(std::max(count, ItemClasses::never + 1));
}

void PatternMatcher::note(std::uint32_t sign, std::uint32_t position, std::uint32_t words) {
  if (sign != no_sign) seen_.push_back({sign, position, words});
}

void PatternMatcher::find_rows(const SignText& text, std::uint32_t position, std::uint32_t sign,
                               std::vector<std::uint8_t>& in_row) {
  const std::size_t left = text.size() - position;
  if (sign == no_sign || left < 2) return;
  const std::uint32_t next = text[position + 1].sign, next_whole = text[position + 1].whole;
  for (const RowRecord& row : records_of(tables_.rows, slice_of(tables_.rows_by_word, sign))) {
    const Span<std::uint32_t> words = records_of(tables_.row_words, {row.words, row.count});
    if (words.size < 2 || left < words.size || (next != words[1] && next_whole != words[1])) continue;
    bool same = text[position].sentence == text[position + words.size - 1].sentence;
    for (std::uint32_t i = 2; same && i < words.size; ++i)
      same = text[position + i].sign == words[i] || text[position + i].whole == words[i];
    if (!same) continue;
    note(row.sign, position, row.count);
    std::fill_n(in_row.begin() + position, words.size, std::uint8_t{1});
  }
}

void PatternMatcher::see(const SignText& text, std::vector<std::uint8_t>& in_row) {
  in_row.assign(text.size(), 0);
  seen_.clear();
  first_.clear();
  by_sign_.clear();
  reach_.position = no_sign;
  for (std::uint32_t position = 0; position < text.size(); ++position) {
    first_.push_back(static_cast<std::uint32_t>(seen_.size()));
    note(text[position].sign, position, 1);
    find_rows(text, position, text[position].sign, in_row);
    if (text[position].whole == text[position].sign) continue;
    note(text[position].whole, position, 2);
    find_rows(text, position, text[position].whole, in_row);
  }
  first_.push_back(static_cast<std::uint32_t>(seen_.size()));
}

PatternMatcher::Reach PatternMatcher::reach_of(const SignText& text, std::uint32_t position) const {
  const std::uint32_t sentence = text[position].sentence;
  const std::uint32_t least = position > reach_words ? position - reach_words : 0;
  const auto most = static_cast<std::uint32_t>(std::min<std::size_t>(position + reach_words + 1, text.size()));
  std::uint32_t begin = position, end = position + 1;
  while (begin > least && text[begin - 1].sentence == sentence) --begin;
  while (end < most && text[end].sentence == sentence) ++end;
  Reach reach{position, seen_.data() + first_[begin], seen_.data() + first_[end], 0};
  for (const Seen* seen = reach.begin; seen != reach.end; ++seen)
    if (seen->position != position) reach.bits |= bit_of(seen->sign);
  return reach;
}

// The position of the nearest of the item's alternatives within reach; no_sign: none.
std::uint32_t PatternMatcher::near(const ItemRecord& item, const Reach& reach) const {
  std::uint32_t best = no_sign, best_distance = no_sign;
  for (const std::uint32_t sign : records_of(tables_.alternatives, {item.alternatives, item.count})) {
    if ((reach.bits & bit_of(sign)) == 0) continue;
    for (const Seen* seen = reach.begin; seen != reach.end; ++seen) {
      if (seen->sign != sign || seen->position == reach.position) continue;
      const std::uint32_t distance =
          seen->position > reach.position ? seen->position - reach.position : reach.position - seen->position;
      if (distance >= best_distance) continue;
      best = seen->position;
      best_distance = distance;
    }
  }
  return best;
}

// True if one of the item's alternatives occurs anywhere in the sentence. Few items need this.
bool PatternMatcher::in_sentence(const ItemRecord& item, const SignText& text, std::uint32_t position) {
  if (by_sign_.empty()) {
    by_sign_ = seen_;
    std::ranges::sort(by_sign_, {}, &Seen::sign);
  }
  const Span<std::uint32_t> alternatives = records_of(tables_.alternatives, {item.alternatives, item.count});
  return std::ranges::any_of(alternatives, [&](std::uint32_t sign) {
    auto found = std::ranges::lower_bound(by_sign_, sign, {}, &Seen::sign);
    for (; found != by_sign_.end() && found->sign == sign; ++found)
      if (text[found->position].sentence == text[position].sentence) return true;
    return false;
  });
}

void PatternMatcher::meet(const SignText& text, const Seen* first) {
  if (met_.empty()) return;
  met_[ItemClasses::always] = ++sentence_;
  const std::uint32_t sentence = text[first->position].sentence;
  for (const Seen* seen = first; seen != seen_.data() + seen_.size(); ++seen) {
    if (text[seen->position].sentence != sentence) break;
    for (const std::uint32_t item_class : records_of(classes_.classes, slice_of(classes_.by_sign, seen->sign)))
      if (item_class < met_.size()) met_[item_class] = sentence_;
  }
}

bool PatternMatcher::may_hold(const PatternRecord& pattern) const {
  for (std::uint32_t i = 0; i < pattern.item_count; ++i)
    if (i != pattern.anchor && tables_.items[pattern.items + i].absent == 0 &&
        !is_met(classes_.by_item[pattern.items + i]))
      return false;
  return true;
}

bool PatternMatcher::holds(const PatternRecord& pattern, const SignText& text, std::uint32_t position,
                           std::vector<std::uint32_t>& places) {
  const Span<ItemRecord> items = records_of(tables_.items, {pattern.items, pattern.item_count});
  const std::size_t begin = places.size();
  if (items.size > 1 && reach_.position != position) reach_ = reach_of(text, position);
  for (std::uint32_t i = 0; i < items.size; ++i) {
    const bool absent = items[i].absent != 0;
    const std::uint32_t place = i == pattern.anchor ? position : absent ? no_sign : near(items[i], reach_);
    if (absent ? in_sentence(items[i], text, position) : place == no_sign) {
      places.resize(begin);
      return false;
    }
    places.push_back(place);
  }
  return items.size > 0;
}

void PatternMatcher::match(const SignText& text, PatternHits& found) {
  found.hits.clear();
  found.places.clear();
  see(text, found.in_row);
  std::uint32_t sentence = no_sign;
  for (const Seen& seen : seen_) {
    if (text[seen.position].sentence != sentence) meet(text, &seen);
    sentence = text[seen.position].sentence;
    const Slice slice = slice_of(tables_.anchors_by_sign, seen.sign);
    const Span<std::uint32_t> anchored = records_of(tables_.anchors, slice);
    const Span<std::uint32_t> needed = records_of(classes_.by_anchor, slice);
    for (std::uint32_t i = 0; i < anchored.size; ++i) {
      const std::uint32_t id = anchored[i];
      if ((i < needed.size && !is_met(needed[i])) || id >= tables_.patterns.size) continue;
      const PatternRecord& pattern = tables_.patterns[id];
      if (pattern.item_count == 1 && seen.words == 1 && found.in_row[seen.position] != 0) continue;
      if (!needed.empty() && !may_hold(pattern)) continue;
      const auto places = static_cast<std::uint32_t>(found.places.size());
      if (holds(pattern, text, seen.position, found.places)) found.hits.push_back({id, seen.position, places});
    }
  }
  std::ranges::sort(found.hits, [](const PatternHit& a, const PatternHit& b) {
    return a.pattern != b.pattern ? a.pattern < b.pattern : a.position < b.position;
  });
  found.hits.erase(std::unique(found.hits.begin(), found.hits.end(),
                               [](const PatternHit& a, const PatternHit& b) { return a.pattern == b.pattern; }),
                   found.hits.end());
}

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
