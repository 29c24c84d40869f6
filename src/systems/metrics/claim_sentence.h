// One sentence of a text: cut into what its grammar is made of (numbers, figures, verbs, times, rates), then its
// numbers, each with what it counts, how it is compared, for what time and of whom.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "metrics/claims.h"

namespace cascade::metrics {

struct Chunk {
  // quantifier: "every year"; pronoun: "of them"; each: "five each"; stop: what separates claims; name: what may be the
  // project's name, or a person's; divisor: "at 80 lines a day"; whole: "of 293 days", "of 680 commits"
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
    negation,
    quantifier,
    mean,
    unknown,
  };
  Kind kind = Kind::unknown;
  std::string text, value;  // `value`: of its row
  ClaimNumber number;
  Period period;
  Per per;
};

std::vector<Chunk> chunks_of(std::span<const Token> tokens);

struct Sentence {
  std::vector<Claim> claims;     // without line and text
  bool compares = false;         // it has a figure and a word that compares or quantifies
  std::string unread;            // a word that changes what it says, and that nothing has read
  std::optional<Period> period;  // the only one that it names
};

// `context` is the time of claims that name none.
Sentence read_sentence(std::span<const Token> tokens, const std::optional<Period>& context);

}  // namespace cascade::metrics
