// The things that a manifest requires of the workspace: the entries of `cascade-requires-all` that do not name
// manifests.
#pragma once

#include <cascade/registry.h>

#include <string_view>
#include <vector>

namespace cascade::route {

// "bin:git", "file:Dockerfile", "mcp:browser", in the manifest's order; views into the registry.
std::vector<std::string_view> requirements_of(const Registry& registry, ManifestId id);

}  // namespace cascade::route
