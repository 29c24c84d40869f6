#include "listing/name_order.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::listing {
namespace {

// By rising weight (the root collation of Unicode; checked against 2.1.328 with 23 names).
constexpr std::string_view signs = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

int weight(char c) {
  const std::size_t sign = signs.find(c);
  if (sign != std::string_view::npos) return static_cast<int>(sign) + 1;
  constexpr int digits = 64, rest = 128;
  if (letters::is_digit(c)) return digits + (c - '0');
  return rest + static_cast<unsigned char>(letters::to_lower(c));
}

}  // namespace

int compare_names(std::string_view a, std::string_view b) noexcept {
  const std::size_t shorter = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < shorter; ++i)
    if (const int difference = weight(a[i]) - weight(b[i]); difference != 0) return difference;
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (std::size_t i = 0; i < shorter; ++i)
    if (a[i] != b[i]) return letters::is_lower(a[i]) ? -1 : 1;
  return 0;
}

}  // namespace cascade::listing
