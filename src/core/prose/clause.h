// What a clause says of a name in it: whether it is to be used, may be, must not be, or is only told of.
#pragma once

#include <cstddef>
#include <cstdint>

#include "prose/sentence.h"

namespace cascade::prose {

// ordered: "let X choose". advised: "consider X", "you can use X". refused: "keep away from X". told: anything else.
// bare: no verb says anything of the name, as in a label or a list.
enum class Stance : std::uint8_t { bare, told, ordered, advised, refused };

// What the name is in its clause.
enum class Part : std::uint8_t { object, means, receiver, source, topic, subject };

struct Reading {
  Stance stance = Stance::bare;
  Part part = Part::object;
  bool denied = false;                              // the verb that governs the name is
  bool by_others = false;                           // who does it is somebody else, or whoever may
  std::size_t head = static_cast<std::size_t>(-1);  // its verb in `before`; -1: none
};

// English. Linear in the words; nothing is allocated.
Reading read_clause(const Place& place) noexcept;

}  // namespace cascade::prose
