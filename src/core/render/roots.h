// The roots of a workspace as lists and cards name them.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <vector>

namespace cascade::rendering {

// By the numbers of the roots. An unknown number has no path and is not added.
struct Roots {
  std::vector<std::string> paths;
  std::vector<bool> added;  // by the user's own cascade.yaml: such a library is neither his own nor shipped

  std::string path_of(const ManifestView& manifest) const;
  bool is_added(const ManifestView& manifest) const;
  std::string scope_of(const ManifestView& manifest) const;  // "added", or the scope
  // " of /home/x/library" if the other manifest is in another root.
  std::string beside(const ManifestView& manifest, const ManifestView& other) const;
};

}  // namespace cascade::rendering
