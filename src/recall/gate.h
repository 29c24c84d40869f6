// To speak or not to: what a prompt looks like from outside.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::recall {

// What the gate looks at.
struct Signals {
  std::uint32_t words = 0;       // that mean something
  std::uint32_t known = 0;       // of them those that a fact has
  std::uint32_t general = 0;     // of them those of programming in general, or of the conversation
  std::uint32_t chat = 0;        // phrases of talk, and of lessons
  std::uint32_t lesson = 0;      // 1: it asks what something is, or how something works
  std::uint32_t at_hand = 0;     // 1: it points at something in the conversation: "this", "the last"
  std::uint32_t of_project = 0;  // 1: it asks who, when or where, or speaks of us
  std::uint32_t edit = 0;        // 1: it orders a change of the text at hand
  std::uint32_t best = 0;        // score of the best fact
  std::uint32_t share = 0;       // of what the prompt says that the best fact meets; per mille
  std::uint32_t met = 0;         // words of the prompt that the best fact meets
  std::uint32_t subject = 0;     // of the subject of the best fact that the prompt has; per mille
  std::uint32_t past = 0;        // 1: a fact that is over fits best
  std::int32_t points = 0;
};

// What the prompt alone shows: lesson, at_hand, of_project and edit.
void look_at_prompt(std::string_view prompt, Signals& signals);

// Words of programming in general and of the conversation, as keys of their stems, sorted: a prompt that is made of
// such words asks for nothing that a project would remember.
std::vector<std::uint32_t> general_keys();

// Above 0 speaks for an answer.
std::int32_t points(const Signals& signals) noexcept;

}  // namespace cascade::recall
