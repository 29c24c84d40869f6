// Resolves, excludes what is not open, and resolves once more, so that what only a closed manifest leads to is left out
// as well. A third time would change nothing: excluding never brings a manifest in.
#include "resolve/only_open.h"

namespace cascade {

Result<Resolution> resolve_only_open(const Registry& registry, Request& request, const IsOpen& is_open) {
  auto resolution = resolve(registry, request);
  if (!resolution || !is_open) return resolution;
  const std::size_t excluded = request.exclude.size();
  for (const Selected& selected : resolution->selected)
    if (selected.distance > 0 && !is_open(selected.id)) request.exclude.push_back(symbol_of(registry[selected.id]));
  return request.exclude.size() == excluded ? std::move(resolution) : resolve(registry, request);
}

}  // namespace cascade
