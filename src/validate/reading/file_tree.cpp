#include "validate/reading/file_tree.h"

#include <algorithm>

#include "files/glob.h"
#include "files/paths.h"

namespace cascade::validation {

FileTree::FileTree(const ValidateRequest& request) : request_(request) {
  files_.reserve(request.files.size());
  for (const std::string& path : request.files)
    if (!is_ignored(path)) files_.push_back(path);
  std::sort(files_.begin(), files_.end());
  files_.erase(std::unique(files_.begin(), files_.end()), files_.end());
}

bool FileTree::is_ignored(std::string_view path) const {
  for (const Ignore& ignore : request_.policy.ignore)
    if (ignore.rules.empty() && files::matches_glob(ignore.path, path)) return true;
  return false;
}

bool FileTree::has_file(std::string_view path) const { return std::binary_search(files_.begin(), files_.end(), path); }

bool FileTree::has_folder(std::string_view path) const {
  if (path.empty() || path == ".") return true;
  const std::string prefix = std::string(path) + "/";
  const auto found = std::lower_bound(files_.begin(), files_.end(), prefix);
  return found != files_.end() && std::string_view(*found).substr(0, prefix.size()) == prefix;
}

PathState FileTree::state(const std::string& path) const {
  if (request_.look) return request_.look(path);
  if (has_file(path)) return PathState::file;
  return has_folder(path) ? PathState::folder : PathState::missing;
}

bool FileTree::exists(const std::string& path) const {
  return has_file(path) || has_folder(path) || state(path) != PathState::missing;
}

ResolvedPath FileTree::resolve(std::string_view folder, std::string_view relative) {
  if (files::is_absolute(relative)) return {std::string(relative), true};
  std::string path = files::normalise(files::join(folder, relative));
  if (path == ".") path.clear();
  const bool escapes = path == ".." || path.compare(0, 3, "../") == 0;
  return {std::move(path), escapes};
}

}  // namespace cascade::validation
