// Where the clauses of a sentence begin that open a need of their own.
#pragma once

#include <cstdint>
#include <vector>

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

// Where a clause may be two, although the second does not ask.
struct Doubt {
  std::size_t at;  // the first word of the second, with its joints
  bool strong;     // the joint says that something new follows
};

struct ClauseCut {
  Words words;                  // the clause, with the joints before it
  Head head = Head::statement;  // what opens it
  std::vector<Doubt> doubts;
};

// The clauses of a sentence in order; the first is its beginning. `after_need`: a need stands before the sentence.
std::vector<ClauseCut> clauses_of(const Message& message, Words sentence, bool asked, bool after_need);

}  // namespace cascade::needs
