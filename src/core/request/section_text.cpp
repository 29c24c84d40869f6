#include "request/section_text.h"

#include "bundle/file_nodes.h"
#include "bundle/section_text.h"

namespace cascade::request {

Result<std::string> section_text(const Workspace& workspace, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further) {
  return bundle::section_text(
      workspace.registry(), id, section, further,
      [&](const ManifestView& manifest, const SectionView& view) { return workspace.read(manifest, view); });
}

std::vector<bundle::ListedFile> linked_files(const Workspace& workspace, ManifestId id) {
  const Registry registry = workspace.registry();
  return bundle::listed_files(registry, id, workspace.folder(registry[id]), workspace.counter(),
                              [&](std::string_view path) { return workspace.read_file(path); });
}

}  // namespace cascade::request
