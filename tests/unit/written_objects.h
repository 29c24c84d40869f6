// A repository of objects that a test writes down. Their names are numbers, so a test can also tell what is not true:
// an object that is missing, broken or of another kind, a commit that is its own ancestor.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cascade_git/object_store.h"

namespace cascade::git {

inline ObjectId id_numbered(std::uint32_t number) {
  std::string bytes(20, '\0');
  for (std::size_t i = 0; i < 4; ++i) bytes[3 - i] = static_cast<char>(number >> (8 * i) & 0xff);
  return id_of_bytes(bytes);
}

inline std::uint32_t number_of(const ObjectId& id) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(id.bytes.at(i));
  return number;
}

struct TreeEntry {
  std::string mode, name;
  std::uint32_t id = 0;
};

inline std::string tree_text(const std::vector<TreeEntry>& entries) {
  std::string text;
  for (const TreeEntry& entry : entries) {
    const ObjectId id = id_numbered(entry.id);
    text += entry.mode + " " + entry.name + '\0' + std::string(reinterpret_cast<const char*>(id.bytes.data()), 20);
  }
  return text;
}

struct WrittenCommit {
  std::uint32_t tree = 0;
  std::vector<std::uint32_t> parents = {};
  std::int64_t time = 0;
};

class WrittenObjects final : public ObjectStore {
 public:
  void blob(std::uint32_t id, std::string text) { put(id, ObjectKind::blob, std::move(text)); }
  void tree(std::uint32_t id, const std::vector<TreeEntry>& entries) { put(id, ObjectKind::tree, tree_text(entries)); }
  void commit(std::uint32_t id, const WrittenCommit& commit) {
    std::string text = "tree " + id_numbered(commit.tree).hex() + "\n";
    for (const std::uint32_t parent : commit.parents) text += "parent " + id_numbered(parent).hex() + "\n";
    const std::string who = " A <a@b> " + std::to_string(commit.time) + " +0000\n";
    put(id, ObjectKind::commit, text + "author" + who + "committer" + who + "\nCommit " + std::to_string(id) + "\n");
  }
  void put(std::uint32_t id, ObjectKind kind, std::string text) { objects_[id] = {kind, std::move(text)}; }
  void lose(std::uint32_t id) { objects_.erase(id); }

  ContentPointer read(const ObjectId& id, ObjectKind kind) override {
    ++reads;
    const auto found = objects_.find(number_of(id));
    if (found == objects_.end() || found->second.first != kind) return nullptr;
    auto content = std::make_shared<Content>();
    content->bytes = found->second.second;
    return content;
  }

  std::size_t reads = 0;

 private:
  std::map<std::uint32_t, std::pair<ObjectKind, std::string>> objects_;
};

}  // namespace cascade::git
