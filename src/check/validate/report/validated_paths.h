// Finds the roots of the paths given to `cascade validate`, and which parts of them are meant.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"

namespace cascade::cli {

// `roots`: each once, in the order of the paths. `below`: prefixes of the meant paths, relative to the first root;
// empty: everything.
struct ValidatedPaths {
  std::vector<std::string> roots;
  std::vector<std::string> below;
  std::vector<std::string> written;  // the roots in the spelling of the given paths, for messages

  std::string shown(const std::string& root) const;
  bool contains(std::string_view path) const;
};

// A folder named skills, agents or commands belongs to its parent unless it is a project itself, and .claude or another
// client's folder to the project. A file belongs to the
// nearest such root above it, or else to its own folder. Only a single root can be checked in part. not_found: a path
// that does not exist.
Result<ValidatedPaths> validated_paths(const files::Tree& tree, const std::vector<std::string>& paths);

}  // namespace cascade::cli
