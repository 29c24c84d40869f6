#include "registry/edit_distance.h"

#include <algorithm>
#include <vector>

namespace cascade::registry {
namespace {

char fold(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '_' || c == ' ' ? '-' : c;
}

}  // namespace

// Only cells within `limit` of the diagonal can stay within it; those beside that band count as too far.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  limit = std::min(limit, b.size());
  const std::size_t far = limit + 1;
  std::vector<std::size_t> before(b.size() + 2, far), last(b.size() + 2, far), now(b.size() + 2, far);
  for (std::size_t j = 0; j <= limit; ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t first = i > limit ? i - limit : 1, end = std::min(b.size(), i + limit);
    now[first - 1] = i > limit ? far : i;
    now[end + 1] = far;
    std::size_t least = now[first - 1];
    for (std::size_t j = first; j <= end; ++j) {
      const std::size_t change = fold(a[i - 1]) == fold(b[j - 1]) ? 0 : 1;
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) && fold(a[i - 2]) == fold(b[j - 1]))
        now[j] = std::min(now[j], before[j - 2] + 1);
      least = std::min(least, now[j]);
    }
    if (least > limit) return far;
    before.swap(last);
    last.swap(now);
  }
  return std::min(last[b.size()], far);
}

}  // namespace cascade::registry
