// A name that a text calls or refuses.
#pragma once

#include <cstdint>

#include "prompt/words.h"

namespace cascade::prompt {

enum class CallMark : std::uint8_t { none, slash, at };

// A known name where the text calls or refuses it.
struct Mention {
  std::uint32_t begin = 0, end = 0;  // bytes of the name
  std::uint32_t name = 0;            // name_hash() of it
  bool refused = false;              // otherwise called
  CallMark mark = CallMark::none;
  Roles kinds = 0;  // the words of kind beside it: roles::skill, agent, command, playbook
};

}  // namespace cascade::prompt
