// What a text names in a registry: "review", "skill:review", "plugin:review", a path.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::request {

// not_found: with the nearest names as help. misuse: it may mean several, each with its path on a line of its own.
Result<ManifestId> find_manifest(const Registry& registry, std::string_view text);

// The same for each of them. The first fault ends it.
Result<std::vector<Symbol>> find_symbols(const Registry& registry, const std::vector<std::string>& texts);

// "skill:review  skills/review/SKILL.md"
std::string name_and_path(const Registry& registry, ManifestId id);

}  // namespace cascade::request
