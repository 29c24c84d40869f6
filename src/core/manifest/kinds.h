// All kinds of manifests, in the order of the enumeration. Tables with one entry a kind, and code that reads a kind
// from a file, go by this list.
#pragma once

#include <cascade/manifest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

inline constexpr std::array<Kind, 3> all_kinds = {Kind::skill, Kind::agent, Kind::command};

// The kind for a stored number that may be damaged: always a valid kind.
constexpr Kind kind_of(std::uint32_t stored) noexcept {
  return stored < all_kinds.size() ? static_cast<Kind>(stored) : all_kinds.back();
}

// The names of a manifest: its key, its title and every other name it answers to.
struct Identity {
  std::string name, title;
  std::vector<std::string> aliases;  // sorted, without `name`, without generic words
};

// `declared`: the trimmed `name` of the front matter, empty when there is none.
Identity identify(const ManifestSource& source, std::string_view declared);

// A name that a template or generator left behind: "SKILL", "README". It counts as no name.
bool is_placeholder_title(std::string_view name);
// Too general to name one manifest when it only comes from a path or a template: "index", "skill", "agents".
bool is_generic_alias(std::string_view name);
// Whether a file is called as documents are (README.md, CHANGELOG.md, AGENTS.md): such a file is a manifest only if its
// front matter says so. Among commands changelog.md in small letters is a command, with or without front matter.
bool is_document(Kind kind, std::string_view path);
bool is_readme(std::string_view path);

}  // namespace cascade::manifest
