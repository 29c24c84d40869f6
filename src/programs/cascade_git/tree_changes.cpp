#include "cascade_git/tree_changes.h"

#include <string_view>

#include "text/ascii.h"

namespace cascade::git {
namespace {

constexpr int deepest = 1'000;  // folders in folders; git's own limit is 2,048
constexpr std::uint32_t tree_mode = 0040000;

struct Entry {
  std::string_view name;
  FileSide side;
  bool is_tree() const { return side.mode == tree_mode; }
};

// Reads one entry after the other: "mode name\0id". `ok` false: the bytes are no tree.
class TreeReader {
 public:
  TreeReader(std::string_view bytes, std::size_t id_size) : bytes_(bytes), id_size_(id_size) { advance(); }

  bool at_end() const { return ended_; }
  bool ok() const { return ok_; }
  const Entry& entry() const { return entry_; }

  void advance() {
    if (bytes_.empty()) {
      ended_ = true;
      return;
    }
    const std::size_t space = bytes_.find(' ');
    const std::size_t end = space == std::string_view::npos ? space : bytes_.find('\0', space);
    if (end == std::string_view::npos || bytes_.size() - end - 1 < id_size_) return fail();
    entry_ = {};
    for (const char digit : bytes_.substr(0, space)) {
      if (!letters::is_octal_digit(digit)) return fail();
      entry_.side.mode = entry_.side.mode * 8 + static_cast<std::uint32_t>(digit - '0');
    }
    entry_.name = bytes_.substr(space + 1, end - space - 1);
    if (entry_.name.empty() || entry_.side.mode == 0) return fail();
    entry_.side.id = id_of_bytes(bytes_.substr(end + 1, id_size_));
    bytes_.remove_prefix(end + 1 + id_size_);
  }

 private:
  void fail() {
    ok_ = false;
    ended_ = true;
  }

  std::string_view bytes_;
  std::size_t id_size_;
  Entry entry_;
  bool ok_ = true, ended_ = false;
};

// git sorts a folder as if its name ended with a slash.
int compare_names(const Entry& one, const Entry& other) {
  const std::size_t both = std::min(one.name.size(), other.name.size());
  if (const int order = one.name.substr(0, both).compare(other.name.substr(0, both)); order != 0) return order;
  const auto next = [&](const Entry& entry) {
    if (entry.name.size() > both) return static_cast<unsigned char>(entry.name[both]);
    return static_cast<unsigned char>(entry.is_tree() ? '/' : '\0');
  };
  return static_cast<int>(next(one)) - static_cast<int>(next(other));
}

class Comparison {
 public:
  explicit Comparison(ObjectStore& store) : store_(store) {}

  void compare(const ObjectId& before, const ObjectId& after, const std::string& folder, int depth) {
    const ContentPointer old_tree = tree(before), new_tree = tree(after);
    if (depth > deepest || (!before.is_null() && !old_tree) || (!after.is_null() && !new_tree)) {
      found.lost.push_back(folder);
      return;
    }
    TreeReader left(old_tree ? old_tree->bytes : std::string_view(), store_.id_size());
    TreeReader right(new_tree ? new_tree->bytes : std::string_view(), store_.id_size());
    while (!left.at_end() || !right.at_end()) {
      if (found.is_too_large || ++entries_ > most_files_compared) {
        found.is_too_large = true;
        return;
      }
      const int order = left.at_end() ? 1 : right.at_end() ? -1 : compare_names(left.entry(), right.entry());
      const Entry* gone = order <= 0 ? &left.entry() : nullptr;
      const Entry* come = order >= 0 ? &right.entry() : nullptr;
      if (gone == nullptr || come == nullptr || gone->side.id != come->side.id || gone->side.mode != come->side.mode)
        differ(gone, come, folder, depth);
      if (gone != nullptr) left.advance();
      if (come != nullptr) right.advance();
    }
    if (!left.ok() || !right.ok()) found.lost.push_back(folder);
  }

  TreeChanges found;

 private:
  ContentPointer tree(const ObjectId& id) { return id.is_null() ? nullptr : store_.read(id, ObjectKind::tree); }

  void differ(const Entry* gone, const Entry* come, const std::string& folder, int depth) {
    const std::string path = folder + std::string((gone != nullptr ? gone : come)->name);
    const bool old_is_tree = gone != nullptr && gone->is_tree(), new_is_tree = come != nullptr && come->is_tree();
    if (old_is_tree || new_is_tree)
      compare(old_is_tree ? gone->side.id : ObjectId{}, new_is_tree ? come->side.id : ObjectId{}, path + "/",
              depth + 1);
    ChangedPath changed;
    if (gone != nullptr && !old_is_tree) changed.before = gone->side;
    if (come != nullptr && !new_is_tree) changed.after = come->side;
    if (!changed.before.is_there() && !changed.after.is_there()) return;
    changed.path = path;
    found.paths.push_back(std::move(changed));
  }

  ObjectStore& store_;
  std::size_t entries_ = 0;
};

}  // namespace

TreeChanges compare_trees(ObjectStore& store, const ObjectId& before, const ObjectId& after) {
  Comparison comparison(store);
  if (before != after) comparison.compare(before, after, "", 0);
  return std::move(comparison.found);
}

}  // namespace cascade::git
