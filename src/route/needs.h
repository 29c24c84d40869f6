// What a manifest says that the workspace must have: the entries of `cascade-requires-all` that name no manifest.
#pragma once

#include <cascade/registry.h>

#include <string_view>
#include <vector>

namespace cascade::route {

// "bin:git", "file:Dockerfile", "mcp:browser", in their order; views into the registry.
std::vector<std::string_view> needs_of(const Registry& registry, ManifestId id);

}  // namespace cascade::route
