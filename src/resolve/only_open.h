// A resolution for a conversation: what its author or user keeps out of it is named, and no more.
#pragma once

#include <cascade/resolve.h>

#include <functional>

namespace cascade {

using IsOpen = std::function<bool(ManifestId)>;

// As resolve(), without the manifests below the roots that are not open: whoever they are kept from starts them, or
// nobody. They are added to what `request` excludes, so that explain() says the same. Roots may be called by name; who
// puts one there has asked. Null: all are open.
Result<Resolution> resolve_only_open(const Registry& registry, Request& request, const IsOpen& is_open);

}  // namespace cascade
