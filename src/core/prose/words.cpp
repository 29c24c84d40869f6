// Looks a word up in the sorted rows.
#include "prose/words.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cascade::prose {
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
