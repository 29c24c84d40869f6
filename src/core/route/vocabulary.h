// Words to term numbers while tables are built: each different word is stemmed once.
#pragma once

#include <cascade/result.h>

#include <cstring>

#include "route/words.h"

namespace cascade::route {

// FNV-1a with a final mix; the same on every machine, and part of the table format.
std::uint32_t hash_of(std::string_view text) noexcept;
constexpr std::uint32_t join_hash(std::uint32_t before, std::uint32_t next) noexcept {
  return (before ^ (next + 0x9e3779b9U + (before << 6) + (before >> 2))) * 0x85ebca6bU;
}

// A hash of words and stems, cheaper than hash_of() and never written to a file.
inline std::uint32_t hash_of_word(std::string_view text) noexcept {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ULL, other = 0xd6e8feb86659fd93ULL;
  const char* at = text.data();
  const auto bytes = [](const char* from, auto value) {
    std::memcpy(&value, from, sizeof(value));
    return std::uint64_t{value};
  };
  const std::size_t size = text.size();
  std::uint64_t hash = size * odd;
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      hash = (hash ^ bytes(at + i, std::uint64_t{})) * other;
      hash ^= hash >> 31;
    }
    hash ^= bytes(at + size - 8, std::uint64_t{});
  } else if (size >= 4) {
    hash ^= bytes(at, std::uint32_t{}) | bytes(at + size - 4, std::uint32_t{}) << 32;
  } else if (size > 0) {
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    hash ^= byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
  }
  hash *= other;
  hash ^= hash >> 32;
  hash *= odd;
  return static_cast<std::uint32_t>(hash >> 32);
}

// Numbers texts by first use. Open addressing, because a node-based map costs three times as much here.
class TextNumbers {
 public:
  // `searches`: the number of linear searches through the texts of add_all() before a table of them is built.
  explicit TextNumbers(std::uint32_t searches = 0) : slots_(64), searches_(searches) {}

  std::uint32_t find(std::string_view wanted, std::uint32_t hash) {  // no_text: not found
    if (placed_ != size()) {
      if (searches_ > 0) return search(wanted);
      place_all();
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      const std::uint64_t slot = slots_[at];
      if (slot == 0) return no_text;
      const std::uint32_t number = static_cast<std::uint32_t>(slot) - 1;
      if (slot >> 32 == hash && length(number) == wanted.size() && same(arena_.data() + ends_[number], wanted))
        return number;
    }
  }
  std::uint32_t add(std::string_view text, std::uint32_t hash);  // REQUIRES: not added yet
  void reserve(std::size_t count);
  // Adds texts that lie one after the other. REQUIRES: the ends of each, within `texts`, in order.
  void add_all(std::string_view texts, Span<std::uint32_t> ends);
  std::string_view text(std::uint32_t number) const { return {arena_.data() + ends_[number], length(number)}; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size() - 1); }

  static constexpr std::uint32_t no_text = 0xffffffffU;

 private:
  static bool same(const char* a, std::string_view b) noexcept {
    const auto equal = [&](std::size_t at, auto word) {
      auto other = word;
      std::memcpy(&word, a + at, sizeof(word));
      std::memcpy(&other, b.data() + at, sizeof(other));
      return word == other;
    };
    const std::size_t size = b.size();
    if (size > 16) return std::memcmp(a, b.data(), size) == 0;
    if (size >= 8) return equal(0, std::uint64_t{}) && equal(size - 8, std::uint64_t{});
    if (size >= 4) return equal(0, std::uint32_t{}) && equal(size - 4, std::uint32_t{});
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
  }
  std::uint32_t length(std::uint32_t number) const { return ends_[number + 1] - ends_[number]; }
  void place(std::uint64_t slot);
  void make_room(std::size_t count);
  void place_all();
  std::uint32_t search(std::string_view wanted) noexcept;

  std::string arena_;                      // one text after the other
  std::vector<std::uint32_t> ends_ = {0};  // ends_[n] is the end of text n - 1
  std::vector<std::uint64_t> slots_;       // hash << 32 | number + 1; 0: free
  std::uint32_t placed_ = 0;               // number of texts in the table: the first ones
  std::uint32_t searches_;                 // linear searches left
  std::size_t room_ = 0;                   // number of texts that a new table has room for
};

class Vocabulary {
 public:
  // `word` counts as `meaning` ("k8s" as "kubernetes") from now on; words numbered before keep their term.
  void alias(std::string_view word, std::string_view meaning);

  // The number of a word as written, in lower case.
  std::uint32_t word(std::string_view text) {
    const std::uint32_t hash = hash_of_word(text);
    const std::uint32_t known = words_.find(text, hash);
    return known != TextNumbers::no_text ? known : new_word(text, hash);
  }
  std::uint32_t of_word(std::string_view text) { return term_of_[word(text)]; }  // the term of its stem
  std::uint32_t of_stem(std::string_view stem);                                  // without stemming
  std::uint32_t meaning(std::uint32_t term) const;                               // the term itself if it is no alias

  std::uint32_t term_of(std::uint32_t word) const { return term_of_[word]; }
  std::string_view spelling(std::uint32_t word) const { return words_.text(word); }
  std::string_view text(std::uint32_t term) const { return stems_.text(term); }
  std::uint32_t words() const { return words_.size(); }
  std::uint32_t size() const { return stems_.size(); }  // terms

  // Adds words and terms in the order of their known numbers; as TextNumbers::add_all().
  void reserve(std::size_t words, std::size_t terms);
  void take_terms(std::string_view texts, Span<std::uint32_t> ends) { stems_.add_all(texts, ends); }
  void take_meaning(std::uint32_t term, std::uint32_t meaning);
  void take_words(std::string_view texts, Span<std::uint32_t> ends, Span<std::uint32_t> terms);

 private:
  std::uint32_t new_word(std::string_view text, std::uint32_t hash);
  std::string_view stem(std::string_view word);

  std::unique_ptr<Stemmer> stemmer_;     // created on first use
  TextNumbers words_, stems_{4};         // only new words look stems up, so a few linear searches come first
  std::vector<std::uint32_t> term_of_;   // by word
  std::vector<std::uint32_t> meanings_;  // by term; no_text: no other meaning
};

}  // namespace cascade::route
