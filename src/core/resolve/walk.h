// The single definition of which links are followed.
#pragma once

#include <cascade/resolve.h>

#include <vector>

namespace cascade::resolve_detail {

// Returns the request's symbols as ids. Errors as in resolve().
Result<std::vector<ManifestId>> find_all(const Registry& registry, const std::vector<Symbol>& symbols);

inline bool is_followed(const Request& request, const Link& link) noexcept {
  return link.strength != Strength::excluded && link.strength <= request.follow;
}

// Whether the target is needed next to its referrer and not one level below: a required manifest of the same or a
// higher layer.
inline bool is_beside(const ManifestView& from, const ManifestView& to, Strength strength) noexcept {
  return strength == Strength::required && to.layer <= from.layer;
}

}  // namespace cascade::resolve_detail
