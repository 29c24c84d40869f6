// A sentence cut into what its grammar is made of: numbers, figures, verbs, times, rates; what it does not know is
// `unknown`.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "metrics/claims.h"

namespace cascade::metrics {

struct Chunk {
  // pronoun: "of them"; each: "five each"; stop: what separates claims; name: what may be the project's name, or a
  // person's; divisor: "at 80 lines a day"; whole: "of 293 days", "of 680 commits"
  enum class Kind : std::uint8_t {
    number,
    figure,
    verb,
    part,
    outside,
    period,
    per,
    each,
    pronoun,
    unit,
    whole,
    divisor,
    filler,
    stop,
    name,
    unknown,
  };
  Kind kind = Kind::unknown;
  std::string text, value;  // `value`: of its row
  ClaimNumber number;
  Period period;
  Per per;
};

std::vector<Chunk> chunks_of(std::span<const Token> tokens);

}  // namespace cascade::metrics
