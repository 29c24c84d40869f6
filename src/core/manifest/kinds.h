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

// The names of a manifest: its key, its title and every other name it answers to. One kind_<kind>.cpp per kind.
struct Identity {
  std::string name, title;
  std::vector<std::string> aliases;  // sorted, without `name`, without generic words
};

// `declared`: the trimmed `name` of the front matter, empty when there is none.
Identity identify_skill(const ManifestSource& source, std::string_view declared);
Identity identify_agent(const ManifestSource& source, std::string_view declared);
Identity identify_command(const ManifestSource& source, std::string_view declared);
Identity identify(const ManifestSource& source, std::string_view declared);

// A path's last component, and the part before it without the slash. Both empty for an empty path.
std::string_view base_name(std::string_view path);
std::string_view directory(std::string_view path);
void drop_ending(std::string_view& name, std::string_view ending);
std::string_view files_of(std::string_view component);  // its own name, without a root's label: "agents"
std::string_view file_stem(std::string_view path);      // base_name without ".md"
// `path` below `component`; `path` itself when it is not below it.
std::string_view below(std::string_view path, std::string_view component);

// A name that a template or generator left behind: "SKILL", "README". It counts as no name.
bool is_placeholder_title(std::string_view name);
// Too general to name one manifest when it only comes from a path or a template: "index", "skill", "agents".
bool is_generic_alias(std::string_view name);
// Whether a file is called as documents are (README.md, CHANGELOG.md, AGENTS.md): such a file is a manifest only if its
// front matter says so. Among commands changelog.md in small letters is a command, with or without front matter.
bool is_document(Kind kind, std::string_view path);
bool is_readme(std::string_view path);

// Collects aliases: skips empty and generic ones, adds "plugin:alias" for each when there is a plugin.
class Aliases {
 public:
  Aliases(std::string_view plugin, std::string_view own_name) : plugin_(plugin), own_(own_name) {}
  void add(std::string_view alias);
  std::vector<std::string> take();

 private:
  std::string_view plugin_, own_;
  std::vector<std::string> found_;
};

// "plugin:name", or the name alone.
std::string with_plugin(std::string_view plugin, std::string_view name);

}  // namespace cascade::manifest
