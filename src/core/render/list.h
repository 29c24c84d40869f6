// Renders manifests: as rows, ranked (`cascade search`), and one in full (`cascade show`).
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>
#include <cascade/route.h>

#include "bundle/linked_files.h"
#include "render/parts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  void put_place(syntax::JsonWriter& json, const ManifestView& manifest) const;  // {"scope", "path", "root"}
  // "shadowed_by" into the open object: the place of the manifest that has its name, or null.
  void put_shadowed_by(syntax::JsonWriter& json, const Registry& registry, ManifestId id) const;
};

// Formats text and json (cascade.list/1).
Result<std::string> list(const Registry& registry, const std::vector<ManifestId>& rows, const Roots& roots,
                         Format format, Paint paint);

// Formats text and json (cascade.search/1).
Result<std::string> search(const Registry& registry, std::string_view query, const Routing& routing, Format format,
                           Paint paint);

// With `section`, only that section and the references in it. `files`: those that lie beside it. `roots`: their paths
// by number, for shadowed names. Formats text and json (cascade.show/1).
Result<std::string> show(const Registry& registry, ManifestId id, std::optional<std::uint32_t> section,
                         const std::vector<bundle::ListedFile>& files, const Roots& roots, Format format, Paint paint);

}  // namespace cascade::rendering
