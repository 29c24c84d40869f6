#include "secrets/words.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/names.h"

namespace cascade::secrets {

bool is_word(std::string_view lower, Roles role) noexcept {
  const Word* found = letters::find_row(words(), &Word::text, lower);
  return found != nullptr && (found->roles & role) != 0;
}

std::size_t word_at(std::string_view lower, Roles role) noexcept {
  std::size_t longest = 0;
  each_word_of(role, [&](const Word& word) {
    if (word.text.size() > longest && lower.substr(0, word.text.size()) == word.text) longest = word.text.size();
  });
  return longest;
}

bool holds_word(std::string_view text, Roles role) noexcept {
  const auto same = [](char a, char b) { return letters::to_lower(a) == b; };
  bool held = false;
  each_word_of(role, [&](const Word& word) {
    held = held || std::search(text.begin(), text.end(), word.text.begin(), word.text.end(), same) != text.end();
  });
  return held;
}

bool belongs(char c, Letters letters) noexcept {
  switch (letters) {
    case Letters::alphanumeric: return letters::is_letter_or_digit(c);
    case Letters::upper: return letters::is_upper(c) || letters::is_digit(c);
    case Letters::hex: return letters::hex_value(c) >= 0;
    case Letters::digits: return letters::is_digit(c);
    case Letters::token: return letters::is_name(c);
    case Letters::tilde: return letters::is_name(c) || c == '.' || c == '~';
    case Letters::web: return letters::is_name(c) || c == '.' || c == '=';
    case Letters::dotted: return belongs(c, Letters::tilde) || c == '+' || c == '/' || c == '=';
    case Letters::address: return belongs(c, Letters::dotted) || c == ':' || c == '@';
    case Letters::printable: return c > ' ' && c < 0x7f && c != '"' && c != '\'' && c != '`';
    case Letters::block: return true;
  }
  return false;
}

std::size_t run_end(std::string_view text, std::size_t at, Letters letters) noexcept {
  const std::size_t begin = at;
  while (at < text.size() && belongs(text[at], letters)) ++at;
  while (at > begin && text[at - 1] == '.') --at;
  return at;
}

}  // namespace cascade::secrets
