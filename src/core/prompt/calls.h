// The names that a person calls or refuses: "/name", "@name", "use the name skill", "do not use name", in ten
// languages.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

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

// Equal for names that differ only in case, accents and what joins their words ("code-review", "Code Review"); never 0.
std::uint32_t name_hash(std::string_view name) noexcept;

// Reads what the person says (only_said()). `knows`: whether a manifest has a name with this hash. In the order of the
// text. A name of one ordinary word needs a mark or a word of kind; a joined name needs only a word that calls it. The
// whole text may be a name. A text without such words costs one pass over its words.
std::vector<Mention> read_mentions(std::string_view said, const std::function<bool(std::uint32_t)>& knows);

}  // namespace cascade::prompt
