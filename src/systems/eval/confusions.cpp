// Finds pairs of manifests that win each other's prompts. Each prompt whose first answer is wrong is assigned to the
// pair of the expected and the answered manifest. These prompts are then routed again with evidence: words that weigh
// more for the wrong manifest explain the confusion, and words of the prompt that the wrong manifest does not use would
// separate the two. Only confused prompts are routed again, since evidence is expensive to collect.
#include "eval/confusions.h"

#include "route/answer/prompt.h"
#include "route/tables.h"
#include "text/ascii.h"

#include <algorithm>
#include <map>

namespace cascade::evaluation {
namespace {

constexpr std::size_t words_shown = 8;
constexpr std::size_t shortest_word = 3;

struct Weighed {
  std::uint64_t weight = 0;
  std::uint32_t prompts = 0;
};
using Words = std::map<std::string, Weighed>;

// Sorted by number of prompts, then weight, then text.
std::vector<std::string> heaviest(const Words& words) {
  std::vector<std::pair<std::string, Weighed>> sorted(words.begin(), words.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    if (a.second.prompts != b.second.prompts) return a.second.prompts > b.second.prompts;
    return a.second.weight > b.second.weight;
  });
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < sorted.size() && i < words_shown; ++i) texts.push_back(sorted[i].first);
  return texts;
}

void add(Words& words, const std::string& text, std::uint64_t weight) {
  Weighed& word = words[text];
  word.weight += weight;
  ++word.prompts;
}

std::map<std::string, std::uint32_t> evidence_for(const Routing& routing, ManifestId id) {
  std::map<std::string, std::uint32_t> weights;
  for (const Match& match : routing.ranked)
    if (match.id == id)
      for (const Evidence& evidence : match.evidence)
        if (!evidence.term.empty()) weights[evidence.term] += evidence.weight;
  return weights;
}

class Parting {
 public:
  Parting(const Router& router, ManifestId expected, ManifestId got)
      : router_(router), tables_(RouterTables::tables(router)), expected_(expected), got_(got) {}

  void read(const Query& query) {
    const Routing routing = router_.rank(query);
    const auto ours = evidence_for(routing, expected_);
    for (const auto& [term, weight] : evidence_for(routing, got_)) {
      const auto own = ours.find(term);
      const std::uint32_t less = own == ours.end() ? 0 : own->second;
      if (weight > less) add(because_of_, term, weight - less);
    }
    const route::Prompt prompt = route::read_prompt(tables_, query.text);
    for (const route::PromptWord& word : prompt.words) {
      const bool written = word.origin == route::Origin::written || word.origin == route::Origin::repaired;
      if (!written || word.number || word.length < shortest_word || word.word_class == route::WordClass::function)
        continue;
      const bool known = word.term != route::none;
      if (known && has(word.term, got_)) continue;
      add(would_part_, letters::to_lower(query.text.substr(word.offset, word.length)),
          known ? route::rarity_of(tables_.terms[word.term]) : 0);
    }
  }

  void tell(Stolen& stolen) const {
    stolen.because_of = heaviest(because_of_);
    stolen.would_part = heaviest(would_part_);
  }

 private:
  // Whether the manifest uses this word in its description of its purpose.
  bool has(std::uint32_t term, ManifestId id) const {
    for (const route::Posting& posting : tables_.read(tables_.postings, tables_.terms[term].postings))
      if (posting.strong > 0 && posting.entry() < tables_.entries.size &&
          tables_.entries[posting.entry()].manifest == static_cast<std::uint32_t>(id))
        return true;
    return false;
  }

  const Router& router_;
  const route::Tables& tables_;
  ManifestId expected_, got_;
  Words because_of_, would_part_;
};

// The expected manifest with the best rank, or else the first that exists.
std::optional<ManifestId> best_expected(const Registry& registry, const Prompt& prompt, const Outcome& outcome) {
  if (outcome.place > 0) return outcome.ranked[outcome.place - 1];
  for (const std::string& name : prompt.expect)
    for (std::uint32_t i = 0; i < registry.size(); ++i)
      if (is_called(registry[ManifestId{i}], name)) return ManifestId{i};
  return std::nullopt;
}

}  // namespace

std::vector<Confusion> find_confusions(const Registry& registry, const Router& router, const Evaluation& evaluation,
                                       const Query& like) {
  std::map<std::pair<ManifestId, ManifestId>, Confusion> pairs;
  for (std::uint32_t i = 0; i < evaluation.prompts.size(); ++i) {
    const Outcome& outcome = evaluation.outcomes[i];
    if (evaluation.prompts[i].expect.empty() || outcome.place == 1 || outcome.ranked.empty()) continue;
    const auto expected = best_expected(registry, evaluation.prompts[i], outcome);
    if (!expected) continue;
    const ManifestId got = outcome.ranked.front();
    Confusion& pair = pairs[std::minmax(*expected, got)];
    pair.one = std::min(*expected, got);
    pair.other = std::max(*expected, got);
    (pair.one == *expected ? pair.from_one : pair.from_other).prompts.push_back(i);
  }
  std::vector<Confusion> found;
  for (auto& [ids, pair] : pairs) {
    for (Stolen* stolen : {&pair.from_one, &pair.from_other}) {
      const bool one = stolen == &pair.from_one;
      Parting parting(router, one ? pair.one : pair.other, one ? pair.other : pair.one);
      for (const std::uint32_t i : stolen->prompts) {
        Query query = like;
        query.text = evaluation.prompts[i].text;
        query.limit = ranked_places;
        parting.read(query);
      }
      parting.tell(*stolen);
    }
    found.push_back(std::move(pair));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Confusion& a, const Confusion& b) { return a.count() > b.count(); });
  return found;
}

}  // namespace cascade::evaluation
