// Sorts the sources by the hash of their name's subject, then by that of their description, and joins equal neighbours
// in a union-find, so that families found by name and by description grow together. The smallest source stands for a
// family, which keeps the result independent of the order of the joins.
#include "route/build/families.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "hash/content_hash.h"
#include "text/ascii.h"

namespace cascade::route {
namespace {

class Sets {
 public:
  explicit Sets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }
  std::uint32_t find(std::uint32_t a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return a;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// The subject of a name: in a name that begins with "when-", the part after the last "-use-" and such marks.
std::string_view core_of(std::string_view name) {
  if (name.substr(0, 5) != "when-") return name;
  for (const std::string_view mark : {"-use-", "-orchestrate-", "-activate-"}) {
    const std::size_t at = name.rfind(mark);
    if (at != std::string_view::npos) return name.substr(at + mark.size());
  }
  return name;
}

// "AgentDB Vector Search" and "agentdb-vector-search" are one name.
std::string folded(std::string_view name) {
  std::string text(name);
  for (char& c : text) c = c == ' ' || c == '_' ? '-' : letters::to_lower(c);
  return text;
}

}  // namespace

std::vector<std::uint32_t> find_families(const Registry& registry, const std::vector<ManifestId>& sources,
                                         const Notes& notes) {
  using Key = std::pair<std::uint64_t, std::uint32_t>;  // the hash that a family shares, and a source
  std::vector<Key> names, descriptions;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const ManifestView view = registry[sources[i]];
    names.emplace_back(hash::hash64(core_of(folded(view.title.empty() ? view.name : view.title))), i);
    if (const std::uint64_t description = notes.sources[i].family; description != 0)
      descriptions.emplace_back(description, i);
  }
  Sets sets(sources.size());
  for (std::vector<Key>* const keys : {&names, &descriptions}) {
    std::sort(keys->begin(), keys->end());
    for (std::size_t i = 1; i < keys->size(); ++i)
      if ((*keys)[i].first == (*keys)[i - 1].first) sets.join((*keys)[i - 1].second, (*keys)[i].second);
  }
  std::vector<std::uint32_t> families(sources.size());
  for (std::uint32_t i = 0; i < sources.size(); ++i) families[i] = sets.find(i);
  return families;
}

}  // namespace cascade::route
