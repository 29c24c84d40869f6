// A weighted sum over the fields that describe a manifest: name, title, declared triggers, description, headings.
#include <cascade/route.h>

#include <algorithm>
#include <map>

#include "route/terms.h"

namespace cascade {
namespace {

struct FieldWeight {
  std::string_view name;
  std::uint32_t weight;
};
constexpr FieldWeight fields[] = {{"name", 600}, {"triggers", 300}, {"description", 300}, {"headings", 60}};

struct Posting {
  std::uint32_t id = 0, weight = 0;
  std::uint8_t field = 0;  // the one that weighs most
};

// 1000 * log2(value), rounded down to multiples of 1000/8: enough to order words by rarity, and the same everywhere.
std::uint32_t log2_per_mille(std::uint64_t value) {
  std::uint32_t whole = 0;
  std::uint64_t scaled = std::max<std::uint64_t>(value, 1) << 16;
  while (scaled >= (std::uint64_t{2} << 16)) {
    scaled >>= 1;
    ++whole;
  }
  std::uint32_t eighths = 0;
  for (std::uint64_t step = scaled * 1000;
       eighths < 8 && step >= (std::uint64_t{1000} << 16) + (eighths + 1) * (std::uint64_t{1000} << 16) / 8;
       ++eighths) {
  }
  return whole * 1000 + eighths * 125;
}

constexpr std::uint32_t load_score = 4'000;  // about two rare words of the description, or the whole name

}  // namespace

struct Router::State {
  Registry registry;
  std::map<std::string, std::vector<Posting>> postings;  // by stem; postings by id
  std::uint64_t manifests = 0;

  explicit State(Registry given) : registry(std::move(given)) {}

  std::uint32_t rarity(std::size_t count) const {
    return log2_per_mille(1 + manifests / std::max<std::size_t>(count, 1));
  }
};

Router::Router(std::shared_ptr<const State> state) : state_(std::move(state)) {}

std::string_view to_string(Decision decision) noexcept {
  switch (decision) {
    case Decision::load: return "load";
    case Decision::offer: return "offer";
    case Decision::silence: return "silence";
  }
  return "silence";
}

namespace {

// Adds a field's words to the postings; a word counts once a field.
void add_field(std::map<std::string, std::vector<Posting>>& postings, const route::TermSplitter& splitter,
               std::uint32_t id, std::uint8_t field, std::string_view text) {
  std::vector<route::Term> terms = splitter.split(text);
  std::sort(terms.begin(), terms.end(), [](const route::Term& a, const route::Term& b) { return a.stem < b.stem; });
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i > 0 && terms[i].stem == terms[i - 1].stem) continue;
    std::vector<Posting>& list = postings[terms[i].stem];
    if (!list.empty() && list.back().id == id)
      list.back().weight += fields[field].weight;
    else
      list.push_back({id, fields[field].weight, field});
  }
}

}  // namespace

Result<Router> Router::build(const Registry& registry, const ReadSection&) {
  auto state = std::make_shared<State>(registry);
  const route::TermSplitter splitter;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const ManifestView view = registry[id];
    if (view.document || registry.shadowed_in_favour_of(id)) continue;
    ++state->manifests;
    add_field(state->postings, splitter, i, 0, std::string(view.name) + " " + std::string(view.title));
    for (const std::string_view key : {"metadata.cascade-triggers", "cascade-triggers", "triggers"})
      if (const auto triggers = registry.field(id, key)) add_field(state->postings, splitter, i, 1, *triggers);
    add_field(state->postings, splitter, i, 2, view.description);
    std::string headings;
    for (std::uint32_t section = 0; section < view.sections; ++section)
      headings.append(registry.section(id, section).heading).append(" ");
    add_field(state->postings, splitter, i, 3, headings);
  }
  return Router(std::move(state));
}

Routing Router::rank(const Query& query) const {
  const State& s = *state_;
  const route::TermSplitter splitter;
  std::vector<route::Term> terms = splitter.split(query.text);
  std::sort(terms.begin(), terms.end(), [](const route::Term& a, const route::Term& b) { return a.stem < b.stem; });
  std::vector<Match> matches(s.registry.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i > 0 && terms[i].stem == terms[i - 1].stem) continue;
    const auto found = s.postings.find(terms[i].stem);
    if (found == s.postings.end()) continue;
    const std::uint32_t rarity = s.rarity(found->second.size());
    for (const Posting& posting : found->second) {
      const std::uint32_t weight = posting.weight * rarity / 1000;
      matches[posting.id].score += weight;
      matches[posting.id].evidence.push_back({terms[i].word, std::string(fields[posting.field].name), weight});
    }
  }
  Routing routing;
  for (std::uint32_t id = 0; id < matches.size(); ++id) {
    if (matches[id].score == 0) continue;
    matches[id].id = ManifestId{id};
    const Kind kind = s.registry[matches[id].id].kind;
    if (!query.kinds.empty() && std::find(query.kinds.begin(), query.kinds.end(), kind) == query.kinds.end()) continue;
    if (query.kinds.empty() && kind == Kind::skill)
      matches[id].score += matches[id].score / 4;  // skills lead the cascade
    routing.ranked.push_back(std::move(matches[id]));
  }
  std::sort(routing.ranked.begin(), routing.ranked.end(),
            [](const Match& a, const Match& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
  const bool clear = routing.ranked.size() == 1 ||
                     (routing.ranked.size() > 1 && routing.ranked[0].score >= routing.ranked[1].score * 5 / 4);
  if (!routing.ranked.empty() && routing.ranked[0].score >= load_score)
    routing.decision = clear ? Decision::load : Decision::offer;
  if (routing.ranked.size() > query.limit) routing.ranked.resize(query.limit);
  return routing;
}

std::uint32_t Router::relevance(const Query& query, ManifestId id, std::uint32_t section) const {
  const route::TermSplitter splitter;
  const SectionView view = state_->registry.section(id, section);
  const std::vector<route::Term> words = splitter.split(view.path);
  std::uint64_t total = 0, met = 0;
  for (const route::Term& term : splitter.split(query.text)) {
    const auto found = state_->postings.find(term.stem);
    if (found == state_->postings.end()) continue;
    const std::uint32_t rarity = state_->rarity(found->second.size());
    total += rarity;
    for (const route::Term& word : words)
      if (word.stem == term.stem) {
        met += rarity;
        break;
      }
  }
  return total == 0 ? 500 : static_cast<std::uint32_t>(500 + 500 * met / total);
}

}  // namespace cascade
