#include "cli/suggestion.h"

#include <algorithm>
#include <cstddef>

namespace cascade::cli {
namespace {

// Optimal string alignment over bytes: three rows of the table are enough.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest_word(std::string_view typed, const std::vector<std::string_view>& words) {
  constexpr std::size_t longest = 64;  // nobody mistypes more; keeps the table small
  if (typed.empty() || typed.size() > longest) return {};
  std::size_t least = std::max<std::size_t>(1, typed.size() / 3) + 1;
  std::string_view best;
  for (std::string_view word : words) {
    const bool completes = typed.size() >= 2 && word.substr(0, typed.size()) == typed;
    const std::size_t distance = completes ? 1 : edit_distance(typed, word);
    if (distance < least) {
      least = distance;
      best = word;
    }
  }
  return best;
}

}  // namespace cascade::cli
