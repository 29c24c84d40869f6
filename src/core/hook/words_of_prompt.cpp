#include "hook/words_of_prompt.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::hook {
namespace {

constexpr std::size_t is_long_from = 2'048;

// Calls `see` with each run of letters and digits until it returns false; returns whether it never did.
template <typename See>
bool all_words(std::string_view text, const See& see) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && letters::is_letter_or_digit(text[end])) ++end;
    if (end > at && !see(text.substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

WordsOfPrompt::WordsOfPrompt(std::string_view text) : is_long_(text.size() >= is_long_from) {
  if (!is_long_) return;
  all_words(text, [&](std::string_view word) {
    words_.push_back(word);
    return true;
  });
  std::sort(words_.begin(), words_.end());
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
}

bool WordsOfPrompt::may_hold(std::string_view name) const {
  return !is_long_ ||
         all_words(name, [&](std::string_view word) { return std::binary_search(words_.begin(), words_.end(), word); });
}

}  // namespace cascade::hook
