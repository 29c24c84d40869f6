#include "files/reading_tree.h"

namespace cascade::files {

Result<std::string> ReadOnce::read(const std::string& path, std::uint64_t max_bytes) {
  if (const auto known = texts_.find(path); known != texts_.end() && known->second.size() <= max_bytes)
    return known->second;
  auto text = DiskTree().read(path, max_bytes);
  if (text) texts_.insert_or_assign(path, *text);
  return text;
}

Result<std::string> ReadingTree::read(const std::string& path, std::uint64_t max_bytes) const {
  return text_ ? text_(path, max_bytes) : DiskTree::read(path, max_bytes);
}

}  // namespace cascade::files
