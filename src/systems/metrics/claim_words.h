// The closed vocabulary of claims (claim_words.tsv), and how it is found in a sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::metrics {

enum class Form : std::uint8_t {
  figure,
  joint,
  verb,
  part,
  outside,
  number,
  scale,
  fraction,
  compare,
  or_so,
  unit,
  rate,
  month,
  quarter,
  peak,
  last,
  first,
  subject,
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

// A word, a number or a sign of a sentence.
struct Token {
  std::string text;     // in small letters; of a number as it is written
  std::string written;  // as it is written
  bool is_number = false, begins_line = false, follows_blank = true;
};

// Marks of Markdown are left out; dashes and typographic quotes become plain. "2026-01-31" and "2026-01" are words.
// Complexity: linear.
std::vector<Token> tokens_of(std::string_view text);

// The longest row of `form` whose phrase stands at `at`, with the number of its tokens; null: none does.
struct FoundWord {
  const ClaimWord* row = nullptr;
  std::size_t length = 0;
};
FoundWord find_word(std::span<const Token> tokens, std::size_t at, Form form);
// The same for rows of all forms that a sentence is made of besides numbers and time: figure, verb, part, outside,
// filler.
FoundWord find_plain_word(std::span<const Token> tokens, std::size_t at);

}  // namespace cascade::metrics
