// Words, numbers, paths and addresses of a sentence that claims something, in any language that has blanks; what says
// nothing is told by typed_words.tsv.
#include "memory/claims.h"

#include <algorithm>
#include <array>
#include <utility>

#include "route/words.h"
#include "text/ascii.h"
#include "text/letter_case.h"
#include "text/names.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::memory {

using letters::is_digit;

bool is_part(char c) noexcept { return letters::is_word(c) || (c & 0x80) != 0; }

Roles roles_of(std::string word) {
  if (std::any_of(word.begin(), word.end(), [](char c) { return (c & 0x80) != 0; }))
    word = std::string(letters::trim(route::folded(word).text));
  std::replace(word.begin(), word.end(), '\'', ' ');
  const WordRow* const row = word.empty() ? nullptr
                                          : letters::find_row(word_rows_from(static_cast<unsigned char>(word.front())),
                                                              &WordRow::word, std::string_view(word));
  return row == nullptr ? 0 : row->roles;
}

bool has(const std::string& padded, std::string_view phrase) {
  return padded.find(" " + std::string(phrase) + " ") != std::string::npos;
}

// Whether a row of this role stands in the text.
bool says(const std::string& padded, Roles role) {
  const auto rows = word_rows();
  std::string plain = padded;
  std::replace(plain.begin(), plain.end(), '\'', ' ');
  return std::any_of(rows.begin(), rows.end(),
                     [&](const WordRow& row) { return (row.roles & role) != 0 && has(plain, row.word); });
}

// A number, version, path or address: it stays whole.
bool is_measured(std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i)
    if (is_digit(word[i]) || std::string_view("/\\:@").find(word[i]) != std::string_view::npos ||
        (word[i] == '.' && i > 0 && i + 1 < word.size() && is_part(word[i - 1]) && is_part(word[i + 1])))
      return true;
  return false;
}

bool is_path(std::string_view word) {
  return word.find_first_of("/\\") != std::string_view::npos ||
         (is_measured(word) && word.find('.') != std::string_view::npos && !is_digit(word.front()));
}

bool is_day(const std::string& word) {
  std::string day = letters::to_lower(word);
  while (!day.empty() && day.back() == 's') day.pop_back();
  return (roles_of(day) & roles::day) != 0;
}

bool is_name(const std::string& word) { return word.size() > 1 && letters::is_upper(word.front()); }

std::string stem(std::string_view text) {
  std::string word = letters::to_lower(text);
  while (!word.empty() && std::string_view("'.-").find(word.back()) != std::string_view::npos) word.pop_back();
  if (is_measured(word)) return word.starts_with("./") ? word.substr(2) : word;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> ends = {
      {{"sses", "ss"}, {"ies", "y"}, {"ings", ""}, {"ing", ""}, {"edly", ""}, {"ed", ""}, {"es", ""}, {"s", ""}}};
  for (const auto& [end, put] : ends)
    if (word.ends_with(end) && word.size() >= end.size() + 3 && (end == "sses" || !word.ends_with("ss"))) {
      word.replace(word.size() - end.size(), end.size(), put);
      break;
    }
  const std::size_t size = word.size();
  if (size > 3 && word[size - 1] == word[size - 2] &&
      std::string_view("lse").find(word.back()) == std::string_view::npos)
    word.pop_back();
  if (word.size() > 4 && word.back() == 'e') word.pop_back();
  return word;
}

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

Texts tokens(std::string_view text) {
  Texts out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() &&
           (is_part(text[end]) || std::string_view("@./\\*:#'+-").find(text[end]) != std::string_view::npos))
      ++end;
    std::string_view token = text.substr(at, end - at);
    at = std::max(end, at + 1);
    while (!token.empty() && std::string_view(".:'-*+").find(token.back()) != std::string_view::npos &&
           !token.ends_with("/*"))
      token.remove_suffix(1);
    while (!token.empty() && std::string_view(":'*").find(token.front()) != std::string_view::npos)
      token.remove_prefix(1);
    if (!token.empty() && std::any_of(token.begin(), token.end(), is_part)) out.emplace_back(token);
  }
  return out;
}

Texts content(std::string_view text) {
  Texts out;
  for (const std::string& token : tokens(text)) {
    if ((roles_of(letters::to_lower(token)) & roles::stop) != 0) continue;
    if (is_measured(token)) {
      out.push_back(stem(token));
      continue;
    }
    for (std::size_t begin = 0; begin <= token.size();) {
      const std::size_t end = std::min(token.find('-', begin), token.size());
      const std::string part = token.substr(begin, end - begin);
      if (!part.empty() && (roles_of(letters::to_lower(part)) & roles::stop) == 0) out.push_back(stem(part));
      begin = end + 1;
    }
  }
  return out;
}

Texts split(std::string_view text) {
  Texts words;
  letters::each_word(text, [&](std::string_view word) { words.emplace_back(word); });
  return words;
}

std::string joined(const Texts& words, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < std::min(end, words.size()); ++i) out += (out.empty() ? "" : " ") + words[i];
  return out;
}

std::string bare(std::string_view word) {
  std::string out = letters::to_lower(word);
  constexpr std::string_view signs = ",.;:!?()\"`*";
  while (!out.empty() && signs.find(out.back()) != std::string_view::npos) out.pop_back();
  while (!out.empty() && std::string_view("(\"`*").find(out.front()) != std::string_view::npos) out.erase(0, 1);
  return out;
}

std::string padded_of(std::string_view text) {
  std::string out = " ";
  for (const std::string& word : split(text))
    if (const std::string plain = bare(word); !plain.empty()) out += plain + " ";
  return out;
}

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
