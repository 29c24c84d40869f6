// Each word of a prompt and each term of a fact has a direction in a small space. A prompt's place is the sum of its
// words' directions over the square root of their number, a fact's the same over its terms by their weights; their
// product says how well both fit. The directions were fitted to pairs of prompts and facts (bench/recall). Rows are
// looked up in their sorted text in place; those of the facts are only for building the index.
#include "facts/meaning.h"

#include <algorithm>
#include <bit>
#include <string>

#include "route/learned.h"
#include "route/records.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::recall {
namespace {

// In a prompt's place 256 is one step of a row's numbers, in a fact's 16.
constexpr std::int64_t prompt_unit = 256, fact_unit = 16;

constexpr std::string_view kind_words =
    " who whom where when which why how may can must should long many much my our we i not after before until still ";

using Sum = std::array<std::int64_t, meaning_size>;

void add(std::string_view row, std::int64_t weight, Sum& sum) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    const int both = row[i] - meaning_first;
    sum[2 * i] += (both / meaning_levels - meaning_most) * weight;
    sum[2 * i + 1] += (both % meaning_levels - meaning_most) * weight;
  }
}

}  // namespace

MeaningRows meaning_rows() noexcept { return {rows_of_prompts(), rows_of_facts()}; }

std::uint32_t version_of(const MeaningRows& rows) {
  return route::hash_of(std::string(rows.prompts) + std::string(rows.facts));
}

std::vector<std::uint32_t> meaning_keys(const Reading& reading, std::string_view prompt) {
  std::vector<std::uint32_t> keys;
  for (const Term& term : reading.terms)
    if (term.kind == TermKind::word || term.kind == TermKind::foreign) keys.push_back(term.key);
  std::string word;
  for (std::size_t i = 0; i <= prompt.size(); ++i) {
    if (i < prompt.size() && letters::is_letter(prompt[i])) {
      word += letters::to_lower(prompt[i]);
    } else if (!word.empty()) {
      if (kind_words.find(" " + word + " ") != std::string_view::npos) keys.push_back(route::hash_of("kind:" + word));
      word.clear();
    }
  }
  letters::sort_once(keys);
  return keys;
}

PromptMeaning meaning_of_prompt(const MeaningRows& rows, const std::vector<std::uint32_t>& keys) {
  Sum sum{};
  for (const std::uint32_t key : keys) add(find_row(rows.prompts, meaning_row, key), 1, sum);
  constexpr std::int64_t fine = 1'000, most = 32'767;
  const std::int64_t root = route::square_root(std::max<std::uint64_t>(keys.size(), 1) * fine * fine);
  PromptMeaning meaning{};
  for (std::size_t i = 0; i < meaning_size; ++i)
    meaning[i] = static_cast<std::int16_t>(std::clamp(sum[i] * prompt_unit * fine / root, -most, most));
  return meaning;
}

std::uint32_t meaning_weight(std::uint32_t subject, std::uint32_t text) noexcept {
  return std::min<std::uint32_t>(std::max(subject, text * 6 / 10), 1'000);
}

FactMeaning meaning_of_fact(const MeaningRows& rows, const std::map<std::uint32_t, std::uint32_t>& weights) {
  Sum sum{};
  std::uint64_t squares = 0;
  for (const auto& [key, weight] : weights) {
    squares += std::uint64_t{weight} * weight;
    add(find_row(rows.facts, meaning_row, key), weight, sum);
  }
  constexpr std::int64_t whole = 1'000, most = 127;
  const std::int64_t root = std::max<std::int64_t>(route::square_root(squares), whole);
  FactMeaning meaning{};
  for (std::size_t i = 0; i < meaning_size; ++i)
    meaning[i] = static_cast<std::int8_t>(std::clamp(sum[i] * fact_unit / root, -most, most));
  return meaning;
}

std::int32_t likeness(std::int32_t nearness) noexcept {
  // 56 for each power of e, found on writers who were left out; the square of the step is 0.0225.
  constexpr std::int32_t in_sum = 16, numerator = 63, denominator = 50 * 16;
  return nearness / static_cast<std::int32_t>(prompt_unit * fact_unit / in_sum) * numerator / denominator;
}

// The whole part of the logarithm is the place of the highest bit. For the fraction it squares the mantissa repeatedly:
// each square doubles the logarithm and so moves one more binary digit in front of the point.
std::uint32_t log2_64(std::uint64_t value) noexcept {
  const auto whole = static_cast<std::uint32_t>(std::bit_width(value) - 1);
  std::uint64_t mantissa = value << 32 >> whole;
  std::uint32_t result = whole * 64;
  for (std::uint32_t bit = 32; bit > 0; bit /= 2) {
    mantissa = (mantissa >> 16) * (mantissa >> 16);
    if ((mantissa >> 33) != 0) {
      mantissa >>= 1;
      result += bit;
    }
  }
  return result;
}

}  // namespace cascade::recall
