// A label is judged by its first sign (a cross, a check mark, a warning sign), else by the word in brackets behind it,
// else by its first word: rows of phrase_rows.tsv. Only the first line counts, and only if it is short: a sentence that
// happens to begin with "Good" is no label.
#include "manifest/labels.h"

#include "manifest/phrases.h"
#include "text/ascii.h"
#include "text/byte_set.h"

#include <algorithm>

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

constexpr ByteSet before_sign("*_#>/-<![ :");

// A label from its first sign on, after marks; empty when it begins with a word.
std::string_view sign_of(std::string_view label) noexcept {
  std::size_t at = 0;
  while (at < label.size() && before_sign.has(label[at])) ++at;
  return at < label.size() && static_cast<unsigned char>(label[at]) >= 0x80 ? label.substr(at) : std::string_view();
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
  const auto judge = [](std::string_view word) {
    return says(word, Says::wrong) ? Contrast::wrong : says(word, Says::right) ? Contrast::right : Contrast::none;
  };
  if (const std::string_view sign = sign_of(label); !sign.empty())
    if (const Contrast contrast = judge(sign); contrast != Contrast::none) return contrast;
  constexpr std::size_t longest = 60;  // a label, not a sentence
  std::string_view line = label.substr(0, label.substr(0, longest + 1).find('\n'));
  if (line.size() > longest) return Contrast::none;
  if (const Contrast contrast = judge(word_in_brackets_behind(line)); contrast != Contrast::none) return contrast;
  const Contrast contrast = judge(take_label_word(line));
  return contrast == Contrast::right && letters::equals_lower(take_label_word(line), "not") ? Contrast::wrong
                                                                                            : contrast;
}

bool is_warning_label(std::string_view label) {
  if (says(sign_of(label), Says::warning)) return true;
  std::string_view line = label.substr(0, label.find('\n'));
  const std::string_view first = take_label_word(line);
  if (!says(first, Says::warning)) return false;
  // A label, not a sentence that begins with the word.
  const std::size_t word = label.find_first_not_of("*_#>/-<![ \t");
  const std::size_t end = word == std::string_view::npos ? label.size() : word + first.size();
  if (label.starts_with("!!!") || label.starts_with(":::")) return true;
  return end >= label.size() || label.find_first_of(":*_]!>-", end) < end + 3;
}

}  // namespace cascade::manifest
