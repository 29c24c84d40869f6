// Which roots the paths given to `cascade validate` belong to, and what below them is meant.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"

namespace cascade::cli {

// `roots`: each once, in the order of the paths. `below`: prefixes of the paths that are meant, as seen from the first
// root; empty: everything.
struct ValidatedPaths {
  std::vector<std::string> roots;
  std::vector<std::string> below;
  std::vector<std::string> written;  // the roots as their paths were given, for messages

  std::string shown(const std::string& root) const;
  bool contains(std::string_view path) const;
};

// A folder named skills, agents or commands belongs to its parent, and .claude to the project; a file belongs to the
// nearest such root above it, else to the folder that it lies in. Only with a single root can less than all of it be
// meant. not_found: a path that does not exist.
Result<ValidatedPaths> validated_paths(const files::Tree& tree, const std::vector<std::string>& paths);

}  // namespace cascade::cli
