// A word of up to 16 bytes is its own key; a longer one is represented by its number in the vocabulary, beside a value
// that no word's bytes have. The table doubles once half of it is used.
#include "route/build/word_counts.h"

namespace cascade::route {

void WordCounts::begin_source() {
  ++source_;
  used_count_ = 0;
}

WordCounts::Counted& WordCounts::use(std::string_view word) {
  if (word.size() <= 16) return use(bytes_of(word));
  const WordBytes bytes{vocabulary_.word(word), ~std::uint64_t{0}};
  const std::uint32_t slot = slots_[slot_of(bytes)];
  return used(slot != 0 ? slot - 1 : add(bytes, static_cast<std::uint32_t>(bytes.low)));
}

WordCounts::Counted& WordCounts::use_new(WordBytes word) { return used(add(word, vocabulary_.word(WordText(word)))); }

std::uint32_t WordCounts::add(WordBytes word, std::uint32_t number) {
  const auto place = static_cast<std::uint32_t>(words_.size());
  slots_[slot_of(word)] = place + 1;
  words_.push_back({word, 0, 0, number});
  used_.resize(words_.size() + 1);
  if (words_.size() * 2 > slots_.size()) {
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t i = 0; i <= place; ++i) slots_[slot_of(words_[i].bytes)] = i + 1;
  }
  return place;
}

}  // namespace cascade::route
