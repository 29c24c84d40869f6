// Which folders are read, in which order, and how their files are named.
#pragma once

#include <cascade/workspace.h>

#include <string>
#include <string_view>
#include <vector>

#include "discovery/discovery.h"
#include "files/tree.h"

namespace cascade::workspace {

// A root as it is read. `label` is what its paths begin with ("user:"), empty for the first root; labels are unique.
struct SourceRoot {
  discovery::RootFolder folder;
  Scope scope = Scope::project;
  std::string label;
};

// The roots that `options` ask for: those given, or the default sources (nearest project first, user, installed
// plugins, built-in), or both. Defaults that do not exist are left out; a given one is an error (not_found).
// `faults`: what kept plugins from being chosen.
Result<std::vector<SourceRoot>> choose_roots(const files::Tree& tree, const WorkspaceOptions& options,
                                             const std::vector<std::string>& configured, std::vector<Error>& faults);

// "user:skills/x/SKILL.md" -> the root labelled "user:" and "skills/x/SKILL.md"; no label: the first root.
struct SplitPath {
  std::size_t root = 0;
  std::string_view path;
};
SplitPath split(const std::vector<SourceRoot>& roots, std::string_view path) noexcept;

}  // namespace cascade::workspace
