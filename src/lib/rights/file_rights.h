// Reads the rights that one file gives from its text.
#pragma once

#include <cascade/registry.h>

#include "rights/right.h"

#include <functional>
#include <string>
#include <vector>

namespace cascade::difference {

// A manifest's tools, permission mode, hooks and servers. An agent without a list of tools has all tools, one with
// an empty list none.
std::vector<Right> manifest_rights(const Registry& registry, const ManifestView& manifest,
                                   const Result<std::string>& text);

// The rights in settings, hooks/hooks.json, .mcp.json, mcp.json and plugin.json, and in the hook and server files that
// it names. Any other file has none, nor has a file that is not JSON.
std::vector<Right> file_rights(const std::string& path,
                               const std::function<Result<std::string>(const std::string& path)>& read);

}  // namespace cascade::difference
