// The one definition of which links are followed.
#pragma once

#include <cascade/resolve.h>

#include <vector>

namespace cascade::resolve_detail {

// The request's symbols as ids. Errors as in resolve().
Result<std::vector<ManifestId>> find_all(const Registry& registry, const std::vector<Symbol>& symbols);

inline bool is_followed(const Request& request, const Link& link) noexcept {
  return link.strength != Strength::excluded && link.strength <= request.follow;
}

// What is needed beside its referrer rather than one step below it: a required manifest of the same or a higher layer.
inline bool is_beside(const ManifestView& from, const ManifestView& to, Strength strength) noexcept {
  return strength == Strength::required && to.layer <= from.layer;
}

}  // namespace cascade::resolve_detail
