// For names, equal letters decide before any distance: whoever writes "allowed_tools" means "allowed-tools", however
// many signs differ. Otherwise the nearest wins within a bound that grows with the word, so that a short word is not
// "corrected" to another short word.
#include "text/suggestion.h"

#include "text/ascii.h"
#include "text/edit_distance.h"

#include <algorithm>
#include <cstddef>

namespace cascade::letters {
namespace {

constexpr std::string_view question = "did you mean ";

std::string letters_of(std::string_view word) {
  std::string letters;
  for (const char c : word)
    if (c != '-' && c != '_' && c != ' ') letters += to_lower(c);
  return letters;
}

}  // namespace

std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& known) {
  const std::string letters = letters_of(name);
  for (const std::string_view candidate : known)
    if (letters_of(candidate) == letters) return candidate;
  std::size_t best = name.size() < 5 ? 2 : 3;
  std::string_view nearest;
  for (const std::string_view candidate : known) {
    const std::size_t distance = edit_distance_of_names(name, candidate, best - 1);
    if (distance >= best) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string_view nearest_word(std::string_view typed, const std::vector<std::string_view>& words) {
  constexpr std::size_t longest = 64;  // longer words are not typing mistakes
  if (typed.empty() || typed.size() > longest) return {};
  std::size_t least = std::max<std::size_t>(1, typed.size() / 3) + 1;
  std::string_view best;
  for (const std::string_view word : words) {
    const bool completes = typed.size() >= 2 && word.substr(0, typed.size()) == typed;
    const std::size_t distance = completes ? 1 : edit_distance(typed, word, least - 1);
    if (distance < least) {
      least = distance;
      best = word;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view what) {
  return what.empty() ? std::string() : std::string(question) + std::string(what) + "?";
}

bool is_suggestion(std::string_view text) noexcept { return text.starts_with(question); }

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& known) {
  return did_you_mean(nearest_name(name, known));
}

std::string listed(Span<std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

std::string listed(const std::vector<std::string>& words) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  return listed({views.data(), views.size()});
}

}  // namespace cascade::letters
