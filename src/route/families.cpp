#include "route/families.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

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

// What a name is about: behind the last "-use-" or "-orchestrate-" of a name that begins with "when-".
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
  std::string text;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    text += upper ? static_cast<char>(c + ('a' - 'A')) : c == ' ' || c == '_' ? '-' : c;
  }
  return text;
}

}  // namespace

std::vector<std::uint32_t> find_families(const Registry& registry, const std::vector<Source>& sources,
                                         const std::vector<CountedEntry>&) {
  Sets sets(sources.size());
  std::map<std::string, std::uint32_t> first;
  const auto same = [&](std::string key, std::uint32_t source) {
    const auto [found, added] = first.emplace(std::move(key), source);
    if (!added) sets.join(found->second, source);
  };
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const ManifestView view = registry[sources[i].id];
    same("name " + std::string(core_of(folded(view.title.empty() ? view.name : view.title))), i);
    if (sources[i].description.size() > 60) same("text " + sources[i].description, i);
  }
  std::vector<std::uint32_t> families(sources.size());
  for (std::uint32_t i = 0; i < sources.size(); ++i) families[i] = sets.find(i);
  return families;
}

}  // namespace cascade::route
