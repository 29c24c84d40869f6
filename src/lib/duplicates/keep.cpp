// The smallest key wins. The place in the registry comes last and is never equal, so one set always has the same
// winner.
#include "duplicates/keep.h"

#include <tuple>

namespace cascade::duplicates {

std::size_t place_to_keep(const Registry& registry, const std::vector<ManifestId>& ids) {
  const auto key = [&](ManifestId id) {
    const ManifestView view = registry[id];
    return std::make_tuple(registry.shadowed_in_favour_of(id).has_value(), view.layer, -static_cast<int>(view.scope),
                           index(id));
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < ids.size(); ++i)
    if (key(ids[i]) < key(ids[best])) best = i;
  return best;
}

}  // namespace cascade::duplicates
