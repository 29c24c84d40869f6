// A prompt as the router reads it: words with their terms, sentences, what is called by name, what is excluded.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "route/stems.h"
#include "route/tables.h"
#include "route/words.h"

namespace cascade::route {

enum class Origin : std::uint8_t { written, part, repaired };

struct PromptWord {
  std::uint32_t term = none;             // none: no library and no lexicon knows it
  std::uint32_t offset = 0, length = 0;  // in the prompt
  std::uint32_t position = 0, sentence = 0;
  std::uint16_t weight = 1000;  // by where it stands
  Origin origin = Origin::written;
  Break before = Break::space;
  WordClass word_class = WordClass::special;
  bool identifier = false, number = false;
  bool foreign = false;      // of another language: the English words for it stand behind it
  bool translated = false;   // one of these
  std::string_view english;  // and its text
  bool pasted = false;       // in a line of a program, a trace or a diff
  bool counts = false;       // one of the words that the prompt has: no identifier as a whole
  std::uint32_t stem = 0;    // hash of its stem, whatever the library
};

struct Prompt {
  std::string_view text;
  std::vector<PromptWord> words;  // by position; an identifier's whole stands before its parts, at the same position
  SignText signs;                 // by position
  PatternHits found;
  std::uint32_t sentences = 0;
  bool harness = false;  // a message of the host, not of a person
};

// Linear in the text, but no more than some 600 words of it are read: the first and the last.
Prompt read_prompt(const Tables& tables, std::string_view text);

// Words to terms by their stems, remembered, because text repeats its words. The tables must outlive it. Not
// thread-safe.
class WordTerms {
 public:
  explicit WordTerms(const Tables& tables) : tables_(tables) {}
  struct Known {
    std::uint32_t term = none;  // none: not known
    std::uint32_t stem = 0;     // hash of the stem
  };
  Known read(std::string_view word);
  std::uint32_t of(std::string_view word) { return read(word).term; }

 private:
  const Tables& tables_;
  Stemmer stemmer_;
  std::unordered_map<std::string, Known> known_;
  std::string word_;
};

// The words of a manifest: read as English ones, and without looking for patterns: `found` stays empty.
Prompt read_words(const Tables& tables, WordTerms& terms, std::string_view text);

}  // namespace cascade::route
