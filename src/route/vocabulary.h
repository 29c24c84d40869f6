// Words to term numbers while tables are built: each different word is stemmed once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "route/stems.h"

namespace cascade::route {

// FNV-1a with a final mix; the same on every machine, and part of the table format.
std::uint32_t hash_of(std::string_view text) noexcept;
constexpr std::uint32_t join_hash(std::uint32_t before, std::uint32_t next) noexcept {
  return (before ^ (next + 0x9e3779b9U + (before << 6) + (before >> 2))) * 0x85ebca6bU;
}

// Numbers stems by first use. An open-addressing table: a node-based map costs three times as much here.
class Vocabulary {
 public:
  Vocabulary();

  // `word` counts as `meaning` ("k8s" as "kubernetes") when it is met first after this.
  void alias(std::string_view word, std::string_view meaning);

  std::uint32_t of_word(std::string_view word);     // stemmed; lower case
  std::uint32_t of_stem(std::string_view stem);     // as it is
  std::uint32_t meaning(std::uint32_t term) const;  // itself, when it is no alias
  std::string_view text(std::uint32_t term) const { return {arena_.data() + terms_[term].begin, terms_[term].length}; }
  struct Spelling {
    std::string_view word;
    std::uint32_t term = 0;
  };
  std::vector<Spelling> spellings() const;  // every word that was met, in no order; views into this
  std::uint32_t size() const { return static_cast<std::uint32_t>(terms_.size()); }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t begin = 0, length = 0, term = 0;
  };
  struct Text {
    std::uint32_t begin = 0, length = 0;
  };
  Slot& find(std::vector<Slot>& slots, std::uint64_t hash, std::string_view text) const;
  void grow(std::vector<Slot>& slots) const;
  std::uint32_t keep(std::string_view text);

  Stemmer stemmer_;
  std::string arena_;
  std::vector<Text> terms_;
  std::vector<std::uint32_t> meanings_;  // by term, where there is one
  std::vector<Slot> words_, stems_;      // by hash; begin+length into arena_
  std::size_t word_count_ = 0, stem_count_ = 0;
};

}  // namespace cascade::route
