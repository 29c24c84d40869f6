#include "files/reading_tree.h"

#include <utility>

namespace cascade::files {

Result<std::string> ReadOnce::read(const std::string& path, std::uint64_t max_bytes) {
  if (const auto known = texts_.find(path); known != texts_.end() && known->second.size() <= max_bytes)
    return known->second;
  auto text = DiskTree().read(path, max_bytes);
  if (text) texts_.insert_or_assign(path, *text);
  return text;
}

Result<std::string> ReadingTree::read(const std::string& path, std::uint64_t max_bytes) const {
  return text_ ? text_(path, max_bytes) : tree_.read(path, max_bytes);
}

Result<FileText> ReadingTree::read_stamped(const std::string& path, std::uint64_t max_bytes) const {
  return tree_.read_stamped(path, max_bytes);
}

Result<Listing> ReadingTree::list_stamped(const std::string& directory) const { return tree_.list_stamped(directory); }

Result<Stamp> ReadingTree::stat(const std::string& path) const { return tree_.stat(path); }

Result<std::string> ReadingTree::real_path(const std::string& path) const { return tree_.real_path(path); }

Result<std::string> ReadingTree::link_target(const std::string& path) const { return tree_.link_target(path); }

Result<bool> ReadingTree::is_own(const std::string& path) const { return tree_.is_own(path); }

}  // namespace cascade::files
