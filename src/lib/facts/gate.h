// The decision whether to recall anything, from signals about the prompt and the best facts.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "facts/evidence.h"
#include "facts/index_file.h"

namespace cascade::recall {

// How a prompt begins: questions about the world begin differently from questions about a project.
enum class Opening : std::uint8_t {
  other,
  defines,   // "what is a", "what does": asks what a word means
  what,      // any other "what"
  which,     // "which"
  why,       // "why"
  is,        // "is", "are", "was"
  how_many,  // "how many", "how much", "how long"
  how_does,  // "how does", "how old": asks about things in general
  rewrites,  // "turn", "extract", "undo": an order to change the text at hand
  writes,    // "write", "make", "show": an order that may be about anything
  states,    // "the", "a", "I": a statement, such as a problem report
};

// The gate's input. A flag is 0 or 1.
struct Signals {
  // The prompt alone.
  std::uint32_t words = 0;       // words with a meaning of their own
  std::uint32_t general = 0;     // of these, words of general programming or of the conversation
  std::uint32_t pointed_at = 0;  // of these, words after "this": "this loop"
  std::uint32_t chat = 0;        // phrases of small talk and of lessons
  Opening opening = Opening::other;
  std::uint32_t lesson = 0;    // flag: it asks what something is, or how something works
  std::uint32_t compares = 0;  // flag: it asks about the world: older, named after, invented
  std::uint32_t counts = 0;    // flag: it asks how many or how long
  std::uint32_t place = 0;     // flag: it asks who, where or when
  std::uint32_t at_hand = 0;   // flag: it points at the conversation: "again", "the last"
  std::uint32_t us = 0;        // flag: it speaks of "us"
  std::uint32_t me = 0;        // flag: it speaks of "me"
  std::uint32_t number = 0;    // flag: it has a digit
  std::int32_t wording = 0;    // how much its words are those of prompts that want a fact (recall/wording.h)
  // The best facts.
  std::uint32_t best = 0;     // score of the best fact
  std::uint32_t second = 0;   // score of the next fact
  std::uint32_t share = 0;    // the best fact's share of the prompt's information; per mille
  std::uint32_t exact = 0;    // words of the prompt that the best fact contains
  std::uint32_t known = 0;    // information in those words, in 64ths of a bit
  std::uint32_t covered = 0;  // share of its subject that the prompt contains; per mille
  std::uint32_t phrases = 0;  // phrases of the prompt that ask for its topic
  // How the words of the prompt agree on the best fact.
  std::uint32_t met = 0;              // words that it meets in any way
  std::uint32_t elsewhere = 0;        // words that only other facts meet
  std::uint32_t unknown = 0;          // words that no fact meets
  std::uint32_t unknown_special = 0;  // of these, words that are not plain English
  std::uint32_t from_one = 0;         // share of the score that comes from one word, the heaviest; per mille
  std::uint32_t by_subject = 0;       // words that its subject meets
  std::uint32_t rivals = 0;           // facts that score two thirds of it, itself included
  // What was learned from pairs; 64: twice as likely.
  std::int32_t likeness = 0;  // of the best fact
  std::int32_t likest = 0;    // the largest of any fact
  std::int32_t level = 0;     // of the best fact, by words and likeness together; 0: no fact
  std::int32_t lead = 0;      // its level over the next fact's
  std::int32_t over = 0;      // level of the best expired fact that has a word of the prompt
  std::int32_t points = 0;
};

// Sets the signals from `opening` to `wording`, which depend on the prompt's words alone.
void look_at_prompt(std::string_view prompt, Signals& signals);

std::string_view general_words() noexcept;  // general.tsv

// Sorted keys of words and phrases of general programming and of the conversation. A prompt made of such words asks for
// nothing that a project would remember.
std::vector<std::uint32_t> general_keys();

// Points of 0 or more open the gate.
std::int32_t points(const Signals& signals) noexcept;

// Orders facts by the words that they share with a prompt and by likeness (recall/meaning.h) together.

struct Recalled {
  std::uint32_t fact = 0;  // in the index
  std::uint32_t score = 0, share = 0;
  // Only of gated answers; 64: twice as likely the right one.
  std::int32_t likeness = 0;  // to the prompt, as learned from pairs
  std::int32_t level = 0;     // by score and likeness together
};

struct Levels {
  std::vector<Recalled> best;  // the highest first
  std::int32_t likest = 0;     // the largest likeness of any fact
  std::int32_t base = 0;       // doublings of a score that do not count
};

// What a score adds to a level.
std::int32_t above_base(std::uint32_t score, std::int32_t base);

// `told`: a flag for each fact that may be told; `most`: as many are returned. Asks for the scores of those that come
// into question. O(facts).
Levels levels_of(const IndexTables& tables, Scores& scores, const std::vector<std::uint8_t>& told,
                 const PromptMeaning& prompt, std::size_t most);

// How people word prompts that want to know what a project has written down.

// Above 0: prompts in such words mostly want a fact ("how long may", "add a button"). Below 0: they mostly want none
// ("explain", "sort", "what is"). 1,000 multiplies the odds by e.
std::int32_t wording_of(std::string_view prompt);

// The listed words, sorted by byte and separated by spaces: word:weight, in tenths of 1,000. "^" marks the prompt's
// first word, or its first two, joined by "_"; without it, "_" joins two adjacent words. "#" is a word with a digit.
std::string_view wording_words() noexcept;

}  // namespace cascade::recall
