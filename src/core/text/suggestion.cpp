// For names, equal letters decide before any distance. Otherwise the nearest wins within a bound that grows with the
// word, so that a short word is not "corrected" to another short word.
#include "text/suggestion.h"

#include <algorithm>

namespace cascade::letters {
namespace {

constexpr std::string_view question = "did you mean ";

std::string letters_of(std::string_view word) {
  std::string letters;
  for (const char c : word)
    if (c != '-' && c != '_' && c != ' ') letters += to_lower(c);
  return letters;
}

constexpr char fold(char c) { return c == '_' || c == ' ' ? '-' : to_lower(c); }

// Optimal string alignment: only cells within `limit` of the diagonal can stay within it. `rows` has 3 * (b.size() + 2)
// cells. REQUIRES: a.size() <= b.size() <= a.size() + limit.
std::size_t fill(std::string_view a, std::string_view b, std::size_t limit, std::uint32_t* rows) {
  limit = std::min(limit, b.size());
  const std::size_t width = b.size() + 2;
  const auto far = static_cast<std::uint32_t>(limit + 1);
  std::uint32_t *before = rows, *last = rows + width, *now = last + width;
  std::fill(rows, rows + 3 * width, far);
  for (std::size_t j = 0; j <= limit; ++j) last[j] = static_cast<std::uint32_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t first = i > limit ? i - limit : 1, end = std::min(b.size(), i + limit);
    now[first - 1] = i > limit ? far : static_cast<std::uint32_t>(i);
    now[end + 1] = far;
    std::uint32_t least = now[first - 1];
    for (std::size_t j = first; j <= end; ++j) {
      const std::uint32_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
      least = std::min(least, now[j]);
    }
    if (least > limit) return far;
    std::uint32_t* const free = before;
    before = last;
    last = now;
    now = free;
  }
  return std::min(last[b.size()], far);
}

// The lower bits of a byte are enough: merging letters can only make fewer of them differ.
constexpr std::size_t letter_kinds = 32;
constexpr std::array<std::uint8_t, 256> make_kinds() {
  std::array<std::uint8_t, 256> kinds{};
  for (std::size_t byte = 0; byte < kinds.size(); ++byte)
    kinds[byte] = static_cast<unsigned char>(fold(static_cast<char>(byte))) % letter_kinds;
  return kinds;
}
constexpr std::array<std::uint8_t, 256> kind_of = make_kinds();
constexpr std::size_t longest_counted = 100;

std::string folded(std::string_view name) {
  std::string text(name);
  std::transform(text.begin(), text.end(), text.begin(), fold);
  return text;
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

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  constexpr std::size_t usual = 62;
  if (b.size() <= usual) {
    std::array<std::uint32_t, 3 * (usual + 2)> rows;  // NOLINT(cppcoreguidelines-pro-type-member-init): fill() sets it
    return fill(a, b, limit, rows.data());
  }
  std::vector<std::uint32_t> rows(3 * (b.size() + 2));
  return fill(a, b, limit, rows.data());
}

std::size_t edit_distance_of_names(std::string_view a, std::string_view b, std::size_t limit) {
  return NameDistance(a).to(b, limit);
}

NameDistance::NameDistance(std::string_view name) : name_(folded(name)) {
  if (name.size() > longest_counted) return;
  for (const char c : name) ++counts_[kind_of[static_cast<unsigned char>(c)]];
}

std::size_t NameDistance::to(std::string_view other, std::size_t limit) const {
  if (std::max(name_.size(), other.size()) - std::min(name_.size(), other.size()) > limit) return limit + 1;
  if (std::max(name_.size(), other.size()) <= longest_counted) {
    std::array<std::int8_t, letter_kinds> counts = counts_;
    for (const char c : other) --counts[kind_of[static_cast<unsigned char>(c)]];
    std::size_t differing = 0;
    for (const std::int8_t count : counts) differing += static_cast<std::size_t>(count < 0 ? -count : count);
    if (differing > 2 * limit) return limit + 1;
  }
  return edit_distance(name_, folded(other), limit);
}

}  // namespace cascade::letters
