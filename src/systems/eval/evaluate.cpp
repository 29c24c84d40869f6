// Asks the router each prompt and compares its first answers with those that were expected.
#include "eval/evaluate.h"

#include <algorithm>
#include <map>

#include "route/answer/prompt.h"
#include "route/tables.h"
#include "syntax/json.h"
#include "text/ascii.h"

namespace cascade::evaluation {
namespace {

constexpr std::size_t near_places = 5;

bool is_any(const ManifestView& manifest, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return is_called(manifest, name); });
}

// The share of a prompt's needs that the first five answer, in thousandths. A prompt with several needs has a group of
// names for each.
std::uint32_t found_in_five(const Registry& registry, const Prompt& prompt, const std::vector<ManifestId>& ranked) {
  std::vector<std::vector<std::string>> groups = prompt.groups;
  if (groups.empty()) groups.push_back(prompt.expect);
  std::size_t found = 0;
  for (const std::vector<std::string>& group : groups)
    for (std::size_t i = 0; i < ranked.size() && i < near_places; ++i)
      if (is_any(registry[ranked[i]], group)) {
        ++found;
        break;
      }
  return static_cast<std::uint32_t>(found * 1000 / groups.size());
}

// Right: silence if nothing was expected, otherwise an expected manifest in the first place.
Outcome outcome_of(const Registry& registry, const Prompt& prompt, const Routing& routing) {
  Outcome outcome;
  outcome.decision = routing.decision;
  for (const Match& match : routing.ranked) outcome.ranked.push_back(match.id);
  for (std::size_t i = 0; i < outcome.ranked.size() && outcome.place == 0; ++i)
    if (is_any(registry[outcome.ranked[i]], prompt.expect)) outcome.place = static_cast<std::uint32_t>(i + 1);
  const bool silent = routing.decision == Decision::silence || outcome.ranked.empty();
  if (prompt.expect.empty()) {
    outcome.right = silent;
  } else {
    outcome.in_five = found_in_five(registry, prompt, outcome.ranked);
    outcome.right = !silent && outcome.place == 1;
  }
  outcome.loaded_wrongly = routing.decision == Decision::load && !silent && outcome.place != 1;
  return outcome;
}

void add(Tally& tally, const Prompt& prompt, const Outcome& outcome) {
  const bool silent = outcome.decision == Decision::silence || outcome.ranked.empty();
  ++tally.prompts;
  tally.expecting += prompt.expect.empty() ? 0 : 1;
  tally.first += outcome.place == 1 ? 1 : 0;
  tally.decided += silent == prompt.expect.empty() ? 1 : 0;
  tally.right += outcome.right ? 1 : 0;
  tally.loaded_wrongly += outcome.loaded_wrongly ? 1 : 0;
  tally.in_five += outcome.in_five;
}

void find_unknown(const Registry& registry, Evaluation& evaluation) {
  for (const Prompt& prompt : evaluation.prompts)
    for (const std::string& name : prompt.expect) {
      bool known = false;
      for (std::uint32_t i = 0; i < registry.size() && !known; ++i) known = is_called(registry[ManifestId{i}], name);
      if (!known) evaluation.unknown.push_back({name, prompt.line});
    }
}

}  // namespace

bool is_called(const ManifestView& manifest, std::string_view name) {
  if (name == manifest.name || name == manifest.title) return true;
  const std::string_view kind = to_string(manifest.kind);
  if (name.size() <= kind.size() || name.substr(0, kind.size()) != kind || name[kind.size()] != ':') return false;
  name.remove_prefix(kind.size() + 1);
  return name == manifest.name || name == manifest.title;
}

Evaluation evaluate(const Registry& registry, const Router& router, std::vector<Prompt> prompts, const Query& like) {
  Evaluation evaluation;
  evaluation.prompts = std::move(prompts);
  for (const Prompt& prompt : evaluation.prompts) {
    Query query = like;
    query.text = prompt.text;
    query.limit = ranked_places;
    query.evidence = false;
    const Outcome outcome = outcome_of(registry, prompt, router.rank(query));
    auto kind = std::find_if(evaluation.kinds.begin(), evaluation.kinds.end(),
                             [&](const Tally& tally) { return tally.kind == prompt.kind; });
    if (kind == evaluation.kinds.end()) {
      evaluation.kinds.emplace_back().kind = prompt.kind;
      kind = evaluation.kinds.end() - 1;
    }
    add(*kind, prompt, outcome);
    add(evaluation.all, prompt, outcome);
    evaluation.outcomes.push_back(outcome);
  }
  find_unknown(registry, evaluation);
  return evaluation;
}

// Finds pairs of manifests that win each other's prompts. Each prompt whose first answer is wrong is assigned to the
// pair of the expected and the answered manifest. These prompts are then routed again with evidence: words that weigh
// more for the wrong manifest explain the confusion, and words of the prompt that the wrong manifest does not use would
// separate the two. Only confused prompts are routed again, since evidence is expensive to collect.
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

// Compares an evaluation with an earlier run.
namespace {

constexpr std::size_t largest = std::size_t{64} << 20;
constexpr std::uint32_t most_nodes = 4'000'000;

Error not_a_run(const std::string& path) {
  return Error{ErrorCode::malformed, "this is not a run of cascade eval", path, "write one with --save FILE"};
}

}  // namespace

Result<std::vector<Earlier>> read_earlier(std::string_view json, const std::string& path) {
  const syntax::Parsed parsed = syntax::parse_json(json, {largest, 32, most_nodes, 0});
  const syntax::Node* id = parsed.root.find("schema");
  const syntax::Node* prompts = parsed.root.find("prompts");
  if (!parsed.complete || id == nullptr || id->text != "cascade.eval/1" || prompts == nullptr ||
      prompts->kind != syntax::NodeKind::list)
    return not_a_run(path);
  std::vector<Earlier> earlier;
  for (const syntax::Node& prompt : prompts->items) {
    const syntax::Node* text = prompt.find("text");
    const syntax::Node* right = prompt.find("right");
    if (text == nullptr || right == nullptr) return not_a_run(path);
    earlier.push_back({text->text, right->text == "true"});
  }
  return earlier;
}

Changes compare(const Evaluation& now, const std::vector<Earlier>& before) {
  std::map<std::string_view, bool> was_right;
  for (const Earlier& prompt : before) was_right[prompt.text] = prompt.right;
  Changes changes;
  for (std::uint32_t i = 0; i < now.prompts.size(); ++i) {
    const auto then = was_right.find(now.prompts[i].text);
    if (then == was_right.end() || then->second == now.outcomes[i].right) continue;
    (then->second ? changes.worse : changes.better).push_back(i);
  }
  return changes;
}

}  // namespace cascade::evaluation
