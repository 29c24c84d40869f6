// A tree of any files, from bytes: a NUL ends a file; its first line is its path.
#pragma once

#include "unit/validate_tree.h"
#include "validate/report/findings.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

namespace cascade::test {

// In every kind of build, unlike assert().
inline void require(bool holds) {
  if (!holds) std::abort();
}

// The path if a disk can hold it; empty for others.
inline std::string path_in(std::string_view line) {
  if (line.empty() || line.size() > 200 || line.back() == '/') return {};
  const std::string path = files::normalise(std::string(line));
  const bool inside = !files::is_absolute(path) && path != "." && path != ".." && path.compare(0, 3, "../") != 0;
  return inside ? path : std::string();
}

// At most twelve files, which `files` gets, too.
inline ValidatedTree tree_of(std::string_view bytes, std::map<std::string, std::string>& files) {
  ValidatedTree tree;
  while (!bytes.empty() && files.size() < 12) {
    const std::string_view file = bytes.substr(0, bytes.find('\0'));
    bytes.remove_prefix(std::min(bytes.size(), file.size() + 1));
    const std::size_t end = std::min(file.find('\n'), file.size());
    const std::string path = path_in(file.substr(0, end));
    if (path.empty()) continue;
    const auto nested = [&](const auto& other) {  // a file and a folder of one name cannot be
      return other.first.compare(0, path.size() + 1, path + "/") == 0 ||
             path.compare(0, other.first.size() + 1, other.first + "/") == 0;
    };
    if (std::any_of(files.begin(), files.end(), nested)) continue;
    files[path] = file.substr(std::min(file.size(), end + 1));
    tree.file(path, files[path]);
  }
  return tree;
}

// What the findings are printed with. It refers to `files`.
inline rendering::FindingsContext context_of(const ValidatedTree& tree, const Validation& validation,
                                             const std::map<std::string, std::string>& files) {
  rendering::FindingsContext context;
  context.catalogue = {find_rule, parse_profile};
  context.profile = tree.policy.profile;
  context.checked = validation.checked;
  context.read = [&files](const std::string& path) -> Result<std::string> {
    const auto file = files.find(path);
    if (file != files.end()) return file->second;
    return Error{ErrorCode::not_found, "no such file", path, ""};
  };
  return context;
}

}  // namespace cascade::test
