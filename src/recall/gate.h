// To speak or not to: what a prompt looks like from outside.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::recall {

// What the gate looks at.
struct Signals {
  std::uint32_t words = 0;     // that mean something
  std::uint32_t general = 0;   // of them those of programming in general, or of the conversation
  std::uint32_t chat = 0;      // phrases of talk, and of lessons
  std::uint32_t lesson = 0;    // 1: it asks what something is, or how something works
  std::uint32_t compares = 0;  // 1: it asks about the world: what is older, named after, invented
  std::uint32_t counts = 0;    // 1: it asks how many or how long
  std::uint32_t place = 0;     // 1: it asks who, where or when
  std::uint32_t what = 0;      // 1: it begins with "what" or "which"
  std::uint32_t at_hand = 0;   // 1: it points at something in the conversation: "this", "the last"
  std::uint32_t edit = 0;      // 1: it orders a change of the text at hand
  std::uint32_t best = 0;      // score of the best fact
  std::uint32_t second = 0;    // and of the next
  std::uint32_t over = 0;      // of the best that no longer holds, if it has a word of the prompt
  std::uint32_t share = 0;     // of what the prompt says that the best fact meets; per mille
  std::uint32_t specific = 0;  // words of the prompt that the best fact has itself, and that are not general
  std::uint32_t phrases = 0;   // of the prompt that ask for the topic of the best fact
  std::int32_t points = 0;
};

// What the prompt alone shows: lesson to edit.
void look_at_prompt(std::string_view prompt, Signals& signals);

// Words and phrases of programming in general and of the conversation, as keys, sorted: a prompt that is made of such
// words asks for nothing that a project would remember.
std::vector<std::uint32_t> general_keys();

// Above 0 speaks for an answer.
std::int32_t points(const Signals& signals) noexcept;

}  // namespace cascade::recall
