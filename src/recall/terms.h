// What a text says, in terms that the router has too: stems, other spellings of one word, words of other languages,
// concepts of the lexicon; and topics, which only memory has.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "route/stems.h"
#include "route/tables.h"

namespace cascade::recall {

// guess: what a word may have been meant to be. foreign: as it stands, in a text of another language; what it means in
// English stands beside it. phrase: two or three words side by side, which only topics know. hint: a concept for which
// the word speaks without being one of its phrases; alone it says little, but several that agree do.
enum class TermKind : std::uint8_t { word, guess, topic, lexicon, phrase, foreign, synonym, hint };

struct Term {
  std::uint32_t key = 0;
  std::uint32_t position = 0;  // of the word; terms of one position are one piece of evidence
  TermKind kind = TermKind::word;
  std::uint8_t word_class = 0;  // route::WordClass
  std::uint16_t weight = 1000;  // per mille
  bool number = false;
  bool pointed_at = false;  // "this" stands before it
};

struct Reading {
  std::vector<Term> terms;  // by position
  std::uint32_t words = 0;  // that mean something
  std::uint32_t chat = 0;   // signs of talk about the conversation or the code at hand, and of a lesson
  bool from_host = false;   // no person wrote it
};

// Linear; as much of a text as the router reads.
Reading read_terms(const route::Tables& tables, std::string_view text);

// Stems and phrases to topics. Sorted by stem, then topic; both are keys of terms.
struct TopicWord {
  std::uint32_t stem = 0, topic = 0;
  std::uint32_t asks = 0;     // 1: makes no fact one of the topic, but asks for it
  std::uint32_t synonym = 0;  // 1: the topic is a row of words for one thing (recall/synonyms.h)
};
// Of words side by side: the key of those before, the stem of the next.
constexpr std::uint32_t phrase_key(std::uint32_t before, std::uint32_t stem) noexcept {
  return (before << 7 | before >> 25) ^ stem;
}
// Of a word of a list: "sign_off" and "sign-off" have the key of their two stems side by side.
std::uint32_t key_of(std::string_view word, route::Stemmer& stemmer);
std::vector<TopicWord> topic_words();

}  // namespace cascade::recall
