#include "render/roots.h"

#include "unicode/utf8.h"

namespace cascade::rendering {

std::string Roots::path_of(const ManifestView& manifest) const {
  return manifest.root < paths.size() ? paths[manifest.root] : std::string();
}

bool Roots::is_added(const ManifestView& manifest) const {
  return manifest.root < added.size() && added[manifest.root];
}

std::string Roots::scope_of(const ManifestView& manifest) const {
  return is_added(manifest) ? "added" : std::string(to_string(manifest.scope));
}

std::string Roots::beside(const ManifestView& manifest, const ManifestView& other) const {
  const std::string root = manifest.root == other.root ? std::string() : path_of(manifest);
  return root.empty() ? root : " of " + unicode::displayable(root);
}

}  // namespace cascade::rendering
