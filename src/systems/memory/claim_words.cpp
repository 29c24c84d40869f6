// Words, numbers, paths and addresses of a sentence that claims something, in any language that has blanks; what says
// nothing is told by typed_words.tsv.
#include "memory/claim_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "route/words.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"

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

// A telephone number is one value, though blanks stand in it. Where it ends; `at`: there is none.
std::size_t end_of_number(std::string_view text, std::size_t at) {
  std::size_t end = at, stop = at + (text[at] == '+' ? 1 : 0);
  for (; stop < text.size() && (is_digit(text[stop]) || text[stop] == ' ' || text[stop] == '.'); ++stop)
    if (is_digit(text[stop])) end = stop + 1;
  return end >= at + 8 ? end : at;
}

}  // namespace

Texts tokens(std::string_view text) {
  Texts out;
  for (std::size_t at = 0; at < text.size();) {
    const bool starts = at == 0 || !is_part(text[at - 1]);
    if (starts && (is_digit(text[at]) || text[at] == '+'))
      if (const std::size_t end = end_of_number(text, at); end > at) {
        out.emplace_back(text.substr(at, end - at));
        at = end;
        continue;
      }
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
  while (!out.empty() && signs.substr(1).find(out.front()) != std::string_view::npos &&
         !is_part(out[std::min<std::size_t>(1, out.size() - 1)]))
    out.erase(0, 1);
  while (!out.empty() && std::string_view("(\"`*").find(out.front()) != std::string_view::npos) out.erase(0, 1);
  return out;
}

std::string padded_of(std::string_view text) {
  std::string out = " ";
  for (const std::string& word : split(text))
    if (const std::string plain = bare(word); !plain.empty()) out += plain + " ";
  return out;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool inside = i < text.size() && (letters::is_letter_or_digit(text[i]) || (text[i] & 0x80) != 0);
    if (inside) word += letters::to_lower(text[i]);
    if (inside || word.empty()) continue;
    words.push_back(std::move(word));
    word.clear();
  }
  letters::sort_once(words);
  return words;
}

}  // namespace cascade::memory
