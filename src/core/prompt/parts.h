// A prompt as parts: what the person says, in which alone orders and names count, and what is quoted or pasted.
#pragma once

#include <functional>

#include "prompt/lines.h"
#include "prompt/words.h"

namespace cascade::prompt {

// In order and without gaps; at least one for a text that is not empty. Linear; a line without any mark costs one scan.
std::vector<Part> read_parts(std::string_view text);

// The text with everything that is not said blanked by spaces. Line breaks and all offsets stay.
std::string only_said(std::string_view text, const std::vector<Part>& parts);

enum class Wanted : std::uint8_t { always, if_asked };  // if_asked: if the words ask for a judgement or a repair

// What a paste is: a diff, a stack trace, the plan of a query ...
struct Matter {
  std::string_view name;
  Wanted wanted = Wanted::always;
  std::string_view deed;  // what people mostly want of it, as a whole request
};

// A sign that a line has; matter_signs.tsv says how it is written.
struct MatterSign {
  std::string_view matter, sign;
  std::uint32_t weight = 0;
};

std::span<const Matter> matters() noexcept;
std::span<const MatterSign> matter_signs() noexcept;

bool has_sign(std::string_view line, std::string_view sign) noexcept;

// What the lines of a text are, judged by all their signs together; null: too few. Of equal ones the row that comes
// first. Linear in the lines, of which the first and last hundred are read, and in the signs.
const Matter* matter_of(std::string_view text);

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

struct Heard {
  std::vector<Mention> mentions;  // in the order of the text
  bool refuses_all = false;       // "don't use any skills": every one, but for those that it calls
  bool only_refuses = false;      // "not X any more, please": beside what it refuses it says nothing
  bool refuses_that = false;      // "drop that skill": the one that was loaded, without its name
};
// Reads what the person says (only_said()). `knows`: whether a manifest has a name with this hash. A name of one
// ordinary word needs a mark or a word of kind; a joined name needs only a word that calls it. The whole text may be a
// name. A text without such words costs one pass over its words.
Heard hear(std::string_view said, const std::function<bool(std::uint32_t)>& knows);

}  // namespace cascade::prompt
