// Resolves the name of a manifest in a text: "review", "skill:review", "plugin:review", a path.
#pragma once

#include <cascade/registry.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bundle/linked_files.h"

namespace cascade::request {

// not_found: `help` has the nearest names. misuse: the text is ambiguous; the message lists each path on its own line.
Result<ManifestId> find_manifest(const Registry& registry, std::string_view text);

// Resolves each of the texts. Stops at the first error.
Result<std::vector<Symbol>> find_symbols(const Registry& registry, const std::vector<std::string>& texts);

// "skill:review  skills/review/SKILL.md"
std::string name_and_path(const Registry& registry, ManifestId id);

// Reads one section of a manifest as text, and what lies beside it.

// See bundle/items.h. stale: the file has changed since it was indexed.
Result<std::string> section_text(const Workspace& workspace, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further);

// The files that a skill's text links to, none packed; empty for any other manifest.
std::vector<bundle::ListedFile> linked_files(const Workspace& workspace, ManifestId id);

}  // namespace cascade::request
