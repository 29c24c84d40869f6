// Finds out where a root keeps its manifests, by reading it as each thing it may be.
#pragma once

#include <cascade/manifest.h>

#include <string>
#include <string_view>
#include <vector>

#include "discovery/discovery.h"

namespace cascade::discovery {

// A folder whose files are manifests of one kind, at any depth, or a single file.
struct Component {
  Kind kind = Kind::skill;
  std::string folder;
  std::string plugin{};
  bool prefixed = false;               // as in Found
  std::string_view ending = ".md";     // of the names that count; a skill's is always SKILL.md
  std::string file{};                  // empty: everything in `folder`; else this file alone
  std::vector<std::string> without{};  // folders below it that hold components of their own
  // The agents/ of a repository that is no plugin: no client reads it as it lies, so that a SKILL.md in a folder below
  // it is a skill, for one of the platforms that the repository serves.
  bool may_hold_skills = false;
};

// Whether a name or path has this ending, and something before it.
inline bool is_named(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() && name.ends_with(ending);
}

// Returns the components in the order in which they count: a file belongs to the first that reaches it. Folders may be
// missing or unreadable; files are there. `top`: the entries of the root.
std::vector<Component> find_components(RootTree& tree, const RootFolder& root, const std::vector<files::Entry>& top);

}  // namespace cascade::discovery
