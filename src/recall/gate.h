// To speak or not to: what a prompt looks like from outside.
#pragma once

#include <cstdint>

namespace cascade::recall {

// What the gate looks at, for explanations.
struct Signals {
  std::uint32_t words = 0, chat = 0, local = 0, general = 0;
  std::uint32_t best = 0, share = 0;
  std::int32_t points = 0;
};

// Whether a word (by the key of its stem) is one of programming in general or of the conversation: a prompt that is
// made of such words asks for nothing that a project would remember.
bool is_general(std::uint32_t key) noexcept;

// Above 0 speaks for an answer.
std::int32_t points(const Signals& signals) noexcept;

}  // namespace cascade::recall
