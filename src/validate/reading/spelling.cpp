#include "validate/reading/spelling.h"

#include "registry/edit_distance.h"
#include "text/ascii.h"

namespace cascade::validation {
namespace {

std::string letters_of(std::string_view word) {
  std::string letters;
  for (const char c : word)
    if (c != '-' && c != '_' && c != ' ') letters += letters::to_lower(c);
  return letters;
}

}  // namespace

std::string_view nearest_word(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string letters = letters_of(word);
  for (const std::string_view candidate : known)
    if (letters_of(candidate) == letters) return candidate;
  std::size_t best = word.size() < 4 ? 2 : 3;
  std::string_view nearest;
  for (const std::string_view candidate : known) {
    const std::size_t distance = registry::edit_distance(word, candidate, best - 1);
    if (distance >= best) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view nearest = nearest_word(word, known);
  return nearest.empty() ? std::string() : "did you mean " + std::string(nearest) + "?";
}

std::string listed(Span<std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

}  // namespace cascade::validation
