#include "route/vocabulary.h"

#include <cstring>

namespace cascade::route {
namespace {

std::uint64_t eight_bytes(const char* at) noexcept {
  std::uint64_t value = 0;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

std::uint64_t four_bytes(const char* at) noexcept {
  std::uint32_t value = 0;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

}  // namespace

std::uint32_t hash_of(std::string_view text) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash ^= hash >> 29;
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

std::uint32_t hash_of_word(std::string_view text) noexcept {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ULL, other = 0xd6e8feb86659fd93ULL;
  const char* at = text.data();
  const std::size_t size = text.size();
  std::uint64_t hash = size * odd;
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      hash = (hash ^ eight_bytes(at + i)) * other;
      hash ^= hash >> 31;
    }
    hash ^= eight_bytes(at + size - 8);
  } else if (size >= 4) {
    hash ^= four_bytes(at) | four_bytes(at + size - 4) << 32;
  } else if (size > 0) {
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    hash ^= byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
  }
  hash *= other;
  hash ^= hash >> 32;
  hash *= odd;
  return static_cast<std::uint32_t>(hash >> 32);
}

std::uint32_t TextNumbers::find(std::string_view wanted, std::uint32_t hash) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const std::uint64_t slot = slots_[at];
    if (slot == 0) return no_text;
    if (slot >> 32 != hash) continue;
    const std::uint32_t number = static_cast<std::uint32_t>(slot) - 1;
    if (text(number) == wanted) return number;
  }
}

void TextNumbers::place(std::uint64_t slot) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (slot >> 32) & mask;
  while (slots_[at] != 0) at = (at + 1) & mask;
  slots_[at] = slot;
}

void TextNumbers::reserve(std::size_t count) {
  std::size_t size = slots_.size();
  while (size < count * 2) size *= 2;
  ends_.reserve(count + 1);
  if (size == slots_.size()) return;
  std::vector<std::uint64_t> before(size);
  before.swap(slots_);
  for (const std::uint64_t slot : before)
    if (slot != 0) place(slot);
}

std::uint32_t TextNumbers::add(std::string_view text, std::uint32_t hash) {
  const std::uint32_t number = size();
  if ((number + 1) * 2 > slots_.size()) reserve(slots_.size());
  arena_.append(text);
  ends_.push_back(static_cast<std::uint32_t>(arena_.size()));
  place(std::uint64_t{hash} << 32 | (number + 1));
  return number;
}

std::uint32_t Vocabulary::of_stem(std::string_view stem) {
  const std::uint32_t hash = hash_of(stem);
  const std::uint32_t term = stems_.find(stem, hash);
  return term != TextNumbers::no_text ? term : stems_.add(stem, hash);
}

std::uint32_t Vocabulary::word(std::string_view text) {
  const std::uint32_t hash = hash_of_word(text);
  const std::uint32_t known = words_.find(text, hash);
  if (known != TextNumbers::no_text) return known;
  if (!stemmer_) stemmer_ = std::make_unique<Stemmer>();
  term_of_.push_back(meaning(of_stem(stemmer_->stem(text))));
  return words_.add(text, hash);
}

void Vocabulary::alias(std::string_view word, std::string_view meaning) {
  if (!stemmer_) stemmer_ = std::make_unique<Stemmer>();
  const std::uint32_t from = of_stem(stemmer_->stem(word));
  const std::uint32_t to = of_stem(stemmer_->stem(meaning));
  take_meaning(from, to);
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

void Vocabulary::take_word(std::string_view word, std::uint32_t hash, std::uint32_t term) {
  words_.add(word, hash);
  term_of_.push_back(term);
}

}  // namespace cascade::route
