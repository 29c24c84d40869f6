// To speak or not to: what a prompt looks like from outside.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::recall {

// How a prompt begins: what asks about the world begins otherwise than what asks about a place.
enum class Opening : std::uint8_t {
  other,
  defines,   // "what is a", "what does": of what a word means
  what,      // "what", otherwise
  which,     // "which"
  why,       // "why"
  is,        // "is", "are", "was"
  how_many,  // "how many", "how much", "how long"
  how_does,  // "how does", "how old": of how things are in general
  rewrites,  // "turn", "extract", "undo": an order to change the text at hand
  writes,    // "write", "make", "show": an order that may be about anything
  states,    // "the", "a", "I": it tells what is the matter
};

// What the gate looks at. A flag is 0 or 1.
struct Signals {
  // Of the prompt alone.
  std::uint32_t words = 0;       // that mean something
  std::uint32_t general = 0;     // of them those of programming in general, or of the conversation
  std::uint32_t pointed_at = 0;  // and of these the ones behind "this": "this loop"
  std::uint32_t chat = 0;        // phrases of talk, and of lessons
  Opening opening = Opening::other;
  std::uint32_t lesson = 0;    // flag: it asks what something is, or how something works
  std::uint32_t compares = 0;  // flag: it asks about the world: what is older, named after, invented
  std::uint32_t counts = 0;    // flag: it asks how many or how long
  std::uint32_t place = 0;     // flag: it asks who, where or when
  std::uint32_t at_hand = 0;   // flag: it points at the conversation: "again", "the last"
  std::uint32_t us = 0;        // flag: it speaks of "us"
  std::uint32_t me = 0;        // flag: it speaks of "me"
  std::uint32_t number = 0;    // flag: it has a digit
  // Of the facts that score best.
  std::uint32_t best = 0;     // score of the best fact
  std::uint32_t second = 0;   // and of the next
  std::uint32_t over = 0;     // of the best that no longer holds, if it has a word of the prompt
  std::uint32_t share = 0;    // of what the prompt says that the best fact meets; per mille
  std::uint32_t exact = 0;    // words of the prompt that the best fact has itself
  std::uint32_t known = 0;    // how much these say, in 64ths of a bit
  std::uint32_t covered = 0;  // of its subject that the prompt has; per mille
  std::uint32_t phrases = 0;  // of the prompt that ask for its topic
  // How the words of the prompt agree on the best fact.
  std::uint32_t met = 0;              // words that it meets in any way
  std::uint32_t elsewhere = 0;        // words that only other facts meet
  std::uint32_t unknown = 0;          // words that no fact meets
  std::uint32_t unknown_special = 0;  // of these no plain words
  std::uint32_t from_one = 0;         // of the score, from the word that gives most; per mille
  std::uint32_t by_subject = 0;       // words that its subject meets
  std::uint32_t rivals = 0;           // facts that score two thirds of it, itself included
  std::int32_t points = 0;
};

// What the words of the prompt show: opening to number.
void look_at_prompt(std::string_view prompt, Signals& signals);

// Words and phrases of programming in general and of the conversation, as keys, sorted: a prompt that is made of such
// words asks for nothing that a project would remember.
std::vector<std::uint32_t> general_keys();

// Above 0 speaks for an answer.
std::int32_t points(const Signals& signals) noexcept;

}  // namespace cascade::recall
