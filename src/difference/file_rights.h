// The rights that one file gives, read from its text.
#pragma once

#include <cascade/registry.h>

#include "difference/right.h"

#include <functional>
#include <string>
#include <vector>

namespace cascade::difference {

// Tools, permission mode, hooks and servers of a manifest. An agent without a list of tools has all of them.
std::vector<Right> manifest_rights(const Registry& registry, const ManifestView& manifest,
                                   const Result<std::string>& text);

// Of settings, hooks/hooks.json, .mcp.json, mcp.json and plugin.json, and the hook and server files that it names; of
// any other file none. A file that is no JSON gives none.
std::vector<Right> file_rights(const std::string& path,
                               const std::function<Result<std::string>(const std::string& path)>& read);

}  // namespace cascade::difference
