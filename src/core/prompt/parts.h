// A prompt as parts: what the person says, and what is quoted or pasted. Orders, names and refusals count only in what
// the person says.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "prompt/lines.h"

namespace cascade::prompt {

// In order and without gaps; at least one for a text that is not empty. Linear; a line without any mark costs one scan.
std::vector<Part> read_parts(std::string_view text);

// The text with everything that is not said blanked by spaces. Line breaks and all offsets stay.
std::string only_said(std::string_view text, const std::vector<Part>& parts);

// What a paste is: a diff, a stack trace, the plan of a query ... and what people want of such a thing if they do not
// say.

enum class Wanted : std::uint8_t { always, if_asked };  // if_asked: if the words ask for a judgement or a repair

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

}  // namespace cascade::prompt
