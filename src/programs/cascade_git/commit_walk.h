// All commits that a branch reaches, parents before children, and the places where history breaks off.
#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

#include "cascade_git/commit_text.h"
#include "cascade_git/object_store.h"

namespace cascade::git {

struct WalkedCommit {
  ObjectId id;
  CommitText text;
  std::vector<std::uint32_t> parents;  // those that are here
  std::vector<ObjectId> missing;       // those that are not
  bool is_cut = false;                 // by the repository's file `shallow`
};

using ObjectIds = std::unordered_set<ObjectId, ObjectIdHash>;

// In an order that depends on the commits alone: parents first, then by the committer's time, then by id. Empty: `head`
// cannot be read. What the repository cuts off (`shallow`) is not followed; grafts and replacements are not applied.
std::vector<WalkedCommit> walk(ObjectStore& store, const ObjectId& head, const ObjectIds& shallow);

}  // namespace cascade::git
