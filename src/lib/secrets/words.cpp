#include "secrets/words.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/rows.h"

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

}  // namespace cascade::secrets
