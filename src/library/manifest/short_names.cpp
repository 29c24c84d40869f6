// Looks up what names end in among the words, so that it takes as long as there are names.
#include "manifest/short_names.h"

#include "text/word_set.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace cascade::manifest {
namespace {

// What a word means: itself, one with a longer name, or nobody for certain.
struct Meaning {
  bool itself = false, several = false;
  std::string longer;  // empty: none
};

class ShortNames {
 public:
  void add(const std::string& word) { meanings_.try_emplace(word); }

  void consider(const Reference& reference) {
    const std::string_view name = reference.target.name;
    const std::size_t colon = name.rfind(':');
    const auto own = meanings_.find(name.substr(colon == std::string_view::npos ? 0 : colon + 1));
    if (own != meanings_.end()) own->second.itself = true;
    if (reference.kind_known && reference.target.kind != Kind::agent) return;
    for_each_end(name, [&](Meaning& meaning) {
      if (name == meaning.longer) return;
      meaning.several = meaning.several || !meaning.longer.empty();
      meaning.longer = name;
    });
  }
  // The text is the manifest's own, which names itself for others.
  void consider_own(std::string_view name) {
    for_each_end(name, [](Meaning& meaning) { meaning.several = true; });
  }

  const Meaning& of(const std::string& word) const { return meanings_.find(word)->second; }

 private:
  template <typename Do>
  void for_each_end(std::string_view name, Do act) {
    for (std::size_t at = name.find('-'); at != std::string_view::npos; at = name.find('-', at + 1))
      if (const auto found = meanings_.find(name.substr(at + 1)); found != meanings_.end()) act(found->second);
  }

  std::map<std::string, Meaning, std::less<>> meanings_;
};

}  // namespace

std::vector<std::size_t> words_by_place(const FoundReferences& found) {
  static constexpr auto leads = letters::word_set("orchestrator", "coordinator");  // mostly the conversation itself
  std::vector<std::size_t> words;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i].by_place && found[i].target.name.find('-') == std::string::npos && !leads.has(found[i].target.name))
      words.push_back(i);
  return words;
}

void resolve_short_names(const std::vector<std::size_t>& words, const Manifest& manifest,
                         std::vector<Reference>& found) {
  ShortNames names;
  for (const std::size_t i : words) names.add(found[i].target.name);
  names.consider_own(manifest.symbol.name);
  for (const Reference& reference : manifest.references) names.consider(reference);
  std::set<std::pair<std::uint32_t, std::string>> named;  // by line
  auto next = words.begin();
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (next != words.end() && *next == i) {
      ++next;
      continue;
    }
    names.consider(found[i]);
    named.emplace(found[i].at.line, found[i].target.name);
  }
  for (const std::size_t i : words) {
    Reference& reference = found[i];
    const Meaning& meaning = names.of(reference.target.name);
    if (meaning.itself || (!meaning.several && meaning.longer.empty())) continue;
    const bool certain = !meaning.several && named.emplace(reference.at.line, meaning.longer).second;
    reference.target.name = certain ? meaning.longer : std::string();
  }
  found.erase(std::remove_if(found.begin(), found.end(), [](const Reference& r) { return r.target.name.empty(); }),
              found.end());
}

}  // namespace cascade::manifest
