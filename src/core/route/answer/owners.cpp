// A merge: each owner's candidates form a queue by their own scores, and of the heads of all queues the one with the
// highest score in `abroad` comes next. A score that contradicts the new order is lowered. A plain sort by `abroad`
// would also reorder the manifests of one owner, whose triggers need no limit among themselves.
#include "route/answer/owners.h"

#include <algorithm>

namespace cascade::route {

bool have_several_owners(const Tables& tables, const std::vector<Ranked>& ranked, std::size_t first) {
  const auto of_another = [&](const Ranked& r) {
    return tables.entries[r.entry].owner != tables.entries[ranked[0].entry].owner;
  };
  return std::any_of(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(first), of_another);
}

void settle_between_owners(const Tables& tables, const std::vector<std::uint32_t>& abroad,
                           std::vector<Ranked>& ranked) {
  const auto is_believed = [](std::uint32_t there, const Ranked& here) { return there == here.score; };
  if (std::equal(abroad.begin(), abroad.end(), ranked.begin(), is_believed)) return;
  struct Candidate {
    Ranked ranked;
    std::uint32_t abroad = 0, owner = 0;
  };
  std::vector<Candidate> waiting;
  for (std::size_t i = 0; i < abroad.size(); ++i)
    waiting.push_back({ranked[i], abroad[i], tables.entries[ranked[i].entry].owner});
  std::sort(waiting.begin(), waiting.end(), [&](const Candidate& a, const Candidate& b) {
    return a.owner != b.owner ? a.owner < b.owner : is_better(a.ranked, b.ranked);
  });
  std::vector<std::size_t> heads;  // of the owners' queues
  for (std::size_t i = 0; i < waiting.size(); ++i)
    if (i == 0 || waiting[i].owner != waiting[i - 1].owner) heads.push_back(i);
  for (std::size_t place = 0; place < abroad.size(); ++place) {
    const auto next = std::min_element(heads.begin(), heads.end(), [&](std::size_t a, std::size_t b) {
      const Candidate &one = waiting[a], &other = waiting[b];
      return one.abroad != other.abroad ? one.abroad > other.abroad : is_better(one.ranked, other.ranked);
    });
    const Candidate& taken = waiting[*next];
    ranked[place] = taken.ranked;
    if (place > 0 && !is_better(ranked[place - 1], ranked[place]))
      ranked[place].score = std::max(1U, std::min(taken.abroad, ranked[place - 1].score - 1));
    ++*next;
    if (*next == waiting.size() || waiting[*next].owner != taken.owner) heads.erase(next);
  }
}

}  // namespace cascade::route
