// libgit2 compares a commit with the index by reading every folder's tree, of which a loose one costs five calls of the
// system. git itself notes in the index which tree it stands for: after a commit or a checkout, that of the commit.
// Where it is the one that is asked for, what is staged is nothing, and no tree is read.
#include "git/work_tree.h"

#include <git2.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "text/ascii.h"

namespace cascade::git {
namespace {

using IndexPointer = Held<git_index, git_index_free>;

constexpr std::size_t id_bytes = 20;

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char c : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

// The file `index` of a git folder, in the versions 2 to 4: entries, then extensions, then a hash of it all
// (gitformat-index).
class IndexFile {
 public:
  explicit IndexFile(std::string_view bytes) : rest_(bytes) {}

  // What the extension TREE says of the whole index; none when it says nothing, or when an extension tells of entries
  // that are not here.
  std::optional<git_oid> tree() {
    constexpr std::size_t head = 12;
    if (rest_.size() < head + id_bytes || rest_.substr(0, 4) != "DIRC") return std::nullopt;
    version_ = big_endian(rest_.substr(4));
    entries_ = big_endian(rest_.substr(8));
    if (version_ < 2 || version_ > 4) return std::nullopt;
    rest_.remove_prefix(head);
    rest_.remove_suffix(id_bytes);
    for (std::uint32_t i = 0; i < entries_; ++i)
      if (!skip_entry()) return std::nullopt;
    std::optional<git_oid> found;
    while (!rest_.empty()) {
      constexpr std::size_t extension_head = 8;
      if (rest_.size() < extension_head) return std::nullopt;
      const std::string_view name = rest_.substr(0, 4);
      const std::uint32_t size = big_endian(rest_.substr(4));
      rest_.remove_prefix(extension_head);
      if (size > rest_.size() || !letters::is_upper(name.front())) return std::nullopt;
      if (name == "TREE") found = whole_tree(rest_.substr(0, size));
      rest_.remove_prefix(size);
    }
    return found;
  }

 private:
  bool skip_entry() {
    constexpr std::size_t fixed = 62, extended_bytes = 2, alignment = 8;
    if (rest_.size() < fixed) return false;
    const bool extended = (static_cast<unsigned char>(rest_[fixed - 2]) & 0x40) != 0;
    const std::size_t name = fixed + (extended ? extended_bytes : 0);
    // In version 4 a number of bytes goes before the name, whose last byte alone is below 128.
    std::size_t from = name;
    while (version_ == 4 && from < rest_.size() && static_cast<unsigned char>(rest_[from]) >= 0x80) ++from;
    const std::size_t end = rest_.find('\0', version_ == 4 ? from + 1 : name);
    if (end == std::string_view::npos) return false;
    const std::size_t size = version_ == 4 ? end + 1 : (end / alignment + 1) * alignment;
    if (size > rest_.size()) return false;
    rest_.remove_prefix(size);
    return true;
  }

  // Its first entry is that of the root: an empty name, how many entries it has, how many folders, its id. Where
  // something was staged since, the count is -1 and there is no id.
  std::optional<git_oid> whole_tree(std::string_view extension) const {
    const std::string begin = std::string(1, '\0') + std::to_string(entries_) + ' ';
    if (extension.substr(0, begin.size()) != begin) return std::nullopt;
    const std::size_t line = extension.find('\n');
    if (line == std::string_view::npos || extension.size() < line + 1 + id_bytes) return std::nullopt;
    git_oid id;
    git_oid_fromraw(&id, reinterpret_cast<const unsigned char*>(extension.data() + line + 1));
    return id;
  }

  std::string_view rest_;
  std::uint32_t version_ = 0, entries_ = 0;
};

std::optional<git_oid> tree_of(git_index* index) {
  const char* const path = git_index_path(index);
  std::ifstream file(path == nullptr ? "" : path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return IndexFile(bytes).tree();
}

// Null when something may be staged that `tree` has otherwise.
DiffPointer unstaged(git_repository* repository, git_tree* tree, const git_diff_options& options) {
  git_index* found = nullptr;
  if (tree == nullptr || git_repository_index(&found, repository) != 0) return nullptr;
  const IndexPointer index(found);
  const auto indexed = tree_of(found);
  if (!indexed || git_oid_equal(&*indexed, git_tree_id(tree)) == 0) return nullptr;
  git_diff* made = nullptr;
  return git_diff_index_to_workdir(&made, repository, found, &options) == 0 ? DiffPointer(made) : nullptr;
}

}  // namespace

void free_difference(git_diff* diff) { git_diff_free(diff); }

DiffPointer difference_to_work_tree(git_repository* repository, git_tree* tree, std::uint32_t more) {
  git_diff_options options;
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS | GIT_DIFF_SKIP_BINARY_CHECK | more;
  options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
  if (DiffPointer diff = unstaged(repository, tree, options)) return diff;
  git_diff* made = nullptr;
  return git_diff_tree_to_workdir_with_index(&made, repository, tree, &options) == 0 ? DiffPointer(made) : nullptr;
}

}  // namespace cascade::git
