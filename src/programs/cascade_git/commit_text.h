// What a commit object says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cascade_git/object_id.h"

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
std::optional<CommitText> read_commit(std::string_view bytes, std::size_t id_size);

}  // namespace cascade::git
