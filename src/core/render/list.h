// Renders manifests as rows, for `cascade list`.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/route.h>

#include <string>
#include <string_view>
#include <vector>

#include "render/parts.h"

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

// Formats text and json (cascade.list/1).
Result<std::string> list(const Registry& registry, const std::vector<ManifestId>& rows, const Roots& roots,
                         Format format, Paint paint);

// Renders ranked manifests, for `cascade search`.

// Formats text and json (cascade.search/1).
Result<std::string> search(const Registry& registry, std::string_view query, const Routing& routing, Format format,
                           Paint paint);

}  // namespace cascade::rendering
