// What the head of a clause does: it opens a need, or says something about one.
#pragma once

#include <cstdint>

#include "needs/message.h"

namespace cascade::needs {

enum class Head : std::uint8_t {
  none,
  request,
  ask,
  wish,
  question,
  again,
  limits,
  reason,
  closing,
  handles,
  statement
};

constexpr bool opens(Head head) noexcept { return head >= Head::request && head <= Head::again; }

// A clause without the joints before it.
struct Clause {
  Words words;
  bool fresh = false;  // one of the joints says that something new follows
  bool joined = false;
};
Clause without_joints(const Message& message, Words words);

// `asked`: a question mark ends the sentence. `inside`: other clauses of the sentence stand before it.
Head head_of(const Message& message, Words words, bool asked, bool inside = false);

// Whether it refers to something said before within its first words.
bool leans(const Message& message, Words words);

}  // namespace cascade::needs
