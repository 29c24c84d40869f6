// Asks the router each prompt and compares its first answers with those that were expected.
#include "eval/evaluate.h"

#include <algorithm>
#include <map>

#include "syntax/json.h"

namespace cascade::evaluation {
namespace {

constexpr std::size_t near_places = 5;

bool is_any(const ManifestView& manifest, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [&](const std::string& name) { return is_called(manifest, name); });
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

// Compares an evaluation with an earlier run.
constexpr std::size_t largest = std::size_t{64} << 20;
constexpr std::uint32_t most_nodes = 4'000'000;

Error not_a_run(const std::string& path) {
  return Error{ErrorCode::malformed, "this is not a run of cascade eval", path, "write one with --save FILE"};
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
    auto kind = std::ranges::find_if(evaluation.kinds, [&](const Tally& tally) { return tally.kind == prompt.kind; });
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

Result<std::vector<Earlier>> read_earlier(std::string_view json, const std::string& path) {
  const syntax::Parsed parsed = syntax::parse_json(json, {largest, 32, most_nodes, 0});
  const syntax::Node *id = parsed.root.find("schema"), *prompts = parsed.root.find("prompts");
  if (!parsed.complete || id == nullptr || id->text != "cascade.eval/1" || prompts == nullptr ||
      prompts->kind != syntax::NodeKind::list)
    return not_a_run(path);
  std::vector<Earlier> earlier;
  for (const syntax::Node& prompt : prompts->items) {
    const syntax::Node *text = prompt.find("text"), *right = prompt.find("right");
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
