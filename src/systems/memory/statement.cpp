#include "memory/statement.h"

#include <algorithm>
#include <string>

#include "text/ascii.h"
#include "text/letter_case.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::memory {
namespace {

constexpr std::size_t longest_row = 5, most_words = 120, most_sentences = 100;

constexpr char32_t small_letter(char32_t c) {
  if (c < 0x80) return static_cast<unsigned char>(letters::to_lower(static_cast<char>(c)));
  const bool is_latin = c >= 0xC0 && c <= 0xDE && c != 0xD7, is_greek = c >= 0x391 && c <= 0x3A9;
  return is_latin || is_greek ? c + 0x20 : letters::small_cyrillic(c);
}

constexpr bool is_mark(char32_t c) {  // "." "!" ";" "," ":" and the stop of Chinese and Japanese
  return c == '.' || c == '!' || c == ';' || c == ',' || c == ':' || c == 0x3002 || c == 0xFF01;
}

// Its characters in small letters, with one blank for white space, up to the mark at the end.
std::u32string plain_sentence(std::string_view text) {
  std::u32string plain;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    const bool is_white = letters::is_white(decoded.code_point);
    if (!is_white)
      plain += small_letter(decoded.code_point);
    else if (!plain.empty() && plain.back() != ' ')
      plain += ' ';
    at += decoded.length;
  }
  while (!plain.empty() && (plain.back() == ' ' || is_mark(plain.back()))) plain.pop_back();
  return plain;
}

}  // namespace

bool same_sentence(std::string_view a, std::string_view b) { return plain_sentence(a) == plain_sentence(b); }

Statement::Statement(std::string_view text) : text_(text), folded_(route::folded(text)) {
  const std::string_view all = folded_.text;
  for (std::size_t at = 1; at < all.size() && begins_.size() < most_words;) {
    const std::size_t end = std::min(all.find(' ', at), all.size());
    if (end > at) {
      begins_.push_back(at);
      ends_.push_back(end);
    }
    at = end + 1;
  }
}

std::string_view Statement::part(std::size_t begin, std::size_t end) const {
  const std::size_t from = std::min(offset(begin), text_.size());
  return text_.substr(from, std::max(offset(end), from) - from);
}

std::string_view Statement::word(std::size_t at) const {
  if (at >= size()) return {};
  return std::string_view(folded_.text).substr(begins_[at], ends_[at] - begins_[at]);
}

Row Statement::row_at(std::size_t word, Roles wanted) const {
  for (std::size_t size = std::min(longest_row, this->size() - std::min(word, this->size())); size > 0; --size) {
    const std::string_view words =
        std::string_view(folded_.text).substr(begins_[word], ends_[word + size - 1] - begins_[word]);
    const WordRow* const row =
        letters::find_row(word_rows_from(static_cast<unsigned char>(words.front())), &WordRow::word, words);
    if (row != nullptr && (row->roles & wanted) != 0) return {size};
  }
  return {};
}

std::vector<std::string_view> sentences_of(std::string_view said) {
  std::vector<std::string_view> sentences;
  for (std::size_t at = 0; at < said.size() && sentences.size() < most_sentences;) {
    std::size_t end = at;
    while (
        end < said.size() && said[end] != '\n' &&
        !((said[end] == '.' || said[end] == '!' || said[end] == '?') && end + 1 < said.size() && said[end + 1] == ' '))
      ++end;
    if (const auto one = letters::trim(said.substr(at, std::min(end + 1, said.size()) - at)); !one.empty())
      sentences.push_back(one);
    at = end + 1;
  }
  return sentences;
}

}  // namespace cascade::memory
