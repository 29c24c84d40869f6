#include "request/withhold.h"

#include <algorithm>
#include <iterator>

namespace cascade::request {

void insert_sorted(std::vector<ManifestId>& ids, const std::vector<ManifestId>& more) {
  ids.insert(ids.end(), more.begin(), more.end());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

bool withhold(const Registry& registry, const Routing& routing, const listing::Switches& switches, Query& query) {
  const auto is_withheld = [&](const Match& match) {
    return !listing::may_be_named(listing::standing(registry, match.id, switches));
  };
  const std::vector<Match>* const all_said[] = {&routing.loaded, &routing.offered, &routing.left_out, &routing.ranked};
  const bool any = std::any_of(std::begin(all_said), std::end(all_said), [&](const std::vector<Match>* said) {
    return std::any_of(said->begin(), said->end(), is_withheld);
  });
  if (!any) return false;
  const listing::Withheld all = listing::withheld(registry, switches);
  insert_sorted(query.only_by_name, all.by_name);
  insert_sorted(query.hidden, all.off);
  return true;
}

}  // namespace cascade::request
