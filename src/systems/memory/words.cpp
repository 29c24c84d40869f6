#include "memory/words.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::memory {

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
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace cascade::memory
