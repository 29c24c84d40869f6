// All commits that a branch reaches, parents before children, and the places where history breaks off.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "cascade_git/object_store.h"

namespace cascade::git {

struct Signature {
  std::string name, mail;
  std::int64_t time = 0;  // seconds since 1970
};

struct CommitText {
  ObjectId tree;
  std::vector<ObjectId> parents;
  Signature author, committer;
  std::string subject;             // at most 300 bytes
  std::vector<std::string> notes;  // lines of the message that name commits or requests, and people; at most 20 of each
};

// Null: not a commit.
std::optional<CommitText> read_commit(std::string_view bytes);

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
