// Texts that are added all at once enter the table only when enough of them are looked up: many runs look up a few.
#include "route/records.h"

#include <algorithm>

namespace cascade::route {
std::uint32_t hash_of(std::string_view text) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash ^= hash >> 29;
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

void TextNumbers::place(std::uint64_t slot) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (slot >> 32) & mask;
  while (slots_[at] != 0) at = (at + 1) & mask;
  slots_[at] = slot;
}

void TextNumbers::reserve(std::size_t count) {
  ends_.reserve(count + 1);
  room_ = std::max(room_, count);
}

void TextNumbers::make_room(std::size_t count) {
  std::size_t size = slots_.size();
  while (size < count * 2) size *= 2;
  if (size == slots_.size()) return;
  std::vector<std::uint64_t> before(size);
  before.swap(slots_);
  for (const std::uint64_t slot : before)
    if (slot != 0) place(slot);
}

std::uint32_t TextNumbers::add(std::string_view text, std::uint32_t hash) {
  const std::uint32_t number = size();
  arena_.append(text);
  ends_.push_back(static_cast<std::uint32_t>(arena_.size()));
  if (placed_ != number) return number;
  if ((number + 1) * 2 > slots_.size()) make_room(slots_.size());
  ++placed_;
  place(std::uint64_t{hash} << 32 | (number + 1));
  return number;
}

void TextNumbers::add_all(std::string_view texts, Span<std::uint32_t> ends) {
  const auto begin = static_cast<std::uint32_t>(arena_.size());
  arena_.append(texts);
  const std::size_t first = ends_.size();
  ends_.resize(first + ends.size);
  std::transform(ends.begin(), ends.end(), ends_.begin() + static_cast<std::ptrdiff_t>(first),
                 [&](std::uint32_t end) { return begin + end; });
}

void TextNumbers::place_all() {
  make_room(std::max<std::size_t>(size(), room_));
  for (; placed_ < size(); ++placed_) place(std::uint64_t{hash_of_word(text(placed_))} << 32 | (placed_ + 1));
}

std::uint32_t TextNumbers::search(std::string_view wanted) noexcept {
  --searches_;
  for (std::uint32_t number = 0; number < size(); ++number)
    if (length(number) == wanted.size() && same(arena_.data() + ends_[number], wanted)) return number;
  return no_text;
}

std::uint32_t Vocabulary::of_stem(std::string_view stem) {
  const std::uint32_t hash = hash_of_word(stem);
  const std::uint32_t term = stems_.find(stem, hash);
  return term != TextNumbers::no_text ? term : stems_.add(stem, hash);
}

std::uint32_t Vocabulary::new_word(std::string_view text, std::uint32_t hash) {
  term_of_.push_back(meaning(of_stem(stem(text))));
  return words_.add(text, hash);
}

void Vocabulary::alias(std::string_view word, std::string_view meaning) {
  const std::uint32_t from = of_stem(stem(word));
  take_meaning(from, of_stem(stem(meaning)));
}

std::string_view Vocabulary::stem(std::string_view word) {
  if (!stemmer_) stemmer_ = std::make_unique<Stemmer>();
  return stemmer_->stem(word);
}

void Vocabulary::take_meaning(std::uint32_t term, std::uint32_t meaning) {
  meanings_.resize(size(), TextNumbers::no_text);
  meanings_[term] = meaning;
}

std::uint32_t Vocabulary::meaning(std::uint32_t term) const {
  return term < meanings_.size() && meanings_[term] != TextNumbers::no_text ? meanings_[term] : term;
}

void Vocabulary::reserve(std::size_t words, std::size_t terms) {
  words_.reserve(words);
  stems_.reserve(terms);
  term_of_.reserve(words);
}

void Vocabulary::take_words(std::string_view texts, Span<std::uint32_t> ends, Span<std::uint32_t> terms) {
  words_.add_all(texts, ends);
  term_of_.insert(term_of_.end(), terms.begin(), terms.end());
}

}  // namespace cascade::route
