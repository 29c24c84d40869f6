// Reads objects of one repository. What is not there, or is broken, reads as null: the caller counts it and says so.
// Nothing is ever fetched.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "cascade_git/object_id.h"

struct git_blob;
struct git_repository;

namespace cascade::git {

// One object's bytes. `blob` is libgit2's object, where it has one: two of these are compared without hashing them.
struct Content {
  std::string_view bytes;
  git_blob* blob = nullptr;
  bool is_large = false;            // above `largest_text`: not read; git takes such a file for binary as well
  std::shared_ptr<void> keep = {};  // owns `bytes` and `blob`
};
using ContentPointer = std::shared_ptr<const Content>;

constexpr std::uint64_t largest_text = std::uint64_t{512} << 20;  // git's core.bigFileThreshold

enum class ObjectKind : std::uint8_t { commit, tree, blob };

class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  virtual std::size_t id_size() const = 0;
  virtual ContentPointer read(const ObjectId& id, ObjectKind kind) = 0;
};

// By libgit2. Null: it cannot be opened.
std::unique_ptr<ObjectStore> open_library(const std::string& git_dir);

// By a repository that is open and outlives the store, with the alternates that were added to it.
std::unique_ptr<ObjectStore> view_library(git_repository* repository);

// Keeps what was read last, up to some bytes, in front of another store.
std::unique_ptr<ObjectStore> cached(std::unique_ptr<ObjectStore> store, std::size_t most_bytes);

}  // namespace cascade::git
