// Resolves for a conversation: manifests that their author or user keeps out of it are named, and nothing more.
#pragma once

#include <cascade/registry.h>
#include <cascade/resolve.h>

#include <functional>
#include <string_view>
#include <vector>

namespace cascade {

using IsOpen = std::function<bool(ManifestId)>;

// As resolve(), without the manifests below the roots that are not open: only their user may start them, or nobody.
// They are added to `request.exclude`, so that explain() says the same. Roots may be called by name; the caller has
// asked for those. Null: all are open.
Result<Resolution> resolve_only_open(const Registry& registry, Request& request, const IsOpen& is_open);

// What a manifest requires of the workspace: the entries of `cascade-requires-all` that do not name manifests, as
// "bin:git", "file:Dockerfile" and "mcp:browser", in the manifest's order; views into the registry.
std::vector<std::string_view> requirements_of(const Registry& registry, ManifestId id);

}  // namespace cascade
