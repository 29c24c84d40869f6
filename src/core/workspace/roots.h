// Chooses the folders to read and their order, and names their files.
#pragma once

#include <cascade/workspace.h>

#include <string>
#include <string_view>
#include <vector>

#include "discovery/discovery.h"
#include "files/tree.h"

namespace cascade::workspace {

// A root in the form that is read. `label` is the prefix of its paths ("user:"), empty for the first root; labels are
// unique.
struct SourceRoot {
  discovery::RootFolder folder;
  Scope scope = Scope::project;
  std::string label;
  bool is_added = false;  // by the user's own file: somebody else's, and no client reads it
};

// The roots that `options` call for: the given ones, or the default sources (nearest project first, user, installed
// plugins, `added` by the user, built-in), or both. Missing defaults are left out; a missing given root is an error
// (not_found). `faults`: the reasons why plugins could not be chosen, and the added roots that are gone.
Result<std::vector<SourceRoot>> choose_roots(const files::Tree& tree, const WorkspaceOptions& options,
                                             const std::vector<std::string>& configured,
                                             const std::vector<std::string>& added, std::vector<Error>& faults);

// "user:skills/x/SKILL.md" becomes the root labelled "user:" and "skills/x/SKILL.md"; without a label, the first root.
struct SplitPath {
  std::size_t root = 0;
  std::string_view path;
};
SplitPath split(const std::vector<SourceRoot>& roots, std::string_view path) noexcept;

}  // namespace cascade::workspace
