#include "route/vocabulary.h"

namespace cascade::route {
namespace {

constexpr std::uint32_t empty_slot = 0xffffffffU;

std::uint64_t long_hash(std::string_view text) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash ^ (hash >> 29);
}

}  // namespace

std::uint32_t hash_of(std::string_view text) noexcept {
  const std::uint64_t hash = long_hash(text);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

Vocabulary::Vocabulary() {
  Slot free;
  free.term = empty_slot;
  words_.assign(1U << 15, free);
  stems_.assign(1U << 14, free);
  arena_.reserve(1U << 18);
}

Vocabulary::Slot& Vocabulary::find(std::vector<Slot>& slots, std::uint64_t hash, std::string_view text) const {
  const std::size_t mask = slots.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots[at];
    if (slot.term == empty_slot) return slot;
    if (slot.hash == hash && std::string_view(arena_.data() + slot.begin, slot.length) == text) return slot;
  }
}

void Vocabulary::grow(std::vector<Slot>& slots) const {
  Slot free;
  free.term = empty_slot;
  std::vector<Slot> larger(slots.size() * 2, free);
  for (const Slot& slot : slots)
    if (slot.term != empty_slot)
      find(larger, slot.hash, std::string_view(arena_.data() + slot.begin, slot.length)) = slot;
  slots = std::move(larger);
}

std::uint32_t Vocabulary::keep(std::string_view text) {
  const auto begin = static_cast<std::uint32_t>(arena_.size());
  arena_.append(text);
  return begin;
}

std::uint32_t Vocabulary::of_stem(std::string_view stem) {
  const std::uint64_t hash = long_hash(stem);
  Slot& slot = find(stems_, hash, stem);
  if (slot.term != empty_slot) return slot.term;
  const std::uint32_t term = size();
  const std::uint32_t begin = keep(stem);
  terms_.push_back({begin, static_cast<std::uint32_t>(stem.size())});
  slot = {hash, begin, static_cast<std::uint32_t>(stem.size()), term};
  if (++stem_count_ * 2 > stems_.size()) grow(stems_);
  return term;
}

std::uint32_t Vocabulary::of_word(std::string_view word) {
  const std::uint64_t hash = long_hash(word);
  {
    const Slot& slot = find(words_, hash, word);
    if (slot.term != empty_slot) return slot.term;
  }
  const std::uint32_t term = meaning(of_stem(stemmer_.stem(word)));
  Slot& slot = find(words_, hash, word);
  slot = {hash, keep(word), static_cast<std::uint32_t>(word.size()), term};
  if (++word_count_ * 2 > words_.size()) grow(words_);
  return term;
}

void Vocabulary::alias(std::string_view word, std::string_view meaning) {
  const std::uint32_t from = of_stem(stemmer_.stem(word));
  const std::uint32_t to = of_stem(stemmer_.stem(meaning));
  meanings_.resize(size(), empty_slot);
  meanings_[from] = to;
}

std::vector<Vocabulary::Spelling> Vocabulary::spellings() const {
  std::vector<Spelling> found;
  for (const Slot& slot : words_)
    if (slot.term != empty_slot) found.push_back({std::string_view(arena_).substr(slot.begin, slot.length), slot.term});
  return found;
}

std::uint32_t Vocabulary::meaning(std::uint32_t term) const {
  return term < meanings_.size() && meanings_[term] != empty_slot ? meanings_[term] : term;
}

}  // namespace cascade::route
