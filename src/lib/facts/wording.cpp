// Adds up the weights of the prompt's different words, its first word and its first two, and divides the sum by the
// square root of their number, so that a long prompt does not win by length. Its pairs of adjacent words are added up
// in the same way by themselves: "a test" says something else than "the test". The list is one sorted text and is
// searched in place: a prompt looks up some forty words and pairs of 30,300, so nothing is parsed or hashed.
#include "facts/wording.h"

#include <algorithm>
#include <string>
#include <vector>

#include "facts/square_root.h"
#include "text/ascii.h"

namespace cascade::recall {
namespace {

constexpr std::size_t most_words = 60;  // of a prompt

std::vector<std::string> words_of_wording(std::string_view prompt) {
  std::vector<std::string> words;
  std::string word;
  bool has_digit = false;
  for (std::size_t i = 0; i <= prompt.size() && words.size() < most_words; ++i) {
    const char at = i < prompt.size() ? prompt[i] : ' ';
    const bool is_digit = letters::is_digit(at);
    if (letters::is_letter(at) || is_digit || at == '\'' || static_cast<unsigned char>(at) >= 0x80) {
      has_digit = has_digit || is_digit;
      word += letters::to_lower(at);
    } else if (!word.empty()) {
      words.push_back(has_digit ? "#" : std::move(word));
      word.clear();
      has_digit = false;
    }
  }
  return words;
}

std::int32_t number_at(std::string_view list, std::size_t at) {
  const bool is_negative = at < list.size() && list[at] == '-';
  std::int32_t number = 0;
  for (std::size_t i = at + (is_negative ? 1 : 0); i < list.size() && letters::is_digit(list[i]); ++i)
    number = number * 10 + (list[i] - '0');
  return is_negative ? -number : number;
}

// 0: not listed.
// Halves the text by bytes and goes back to the begin of the word in the middle. "word:weight", sorted by word.
std::int32_t weight_of(std::string_view list, std::string_view word) {
  std::size_t from = 0, to = list.size();
  while (from < to) {
    const std::size_t middle = from + (to - from) / 2;
    const std::size_t space = middle == 0 ? std::string_view::npos : list.rfind(' ', middle - 1);
    const std::size_t begin = space == std::string_view::npos || space < from ? from : space + 1;
    const std::size_t colon = list.find(':', begin), end = std::min(list.find(' ', begin), list.size());
    if (colon >= end) return 0;
    const int order = list.substr(begin, colon - begin).compare(word);
    if (order == 0) return number_at(list, colon + 1);
    if (order < 0) {
      from = std::min(end + 1, to);
    } else {
      to = begin;
    }
  }
  return 0;
}

// The sum of the different ones' weights over the square root of their number.
std::int32_t mean_weight(std::vector<std::string> parts) {
  if (parts.empty()) return 0;
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  std::int64_t sum = 0;
  for (const std::string& part : parts) sum += weight_of(wording_words(), part);
  constexpr std::int64_t fine = 1'000, tenth = 100;
  return static_cast<std::int32_t>(sum * tenth * fine /
                                   square_root(static_cast<std::int64_t>(parts.size()) * fine * fine));
}

}  // namespace

std::int32_t wording_of(std::string_view prompt) {
  std::vector<std::string> words = words_of_wording(prompt);
  if (words.empty()) return 0;
  std::vector<std::string> pairs;
  for (std::size_t i = 1; i < words.size(); ++i) pairs.push_back(words[i - 1] + "_" + words[i]);
  const std::string first = "^" + words[0];
  if (!pairs.empty()) words.push_back("^" + pairs[0]);
  words.push_back(first);
  return mean_weight(std::move(words)) + mean_weight(std::move(pairs));
}

}  // namespace cascade::recall
