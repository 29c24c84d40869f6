// Reads one section of a manifest as text.
#pragma once

#include <cascade/workspace.h>

#include <cstdint>
#include <optional>
#include <string>

namespace cascade::request {

// See bundle/section_text.h. stale: the file has changed since it was indexed.
Result<std::string> section_text(const Workspace& workspace, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further);

}  // namespace cascade::request
