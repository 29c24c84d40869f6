#include "route/needs/unite.h"

#include <algorithm>

namespace cascade::route {
namespace {

constexpr std::size_t most_loaded = 3, most_offered = 4;

class Union {
 public:
  Union(const Router::State& state, const Query& query) : state_(state), query_(query) {}

  void add(const AnsweredNeed& one) {
    const Answer& answer = *one.answer;
    Need need{one.need.part.begin,
              one.need.part.end,
              one.need.core.begin,
              one.need.core.end,
              std::string(to_string(one.need.sign)),
              decision_of(answer),
              {}};
    const bool loads = need.decision == Decision::load;
    std::vector<Ranked> taken = loads ? loads_of(answer) : answer.order;
    taken.resize(loads ? taken.size() : need.decision == Decision::offer ? offered_of(state_.tables, answer.order) : 0);
    for (const Ranked& ranked : taken) {
      need.matches.push_back(match_of(state_, query_, answer, ranked));
      const std::int64_t beyond = answer.scorer.is_called(ranked.entry)
                                      ? RoutingReport::never
                                      : std::int64_t{points(answer.signals)} - answer.marks.load;
      if (loads) loads_.push_back({beyond, need.matches.back()});
    }
    if (need.decision < routing_.decision) routing_.decision = need.decision;
    note_names(answer);
    routing_.needs.push_back(std::move(need));
  }

  Routing take() {
    std::stable_sort(loads_.begin(), loads_.end(), [](const Load& a, const Load& b) { return a.beyond > b.beyond; });
    for (Load& load : loads_) say(std::move(load.match), routing_.loaded, most_loaded);
    for (std::size_t place = 0; place < most_offered; ++place)
      for (const Need& need : routing_.needs)
        if (need.decision == Decision::offer && place < need.matches.size())
          say(need.matches[place], routing_.offered, most_offered);
    std::sort(routing_.refused.begin(), routing_.refused.end());
    routing_.refused.erase(std::unique(routing_.refused.begin(), routing_.refused.end()), routing_.refused.end());
    if (routing_.needs.size() == 1) routing_.needs.clear();
    return std::move(routing_);
  }

 private:
  struct Load {
    std::int64_t beyond;  // the mark, in points
    Match match;
  };

  ManifestView manifest_of(std::uint32_t entry) const {
    return state_.registry[ManifestId{state_.tables.entries[entry].manifest}];
  }

  Decision decision_of(const Answer& answer) const {
    if (query_.active.empty() || answer.order.empty() || answer.signals.called != 0) return answer.decision;
    const ManifestView best = manifest_of(answer.order.front().entry);
    const bool active = std::any_of(query_.active.begin(), query_.active.end(), [&](const Symbol& symbol) {
      return symbol.kind == best.kind && symbol.name == best.name;
    });
    return active ? Decision::silence : answer.decision;
  }

  // The best one, or all that are called, in the order of the text: of several with one name the best.
  std::vector<Ranked> loads_of(const Answer& answer) const {
    std::vector<Ranked> called;
    for (const Ranked& ranked : answer.order) {
      if (!answer.scorer.is_called(ranked.entry)) break;  // they come first
      const std::string_view name = manifest_of(ranked.entry).name;
      if (std::none_of(called.begin(), called.end(),
                       [&](const Ranked& one) { return manifest_of(one.entry).name == name; }))
        called.push_back(ranked);
    }
    if (called.empty()) return {answer.order.front()};
    const auto place = [&](const Ranked& ranked) {
      const std::vector<Call>& calls = answer.prompt.mentions.called;
      return std::find_if(calls.begin(), calls.end(), [&](const Call& call) { return call.entry == ranked.entry; });
    };
    std::stable_sort(called.begin(), called.end(),
                     [&](const Ranked& a, const Ranked& b) { return place(a) < place(b); });
    return called;
  }

  void note_names(const Answer& answer) {
    for (const Call& call : answer.prompt.mentions.called)
      routing_.called.push_back(ManifestId{state_.tables.entries[call.entry].manifest});
    for (const std::uint32_t entry : answer.prompt.mentions.refused)
      routing_.refused.push_back(ManifestId{state_.tables.entries[entry].manifest});
  }

  void say(Match match, std::vector<Match>& where, std::size_t most) {
    for (const std::vector<Match>* known : {&routing_.loaded, &routing_.offered, &routing_.left_out})
      for (const Match& one : *known)
        if (one.id == match.id) return;
    (where.size() < most ? where : routing_.left_out).push_back(std::move(match));
  }

  const Router::State& state_;
  const Query& query_;
  Routing routing_;
  std::vector<Load> loads_;
};

}  // namespace

Match match_of(const Router::State& state, const Query& query, const Answer& answer, const Ranked& ranked) {
  Match match;
  match.id = ManifestId{state.tables.entries[ranked.entry].manifest};
  match.score = ranked.score;
  if (query.evidence) match.evidence = answer.scorer.evidence(ranked.entry);
  return match;
}

Routing unite(const Router::State& state, const Query& query, const std::vector<AnsweredNeed>& answered) {
  Union all(state, query);
  for (const AnsweredNeed& one : answered) all.add(one);
  return all.take();
}

}  // namespace cascade::route
