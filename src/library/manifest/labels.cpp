// A label is judged by its first sign (a cross, a check mark, a warning sign), else by the word in brackets behind it,
// else by its first word, each against a short list. Only the first line counts, and only if it is short: a sentence
// that happens to begin with "Good" is no label. Most lines begin with a letter that no listed word has, and are done
// with that one look.
#include "manifest/labels.h"

#include <algorithm>
#include <iterator>

#include "text/ascii.h"
#include "text/byte_set.h"
#include "text/one_of.h"

namespace cascade::manifest {
namespace {

using letters::ByteSet;

constexpr ByteSet of_label_word("'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

constexpr ByteSet ends_brackets("):*_ \\>");  // the last byte of a line that may end in brackets

// Removes the line's text up to and including its first word and returns the word; empty when there is none.
std::string_view take_label_word(std::string_view& line) noexcept {
  const std::size_t begin = std::min(of_label_word.find_in(line), line.size());
  std::size_t end = begin;
  while (end < line.size() && of_label_word.has(line[end])) ++end;
  const std::string_view word = line.substr(begin, end - begin);
  line.remove_prefix(end);
  return word;
}

// "Agreement (Bad):" -> "Bad": the text in brackets at the end of a line; empty when there is none.
std::string_view word_in_brackets_behind(std::string_view line) noexcept {
  if (line.empty() || !ends_brackets.has(line.back())) return {};
  line = without_closing_marks(line);
  if (line.ends_with(':')) line = without_closing_marks(line.substr(0, line.size() - 1));
  if (!line.ends_with(')')) return {};
  const std::size_t open = line.rfind('(');
  if (open == std::string_view::npos) return {};
  return line.substr(open + 1, line.size() - open - 2);
}

constexpr std::string_view wrong_words[] = {"wrong",   "bad",    "incorrect",   "don't",      "dont",
                                            "avoid",   "before", "poor",        "never",      "anti",
                                            "invalid", "unsafe", "antipattern", "discouraged"};
constexpr std::string_view right_words[] = {"right",  "good",  "correct", "do",     "after", "instead",    "prefer",
                                            "better", "fixed", "valid",   "always", "safe",  "recommended"};
// Adds the first letters of some words in either case: most lines begin with another letter and need no closer look.
template <std::size_t N>
constexpr void add_beginnings(ByteSet& bytes, const std::string_view (&words)[N]) {
  for (const std::string_view word : words)
    for (const char c : {word.front(), letters::to_upper(word.front())}) bytes.add(c);
}
bool begins_in(const ByteSet& bytes, std::string_view word) noexcept {
  return !word.empty() && bytes.has(word.front());
}
constexpr ByteSet begins_label = [] {
  ByteSet out;
  add_beginnings(out, wrong_words);
  add_beginnings(out, right_words);
  return out;
}();
constexpr std::string_view wrong_signs[] = {"\xE2\x9D\x8C", "\xE2\x9C\x97", "\xE2\x9C\x98",    "\xF0\x9F\x9A\xAB",
                                            "\xE2\x9B\x94", "\xE2\x9C\x96", "\xF0\x9F\x91\x8E"};
constexpr std::string_view right_signs[] = {"\xE2\x9C\x85", "\xE2\x9C\x93", "\xE2\x9C\x94", "\xF0\x9F\x91\x8D"};
constexpr std::string_view warning_words[] = {"warning",   "caution", "danger", "important",
                                              "attention", "careful", "beware", "critical"};
constexpr ByteSet begins_warning = [] {
  ByteSet out;
  add_beginnings(out, warning_words);
  return out;
}();
// Signs, and the word in Chinese, Japanese, Korean and Russian.
constexpr std::string_view warning_signs[] = {"\xE2\x9A\xA0",
                                              "\xF0\x9F\x9A\xA8",
                                              "\xE2\x9A\xA1",
                                              "\xE8\xAD\xA6\xE5\x91\x8A",
                                              "\xE6\xB3\xA8\xE6\x84\x8F",
                                              "\xE5\x8D\xB1\xE9\x99\xBA",
                                              "\xE5\x8D\xB1\xE9\x99\xA9",
                                              "\xEA\xB2\xBD\xEA\xB3\xA0",
                                              "\xEC\xA3\xBC\xEC\x9D\x98",
                                              "\xD0\x92\xD0\xBD\xD0\xB8\xD0\xBC\xD0\xB0\xD0\xBD\xD0\xB8\xD0\xB5"};

constexpr ByteSet before_sign("*_#>/-<![ :");

// A label from its first sign on, after marks; empty when it begins with a word.
std::string_view sign_of(std::string_view label) noexcept {
  std::size_t at = 0;
  while (at < label.size() && before_sign.has(label[at])) ++at;
  return at < label.size() && static_cast<unsigned char>(label[at]) >= 0x80 ? label.substr(at) : std::string_view();
}

template <std::size_t N>
bool begins_with_one(std::string_view text, const std::string_view (&signs)[N]) noexcept {
  return std::any_of(std::begin(signs), std::end(signs), [&](std::string_view sign) { return text.starts_with(sign); });
}

}  // namespace

std::string_view without_closing_marks(std::string_view text) noexcept {
  for (bool cut = true; cut && !text.empty();) {
    cut = false;
    while (!text.empty() && (text.back() == '*' || text.back() == '_' || text.back() == ' ' || text.back() == '\\')) {
      text.remove_suffix(1);
      cut = true;
    }
    if (!text.ends_with('>')) continue;
    const std::size_t tag = text.rfind("</");
    if (tag == std::string_view::npos || text.find('>', tag) != text.size() - 1) continue;
    text.remove_suffix(text.size() - tag);
    cut = true;
  }
  return text;
}

Contrast contrast_of(std::string_view label) {
  if (const std::string_view sign = sign_of(label); !sign.empty()) {
    if (begins_with_one(sign, wrong_signs)) return Contrast::wrong;
    if (begins_with_one(sign, right_signs)) return Contrast::right;
  }
  constexpr std::size_t longest = 60;  // a label, not a sentence
  std::string_view line = label.substr(0, label.substr(0, longest + 1).find('\n'));
  if (line.size() > longest) return Contrast::none;
  if (const std::string_view bracketed = word_in_brackets_behind(line); begins_in(begins_label, bracketed)) {
    if (letters::is_one_of_lower(bracketed, wrong_words)) return Contrast::wrong;
    if (letters::is_one_of_lower(bracketed, right_words)) return Contrast::right;
  }
  const std::size_t begin = of_label_word.find_in(line);
  if (begin == std::string_view::npos || !begins_label.has(line[begin])) return Contrast::none;
  const std::string_view word = take_label_word(line);
  if (letters::is_one_of_lower(word, wrong_words)) return Contrast::wrong;
  if (letters::is_one_of_lower(word, right_words))
    return letters::equals_lower(take_label_word(line), "not") ? Contrast::wrong : Contrast::right;
  return Contrast::none;
}

bool is_warning_label(std::string_view label) {
  if (begins_with_one(sign_of(label), warning_signs)) return true;
  std::string_view line = label.substr(0, label.find('\n'));
  const std::string_view first = take_label_word(line);
  if (!begins_in(begins_warning, first) || !letters::is_one_of_lower(first, warning_words)) return false;
  // A label, not a sentence that begins with the word.
  const std::size_t word = label.find_first_not_of("*_#>/-<![ \t");
  const std::size_t end = word == std::string_view::npos ? label.size() : word + first.size();
  if (label.starts_with("!!!") || label.starts_with(":::")) return true;
  return end >= label.size() || label.find_first_of(":*_]!>-", end) < end + 3;
}

}  // namespace cascade::manifest
