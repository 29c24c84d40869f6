// Resolves the name of a manifest in a text: "review", "skill:review", "plugin:review", a path.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::request {

// not_found: `help` has the nearest names. misuse: the text is ambiguous; the message lists each path on its own line.
Result<ManifestId> find_manifest(const Registry& registry, std::string_view text);

// Resolves each of the texts. Stops at the first error.
Result<std::vector<Symbol>> find_symbols(const Registry& registry, const std::vector<std::string>& texts);

// "skill:review  skills/review/SKILL.md"
std::string name_and_path(const Registry& registry, ManifestId id);

}  // namespace cascade::request
