// Reads objects of one repository. What is not there, or is broken, reads as null: the caller counts it and says so.
// Nothing is ever fetched.
#pragma once

#include <cascade/result.h>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "syntax/json.h"
#include "text/hex.h"

struct git_blob;
struct git_repository;

namespace cascade::git {

struct ObjectId {
  static constexpr std::size_t size = 20;  // of SHA-1: libgit2 1.5 opens no repository with longer names
  std::array<unsigned char, size> bytes{};

  friend bool operator==(const ObjectId&, const ObjectId&) = default;
  friend std::strong_ordering operator<=>(const ObjectId& one, const ObjectId& other) {  // libc++ 16 has none of arrays
    return std::memcmp(one.bytes.data(), other.bytes.data(), one.bytes.size()) <=> 0;  // NOLINT(modernize-use-nullptr)
  }
  bool is_null() const { return *this == ObjectId{}; }
  std::string hex() const { return letters::bytes_to_hex({reinterpret_cast<const char*>(bytes.data()), size}); }
};

struct ObjectIdHash {
  std::size_t operator()(const ObjectId& id) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, id.bytes.data(), sizeof value);
    return value;
  }
};
using ObjectIds = std::unordered_set<ObjectId, ObjectIdHash>;

// REQUIRES: ObjectId::size bytes.
inline ObjectId id_of_bytes(std::string_view bytes) {
  ObjectId id;
  std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
  return id;
}

// Null: not exactly the digits of an id.
inline std::optional<ObjectId> id_of_hex(std::string_view digits) {
  if (digits.size() != 2 * ObjectId::size || !letters::is_hex(digits)) return std::nullopt;
  return id_of_bytes(letters::bytes_of_hex(digits));
}

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
  virtual ContentPointer read(const ObjectId& id, ObjectKind kind) = 0;
};

// By libgit2. Null: it cannot be opened.
std::unique_ptr<ObjectStore> open_library(const std::string& git_dir);

// By a repository that is open and outlives the store, with the alternates that were added to it.
std::unique_ptr<ObjectStore> view_library(git_repository* repository);

// Keeps what was read last, up to some bytes, in front of another store.
std::unique_ptr<ObjectStore> cached(std::unique_ptr<ObjectStore> store, std::size_t most_bytes);

template <typename T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
// Owns a T from libgit2, with the function that frees it: Held<git_tree, git_tree_free>.
template <typename T, void (*release)(T*)>
using Held = std::unique_ptr<T, Release<T, release>>;

// Owns what a function of libgit2 makes, whose first argument is where it goes. Null: it failed.
template <typename Owner, typename Make, typename... Given>
Owner made_by(Make make, Given... given) {
  typename Owner::pointer made = nullptr;
  return Owner(make(&made, given...) == 0 ? made : nullptr);
}

// Where an answer of several lines goes.
using WriteLine = std::function<void(std::string_view line)>;  // without a line end

std::string_view last_message();  // libgit2's; may be empty

// `error` is a word of the protocol: as members of an answer, or as its only line.
void write_error(syntax::JsonWriter& json, std::string_view error);
void write_error(std::string_view error, const WriteLine& write, std::string_view message = last_message());

// The last line: how many came before it.
void write_end(std::size_t lines, const WriteLine& write);

}  // namespace cascade::git
