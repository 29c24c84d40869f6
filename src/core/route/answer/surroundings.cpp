// Looks the name and the extension of each file up in a sorted table of languages and tools, finds the manifests that
// are about these, and raises their scores by a small share. The names only break near ties: they say where the work
// is, not what is asked for.
#include "route/answer/surroundings.h"

#include <algorithm>

#include "route/stems.h"

namespace cascade::route {
namespace {

void add_word(std::string_view name, std::vector<std::string_view>& words) {
  const auto signs = file_signs();
  const auto found = std::lower_bound(signs.begin(), signs.end(), name,
                                      [](const FileSign& sign, std::string_view value) { return sign.name < value; });
  if (found != signs.end() && found->name == name) words.push_back(found->word);
}

}  // namespace

std::vector<std::string_view> languages_of(const std::vector<std::string>& paths) {
  std::vector<std::string_view> words;
  for (const std::string_view path : paths) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    add_word(name, words);
    if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0)
      add_word(name.substr(dot), words);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

void favour(const Tables& tables, const Weights& weights, const std::vector<std::string>& paths,
            std::vector<Ranked>& order) {
  constexpr std::uint16_t about = 300;  // per mille, the word's impact in fields that say what the manifest is for
  if (paths.empty() || order.empty()) return;
  std::vector<std::uint8_t> favoured(tables.entries.size, 0);
  Stemmer stemmer;
  for (const std::string_view word : languages_of(paths)) {
    const std::uint32_t found = tables.find(stemmer.stem(word));
    if (found == none) continue;
    const std::uint32_t term = tables.meaning_of(found);
    for (const Posting& posting : tables.read(tables.postings, tables.terms[term].postings))
      if (posting.strong >= about && posting.entry() < favoured.size()) favoured[posting.entry()] = 1;
  }
  for (Ranked& ranked : order)
    if (favoured[ranked.entry] != 0)
      ranked.score += static_cast<std::uint32_t>(std::uint64_t{ranked.score} * weights.surroundings / 1000);
  std::sort(order.begin(), order.end(), is_better);
}

}  // namespace cascade::route
