// Words to term numbers while tables are built: each different word is stemmed once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "route/stems.h"

namespace cascade::route {

// FNV-1a with a final mix; the same on every machine, and part of the table format.
std::uint32_t hash_of(std::string_view text) noexcept;
constexpr std::uint32_t join_hash(std::uint32_t before, std::uint32_t next) noexcept {
  return (before ^ (next + 0x9e3779b9U + (before << 6) + (before >> 2))) * 0x85ebca6bU;
}

// Of a word as written; cheaper than hash_of(), and kept in no file.
std::uint32_t hash_of_word(std::string_view text) noexcept;

// Texts by number and numbers by text: dense, by first use. An open-addressing table of hash and number; a node-based
// map costs three times as much here.
class TextNumbers {
 public:
  TextNumbers() : slots_(64) {}

  std::uint32_t find(std::string_view text, std::uint32_t hash) const noexcept;  // no_text: not there
  std::uint32_t add(std::string_view text, std::uint32_t hash);                  // REQUIRES: not there
  void reserve(std::size_t count);
  std::string_view text(std::uint32_t number) const { return {arena_.data() + ends_[number], length(number)}; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size() - 1); }

  static constexpr std::uint32_t no_text = 0xffffffffU;

 private:
  std::uint32_t length(std::uint32_t number) const { return ends_[number + 1] - ends_[number]; }
  void place(std::uint64_t slot);

  std::string arena_;                      // one text after the other
  std::vector<std::uint32_t> ends_ = {0};  // of the text before
  std::vector<std::uint64_t> slots_;       // hash << 32 | number + 1; 0: free
};

// Numbers words and stems by first use.
class Vocabulary {
 public:
  Vocabulary() = default;

  // `word` counts as `meaning` ("k8s" as "kubernetes") when it is met first after this.
  void alias(std::string_view word, std::string_view meaning);

  std::uint32_t word(std::string_view word);  // the number of a word as written, in lower case
  std::uint32_t of_word(std::string_view text) { return term_of_[word(text)]; }  // its term: stemmed
  std::uint32_t of_stem(std::string_view stem);                                  // as it is
  std::uint32_t meaning(std::uint32_t term) const;                               // itself, when it is no alias

  std::uint32_t term_of(std::uint32_t word) const { return term_of_[word]; }
  std::string_view spelling(std::uint32_t word) const { return words_.text(word); }
  std::string_view text(std::uint32_t term) const { return stems_.text(term); }
  std::uint32_t words() const { return words_.size(); }
  std::uint32_t size() const { return stems_.size(); }  // terms

  // Numbers that are known already, in their order.
  void reserve(std::size_t words, std::size_t terms);
  void take_term(std::string_view stem, std::uint32_t hash) { stems_.add(stem, hash); }
  void take_meaning(std::uint32_t term, std::uint32_t meaning);
  void take_word(std::string_view word, std::uint32_t hash, std::uint32_t term);

 private:
  std::unique_ptr<Stemmer> stemmer_;  // made when it is needed
  TextNumbers words_, stems_;
  std::vector<std::uint32_t> term_of_;   // by word
  std::vector<std::uint32_t> meanings_;  // by term, where there is one
};

}  // namespace cascade::route
