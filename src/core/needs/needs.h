// A message as a list of needs: each thing that the person asks for, with what they say about it.
#pragma once

#include "prompt/lines.h"

namespace cascade::needs {

// What made a part of a message a need of its own.
enum class Sign : std::uint8_t {
  whole,      // nothing: the message is one need
  asks,       // a sentence that asks
  item,       // an item of a list
  clause,     // a clause of a sentence that asks as the one before does
  joint,      // words that say that something else follows ("by the way")
  statement,  // a statement with a subject of its own
};
std::string_view to_string(Sign sign) noexcept;

struct ByteRange {
  std::uint32_t begin = 0, end = 0;
};

// A statement that may be a need of its own.
struct Statement {
  ByteRange range;
  bool joined = false;  // a joint stands before it ("also", "and"), or it begins a paragraph
};

struct Need {
  ByteRange part;  // of the message: the clause that asks, what was said before it and what belongs to it
  ByteRange core;  // the clause that asks, without the joints before it
  Sign sign = Sign::whole;
  std::vector<Statement> statements;  // within the part and beside the core
  std::vector<Statement> sides;       // of joints within the part between clauses of which the second does not ask
};

// `parts`: the text as prompt::read_parts() reads it. `language`: two letters ("en"); another one than the tables have
// is split at its lists only. In the order of the text and without overlaps; the part of an only need is the whole
// text. At least one. Linear in the text.
std::vector<Need> read_needs(std::string_view text, const std::vector<prompt::Part>& parts, std::string_view language);

}  // namespace cascade::needs
