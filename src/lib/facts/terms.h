// Reads a text into terms: the router's stems, spellings, translations and concepts, and topics, which only recall has.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "route/tables.h"
#include "route/words.h"

namespace cascade::recall {

// guess: the probable correction of a misspelt word. foreign: a word of another language as written; its English
// translation is a term of its own. phrase: two or three adjacent words, which only topics know. hint: a concept that
// the word suggests without being one of its phrases; one hint says little, several that agree say more.
enum class TermKind : std::uint8_t { word, guess, topic, lexicon, phrase, foreign, synonym, hint };

struct Term {
  std::uint32_t key = 0;
  std::uint32_t position = 0;  // of the word; terms of one position are one piece of evidence
  TermKind kind = TermKind::word;
  std::uint8_t word_class = 0;  // route::WordClass
  std::uint16_t weight = 1000;  // per mille
  bool number = false;
  bool is_party = false;  // by its place in the sentence it may be who does something, or where: "does X", "at X"
};

struct Reading {
  std::vector<Term> terms;  // by position
  std::uint32_t words = 0;  // except function words and foreign ones
  bool from_host = false;   // written by the host, not by a person
  bool asks = false;        // a question in which nobody speaks of himself: of others, where it names any
};

// Linear. Reads as much of a text as the router does.
Reading read_terms(const route::Tables& tables, std::string_view text);

// How many of `usual_facts` facts of any organisation have a term, in `usual_unit`s; what a store of few facts cannot
// say. From term_frequencies.tsv: rows of eight hexadecimal digits of a key and three of that number, sorted by key.
std::string_view term_frequencies() noexcept;
constexpr std::uint32_t usual_facts = 150, usual_unit = 16;
constexpr std::size_t key_digits = 8, frequency_row = key_digits + 3;
std::uint32_t usual_count(std::uint32_t key) noexcept;
// What follows the key in such rows, of `row` bytes each, which are sorted by it; empty: it is not listed.
std::string_view find_row(std::string_view rows, std::size_t row, std::uint32_t key) noexcept;

// Maps a stem or phrase to a topic. Lists are sorted by stem, then topic; both are keys of terms.
struct TopicWord {
  std::uint32_t stem = 0, topic = 0;
  std::uint32_t asks = 0;     // 1: in a prompt it asks for the topic, in a fact it does not count
  std::uint32_t synonym = 0;  // 1: the topic is a row of words for one thing (facts/synonyms.tsv)
};
// The key of adjacent words, from the key of the first ones and the stem of the next.
constexpr std::uint32_t phrase_key(std::uint32_t before, std::uint32_t stem) noexcept {
  return (before << 7 | before >> 25) ^ stem;
}
// The key of a listed word: "sign_off" and "sign-off" have the key of their two adjacent stems.
std::uint32_t key_of(std::string_view word, route::Stemmer& stemmer);
std::vector<TopicWord> topic_words();

// Lists of words that people use for one another.

// The rows of the tables with these names (synonyms.tsv ...). Without a name of their own:
std::span<const std::string_view> synonym_rows() noexcept;
std::span<const std::string_view> profession_rows() noexcept;
std::span<const std::string_view> everyday_rows() noexcept;
// Topics, whose first word is a name.
std::span<const std::string_view> topic_rows() noexcept;
std::span<const std::string_view> task_rows() noexcept;
// Forms of one word.
std::span<const std::string_view> family_rows() noexcept;
// Products: a row's names, and words that ask for the purpose of these products.
std::span<const std::string_view> product_rows() noexcept;

}  // namespace cascade::recall
