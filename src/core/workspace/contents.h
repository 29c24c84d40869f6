// What a workspace knows of its manifests besides their records.
#pragma once

#include <cascade/workspace.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hash/content_hash.h"

namespace cascade {

class WorkspaceContents {
 public:
  // The hash128() of each file that was read or whose stamp was compared with the index, under the path of its
  // ManifestView. Empty if the freshness requires no comparison or only some, or if an outdated index answers.
  static std::vector<std::pair<std::string, hash::Hash128>> of(const Workspace& workspace);
  // Whether a root was added by the user's own cascade.yaml: somebody else wrote what is in it.
  static bool is_added(const Workspace& workspace, std::uint32_t root);
};

}  // namespace cascade
