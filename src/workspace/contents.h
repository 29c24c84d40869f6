// What the manifests of a workspace hold, by hash, for whoever would read them only to know whether they have changed.
#pragma once

#include <cascade/workspace.h>

#include <string>
#include <utility>
#include <vector>

#include "hash/content_hash.h"

namespace cascade {

class WorkspaceContents {
 public:
  // The hash128() of each file that was read or whose stamp was compared with the index, by the path that a
  // ManifestView has. Empty where the freshness asked for compares no stamps or only some, or where an outdated index
  // answers.
  static std::vector<std::pair<std::string, hash::Hash128>> of(const Workspace& workspace);
};

}  // namespace cascade
