#include "route/patterns.h"

#include <algorithm>

namespace cascade::route {
namespace {

constexpr std::uint32_t reach = 7;  // words between the anchor and every other item

template <typename T>
Span<T> part(const Span<T>& table, std::uint32_t begin, std::uint32_t count) {
  if (begin > table.size || count > table.size - begin) return {};
  return {table.data + begin, count};
}

SignSlice slice_of(const Span<SignSlice>& table, std::uint32_t sign) {
  return sign < table.size ? table[sign] : SignSlice{};
}

}  // namespace

void SignText::clear() {
  signs.clear();
  wholes.clear();
  sentences.clear();
}

void SignText::add(std::uint32_t sign, std::uint32_t whole, std::uint32_t sentence) {
  signs.push_back(sign);
  wholes.push_back(whole);
  sentences.push_back(sentence);
}

void PatternMatcher::note(std::uint32_t sign, std::uint32_t position, std::uint32_t words) {
  if (sign == no_sign) return;
  seen_.push_back({sign, position, words});
  standing_[sign / 64 % standing_.size()] |= std::uint64_t{1} << (sign % 64);
}

// Rows that begin with `sign` at `position`.
void PatternMatcher::find_rows(const SignText& text, std::uint32_t position, std::uint32_t sign,
                               std::vector<std::uint8_t>& in_row) {
  if (sign == no_sign) return;
  const SignSlice slice = slice_of(tables_.rows_by_word, sign);
  for (const RowRecord& row : part(tables_.rows, slice.begin, slice.count)) {
    const Span<std::uint32_t> words = part(tables_.row_words, row.words, row.count);
    if (words.size == 0 || text.signs.size() - position < words.size) continue;
    bool same = text.sentences[position] == text.sentences[position + words.size - 1];
    for (std::uint32_t i = 1; same && i < words.size; ++i)
      same = text.signs[position + i] == words[i] || text.wholes[position + i] == words[i];
    if (!same) continue;
    note(row.sign, position, row.count);
    std::fill_n(in_row.begin() + position, words.size, std::uint8_t{1});
  }
}

// Where one of the item's alternatives stands, near enough; no_sign.
std::uint32_t PatternMatcher::near(const ItemRecord& item, const SignText& text, std::uint32_t position) const {
  std::uint32_t best = no_sign, best_distance = no_sign;
  for (const std::uint32_t sign : part(tables_.alternatives, item.alternatives, item.count)) {
    if (!may_stand(sign)) continue;
    auto found = std::lower_bound(seen_.begin(), seen_.end(), sign,
                                  [](const Seen& seen, std::uint32_t wanted) { return seen.sign < wanted; });
    for (; found != seen_.end() && found->sign == sign; ++found) {
      const std::uint32_t distance =
          found->position > position ? found->position - position : position - found->position;
      const bool counts = item.absent != 0 || (distance <= reach && distance > 0);
      if (text.sentences[found->position] != text.sentences[position] || !counts || distance >= best_distance) continue;
      best = found->position;
      best_distance = distance;
    }
  }
  return best;
}

bool PatternMatcher::holds(const PatternRecord& pattern, const SignText& text, std::uint32_t position,
                           std::vector<std::uint32_t>& places) const {
  const Span<ItemRecord> items = part(tables_.items, pattern.items, pattern.item_count);
  const std::size_t begin = places.size();
  for (std::uint32_t i = 0; i < items.size; ++i) {
    const std::uint32_t place = i == pattern.anchor ? position : near(items[i], text, position);
    if ((place == no_sign) != (items[i].absent != 0)) {
      places.resize(begin);
      return false;
    }
    places.push_back(items[i].absent != 0 ? no_sign : place);
  }
  return items.size > 0;
}

void PatternMatcher::match(const SignText& text, PatternHits& found) {
  found.hits.clear();
  found.places.clear();
  found.in_row.assign(text.signs.size(), 0);
  seen_.clear();
  standing_.fill(0);
  for (std::uint32_t position = 0; position < text.signs.size(); ++position) {
    note(text.signs[position], position, 1);
    find_rows(text, position, text.signs[position], found.in_row);
    if (text.wholes[position] == text.signs[position]) continue;
    note(text.wholes[position], position, 2);
    find_rows(text, position, text.wholes[position], found.in_row);
  }
  std::sort(seen_.begin(), seen_.end(),
            [](const Seen& a, const Seen& b) { return a.sign != b.sign ? a.sign < b.sign : a.position < b.position; });
  for (const Seen& seen : seen_) {
    const SignSlice slice = slice_of(tables_.anchors_by_sign, seen.sign);
    for (const std::uint32_t id : part(tables_.anchors, slice.begin, slice.count)) {
      if (id >= tables_.patterns.size) continue;
      const PatternRecord& pattern = tables_.patterns[id];
      if (pattern.item_count == 1 && seen.words == 1 && found.in_row[seen.position] != 0) continue;
      const auto places = static_cast<std::uint32_t>(found.places.size());
      if (holds(pattern, text, seen.position, found.places)) found.hits.push_back({id, seen.position, places});
    }
  }
  std::sort(found.hits.begin(), found.hits.end(), [](const PatternHit& a, const PatternHit& b) {
    return a.pattern != b.pattern ? a.pattern < b.pattern : a.position < b.position;
  });
  found.hits.erase(std::unique(found.hits.begin(), found.hits.end(),
                               [](const PatternHit& a, const PatternHit& b) { return a.pattern == b.pattern; }),
                   found.hits.end());
}

}  // namespace cascade::route
