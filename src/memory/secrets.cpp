// A secret is recognised by its issuer's mark, by its place, or by looking random, in this order: the exact ways come
// first, so that the kind can be named; entropy finds unknown kinds.
#include "memory/secrets.h"

#include <algorithm>

#include "memory/found_secret.h"

namespace cascade::memory {

Redacted without_secrets(std::string_view text) {
  std::vector<FoundSecret> found;
  find_marked_secrets(text, found);
  find_placed_secrets(text, found);
  find_chance_secrets(text, found);
  // The first finding keeps its kind; overlapping ones extend it.
  std::stable_sort(found.begin(), found.end(),
                   [](const FoundSecret& a, const FoundSecret& b) { return a.begin < b.begin; });
  Redacted result;
  std::size_t at = 0;
  for (std::size_t i = 0; i < found.size();) {
    std::size_t end = found[i].end, next = i + 1;
    while (next < found.size() && found[next].begin < end) end = std::max(end, found[next++].end);
    result.text.append(text.substr(at, found[i].begin - at));
    result.text.append("[secret removed: ").append(found[i].kind).append("]");
    result.kinds.emplace_back(found[i].kind);
    at = end;
    i = next;
  }
  result.text.append(text.substr(at));
  return result;
}

}  // namespace cascade::memory
