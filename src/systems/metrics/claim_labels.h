// What a label of a claim says, word by word, and the number of its cell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/claims.h"

namespace cascade::metrics {

enum class Form : std::uint8_t {
  figure,
  part,
  share,
  outside,
  number,
  scale,
  compare,
  behind,
  unit,
  rate,
  month,
  quarter,
  peak,
  last,
  mean,
  subject,
  time,
  value,
  ignored,
  filler,
};

struct ClaimWord {
  Form form = Form::filler;
  std::string_view phrase;
  std::string_view value = {};
};
std::span<const ClaimWord> claim_words() noexcept;

// A word, a number or a sign.
struct Token {
  std::string text;     // in small letters; of a number as it is written
  std::string written;  // as it is written
  bool is_number = false, follows_blank = true;
};
using Tokens = std::span<const Token>;

// Marks of Markdown are left out; dashes and typographic quotes become plain, "_" a blank. "2026-01-31" is a word.
std::vector<Token> tokens_of(std::string_view text);

// Whether all of it is one phrase of this form.
bool is_whole(Tokens tokens, Form form);

// Everything of a label, or the first word that is not understood.
struct Label {
  std::string figure, part;
  std::string person;  // a name, if anybody has it
  std::vector<Per> per;
  std::optional<Period> period;
  bool is_share = false;
  std::string fault;

  bool is_period() const { return is_read() && figure.empty() && part.empty() && per.empty() && period; }
  bool is_figure() const { return is_read() && !figure.empty(); }
  bool is_read() const { return fault.empty() && person.empty(); }
};
Label read_label(Tokens tokens);

// The number at the begin of a cell, "at least 1.2 million", "100 to 200", "12 %". Length 0: it begins with none.
struct FoundNumber {
  ClaimNumber number;
  std::size_t length = 0;
};
FoundNumber read_number(Tokens tokens);

}  // namespace cascade::metrics
