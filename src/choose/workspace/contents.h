// The hashes of a workspace's manifests, for callers that only need to know whether a manifest has changed.
#pragma once

#include <cascade/workspace.h>

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
};

}  // namespace cascade
