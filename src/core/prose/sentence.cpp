// Cuts a stretch of text into words at the bytes that belong to none, which are looked for sixteen at a time. Past 40
// words the first ones fall out, because those next to the name decide.
#include "prose/sentence.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "text/ascii.h"
#include "text/byte_block.h"

namespace cascade::prose {
namespace {

// The bytes in lower case that are in no word, and dots. A slash, colon or dot inside keeps a path or a qualified name
// one word.
constexpr auto may_end_words = [](const char* from) noexcept {
  const letters::ByteBlock at = letters::load_block(from);
  static_assert('-' + 1 == '.' && '.' + 1 == '/' && '/' + 1 == '0' && '9' + 1 == ':');
  const letters::ByteBlock inside = letters::are_lower(at) | ((at >= '-') & (at <= ':')) | (at == '_') | (at == '\'') |
                                    (at < 0);  // below 0: not ASCII
  return ~inside | (at == '.');
};

bool is_last(std::string_view text, std::size_t at) {
  return at + 1 >= text.size() || letters::is_space(text[at + 1]) || text.substr(at + 1, 2) == "**";
}

}  // namespace

SentenceWords::SentenceWords(std::string_view text) {
  text = text.substr(0, letters_.size());
  size_ = text.size();
  std::transform(text.begin(), text.end(), letters_.begin(), [](char c) { return letters::to_lower(c); });
  const std::string_view lower(letters_.data(), text.size());
  std::size_t begin = 0;
  letters::for_each_where(lower, may_end_words, [&](std::size_t i) {
    const char c = lower[i];
    if (c == '.' && !is_last(lower, i)) return;
    add(begin, i - begin);
    const bool ends_sentence = c == '.' || ((c == '!' || c == '?') && is_last(lower, i));
    if (ends_sentence || c == ';' || c == '|' || c == ',') add(i, 1);
    begin = i + 1;
  });
  add(begin, lower.size() - begin);
}

bool SentenceWords::is_label(std::size_t i) const noexcept {
  std::size_t end = std::size_t{words_[i].begin} + words_[i].length;
  while (end < letters_.size() && letters_[end] == '*') ++end;
  return end < letters_.size() && letters_[end] == ':';
}

bool SentenceWords::is_set_off(std::size_t i) const noexcept {
  const std::size_t begin = words_[i].begin, end = begin + words_[i].length;
  const auto is_mark = [](char c) { return c == '`' || c == '*'; };
  return begin > 0 && end < letters_.size() && is_mark(letters_[begin - 1]) && is_mark(letters_[end]);
}

bool SentenceWords::is_in_brackets(std::size_t first, std::size_t last) const noexcept {
  const std::size_t begin = words_[first].begin, end = words_[last].begin;
  const std::string_view between(letters_.data() + begin, end - begin);
  const std::size_t open = between.rfind('(');
  return open != std::string_view::npos && open + 1 < between.size() &&
         between.find(')', open) == std::string_view::npos;
}

bool SentenceWords::opens_bracket(std::size_t i) const noexcept {
  for (std::size_t at = words_[i].begin; at > 0 && !letters::is_letter(letters_[at - 1]); --at)
    if (letters_[at - 1] == ')' || (letters_[at - 1] == '(' && (at == 1 || !letters::is_word(letters_[at - 2]))))
      return true;
  return false;
}

bool SentenceWords::is_in_call() const noexcept {
  const std::string_view text(letters_.data(), size_);
  const std::size_t open = text.find_last_of("()");
  return open != std::string_view::npos && open > 0 && text[open] == '(' && letters::is_word(text[open - 1]);
}

bool SentenceWords::closes_with_bracket() const noexcept {
  if (count_ == 0) return false;
  const std::size_t end = std::size_t{words_[count_ - 1].begin} + words_[count_ - 1].length;
  return std::string_view(letters_.data() + end, size_ - end).find_first_of("()") != std::string_view::npos;
}

bool SentenceWords::is_bracket_open() const noexcept {
  if (count_ == 0) return false;
  std::size_t at = std::size_t{words_[count_ - 1].begin} + words_[count_ - 1].length;
  while (at < letters_.size() && letters_[at] == ' ') ++at;
  return at < letters_.size() && letters_[at] == '(';
}

void SentenceWords::keep_last_sentence() noexcept {
  for (std::size_t i = count_; i-- > 0;) {
    const std::string_view word = (*this)[i];
    if (word != "." && word != "!" && word != "?") continue;
    std::copy(words_.begin() + static_cast<std::ptrdiff_t>(i) + 1, words_.begin() + static_cast<std::ptrdiff_t>(count_),
              words_.begin());
    std::copy(roles_.begin() + static_cast<std::ptrdiff_t>(i) + 1, roles_.begin() + static_cast<std::ptrdiff_t>(count_),
              roles_.begin());
    count_ -= i + 1;
    return;
  }
}

void SentenceWords::add(std::size_t begin, std::size_t length) noexcept {
  while (length > 1 && (letters_[begin + length - 1] == ':' || letters_[begin + length - 1] == '.')) --length;
  if (length == 0) return;
  if (count_ == words_.size()) {
    std::copy(words_.begin() + 1, words_.end(), words_.begin());
    std::copy(roles_.begin() + 1, roles_.end(), roles_.begin());
    --count_;
  }
  roles_[count_] = roles_of({letters_.data() + begin, length});
  words_[count_++] = {static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(length)};
}

// Looks a word up in the sorted rows.
namespace {

constexpr std::size_t longest = 32;

}  // namespace

Roles roles_of(std::string_view word) noexcept {
  if (word.starts_with("re-")) word.remove_prefix(3);
  if (word.empty() || word.size() > longest) return 0;
  for (const WordRow& row : word_rows_from(static_cast<unsigned char>(word.front())))
    if (row.word.size() == word.size() && row.word.back() == word.back() && row.word == word) return row.roles;
  return 0;
}

Roles roles_in_any_case(std::string_view word) noexcept {
  if (word.size() > longest) return 0;
  std::array<char, longest> small{};
  std::transform(word.begin(), word.end(), small.begin(), [](char c) { return letters::to_lower(c); });
  return roles_of({small.data(), word.size()});
}

bool is_refusing_pair(std::string_view verb, std::string_view behind) noexcept {
  std::array<char, longest> joined;
  if (verb.size() + 1 + behind.size() > joined.size()) return false;
  char* at = std::copy(verb.begin(), verb.end(), joined.begin());
  *at++ = '~';
  at = std::copy(behind.begin(), behind.end(), at);
  return (roles_of({joined.data(), static_cast<std::size_t>(at - joined.data())}) & roles::pair) != 0;
}

}  // namespace cascade::prose
