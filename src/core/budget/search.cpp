// Branch and bound. Each step bounds one node of the search tree (node.h) and then branches: it goes on with the
// chosen node in, and keeps "out" as an open way with its bound and prices. When a node closes, the open way with the
// greatest bound is next, so the reported bound falls as fast as possible; going straight down first finds answers
// early. A place in the tree stores only its own decisions, and going to one replays them from the root: that takes
// less memory than copies of states, and most steps go down, where nothing is replayed. Work is limited in nodes,
// never in time, so that every machine stops at the same answer.
#include "budget/node.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace cascade::budget {
namespace {

constexpr std::uint32_t first_passes = 16, passes = 8;
// If a search is still far off after this many nodes, it rebuilds its answer; until the last of them it ignores its
// limit. Small problems are proven by then, and large ones cost little compared with their first bound.
constexpr std::array<std::uint64_t, 2> far_off_nodes{500, 2'000};
constexpr std::size_t many_open = 20'000;  // above this the newest open way comes first, to save memory

class Search {
 public:
  Search(Root root, Incumbent& incumbent, const SearchLimits& limits)
      : incumbent_(incumbent),
        limits_(limits),
        root_bound_(root.bound),
        ceiling_(root.ceiling),
        node_(std::move(root), incumbent, limits.gap_ppm) {}

  SearchResult run() {
    Node::Verdict verdict = node_.start();
    start_mark_ = here_mark_ = node_.state().mark();
    if (verdict == Node::Verdict::open) verdict = node_.bound(first_passes);
    while (verdict == Node::Verdict::open || !open_.empty()) {
      if (open_.size() <= many_open) incumbent_.settle(upper(verdict));
      if (incumbent_.effort().is_over()) return stopped(verdict);
      if (series_ < far_off_nodes.size() && node_.spent() >= far_off_nodes[series_]) build_up_again(verdict);
      if (node_.spent() >= limits_.nodes && !goes_on(verdict)) return stopped(verdict);
      if (node_.spent() >= limits_.tie_nodes && only_ties_are_left(verdict)) return stopped(verdict);
      verdict = verdict == Node::Verdict::open ? descend() : resume();
    }
    return {near_enough(), node_.spent(), true};
  }

 private:
  using Prices = std::shared_ptr<const Multipliers>;
  // A place in the search tree: the decisions between the place above and this one.
  struct Place {
    std::uint32_t above;
    std::vector<std::pair<std::uint32_t, Status>> decided;
  };
  // The other way at a place: leave `node` out.
  struct Open {
    std::int64_t bound;
    std::uint64_t order;  // by creation
    std::uint32_t place, node;
    Prices prices;
  };
  static bool less_urgent(const Open& a, const Open& b) {
    return a.bound != b.bound ? a.bound < b.bound : a.order < b.order;
  }

  // The bound of everything that is left. REQUIRES: at most many_open ways are open.
  std::int64_t upper(Node::Verdict here) const {
    const std::int64_t open = open_.empty() ? 0 : open_.front().bound;
    return std::max(open, here == Node::Verdict::open ? node_.upper() : 0);
  }

  bool only_ties_are_left(Node::Verdict here) const {
    return incumbent_.exists() && open_.size() <= many_open && upper(here) <= incumbent_.value();
  }

  // True: goes on beyond the limit, to the last of far_off_nodes, if much may be missing. Not with a limit of 0 nodes.
  bool goes_on(Node::Verdict here) const {
    return limits_.nodes > 0 && series_ < far_off_nodes.size() && is_far_off(incumbent_, upper(here));
  }

  void build_up_again(Node::Verdict here) {
    if (limits_.nodes > 0 && is_far_off(incumbent_, upper(here))) node_.build_up_again(upper(here), series_);
    ++series_;
  }

  std::int64_t near_enough() const { return settled_bound(incumbent_, limits_.gap_ppm, ceiling_); }

  SearchResult stopped(Node::Verdict here) const {
    std::int64_t bound = here == Node::Verdict::open ? node_.upper() : 0;
    for (const Open& open : open_) bound = std::max(bound, open.bound);
    return {std::max(std::min(bound, root_bound_), near_enough()), node_.spent(), false};
  }

  // Branches: goes on with the node in and keeps the other way for later.
  Node::Verdict descend() {
    State& state = node_.state();
    const std::uint32_t branch = node_.choose();
    dive_now_and_then();
    Place place{here_, {}};
    for (std::size_t i = here_mark_; i < state.trail().size(); ++i)
      place.decided.emplace_back(state.trail()[i], state[state.trail()[i]]);
    here_ = static_cast<std::uint32_t>(places_.size());
    here_mark_ = state.mark();
    places_.push_back(std::move(place));
    open_.push_back({node_.upper(), created_++, here_, branch, std::make_shared<const Multipliers>(node_.prices())});
    if (open_.size() <= many_open) std::push_heap(open_.begin(), open_.end(), less_urgent);
    return state.decide(branch, Status::in) ? node_.bound(passes) : Node::Verdict::closed;
  }

  Node::Verdict resume() {
    if (open_.size() <= many_open) std::pop_heap(open_.begin(), open_.end(), less_urgent);
    const Open open = std::move(open_.back());
    open_.pop_back();
    go_to(open.place);
    node_.set_prices(*open.prices);
    node_.set_upper(open.bound);
    return node_.state().decide(open.node, Status::out) ? node_.bound(passes) : Node::Verdict::closed;
  }

  void go_to(std::uint32_t place) {
    State& state = node_.state();
    state.undo(start_mark_);
    std::vector<std::uint32_t> way;
    for (std::uint32_t at = place; at != none; at = places_[at].above) way.push_back(at);
    for (auto at = way.rbegin(); at != way.rend(); ++at)
      for (const auto& [node, status] : places_[*at].decided) state.decide(node, status);
    here_ = place;
    here_mark_ = state.mark();
  }

  void dive_now_and_then() {
    if (created_ < next_dive_) return;
    next_dive_ *= 4;
    node_.dive_down();
  }

  Incumbent& incumbent_;
  SearchLimits limits_;
  std::int64_t root_bound_, ceiling_;
  Node node_;
  std::vector<Place> places_;
  std::vector<Open> open_;  // a heap; beyond many_open, a stack on top of it
  std::size_t start_mark_ = 0, here_mark_ = 0;
  std::uint32_t here_ = none;  // the place above the present node; the node's own decisions begin at here_mark_
  std::uint64_t created_ = 0, next_dive_ = 16;
  std::uint32_t series_ = 0;  // of rebuilding: the number of far_off_nodes passed
};

}  // namespace

SearchResult search(Root root, Incumbent& incumbent, const SearchLimits& limits) {
  return Search(std::move(root), incumbent, limits).run();
}

}  // namespace cascade::budget
