// Reads one section of a manifest as text, and what lies beside it.
#pragma once

#include <cascade/workspace.h>

#include "bundle/linked_files.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cascade::request {

// See bundle/section_text.h. stale: the file has changed since it was indexed.
Result<std::string> section_text(const Workspace& workspace, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further);

// The files that a skill's text links to, none packed; empty for any other manifest.
std::vector<bundle::ListedFile> linked_files(const Workspace& workspace, ManifestId id);

}  // namespace cascade::request
