#include "request/section_text.h"

#include "bundle/section_text.h"

namespace cascade::request {

Result<std::string> section_text(const Workspace& workspace, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further) {
  return bundle::section_text(
      workspace.registry(), id, section, further,
      [&](const ManifestView& manifest, const SectionView& view) { return workspace.read(manifest, view); });
}

}  // namespace cascade::request
