// cascade.yaml: the nearest one upwards, no merging (docs/formats/cascade-yaml.md).
#pragma once

#include <cascade/workspace.h>

#include <functional>
#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::workspace {

struct Configuration {
  std::string path;  // of the file; empty: none was found
  RulePolicy policy;
  Preferences preferences;
  std::vector<std::string> roots;  // absolute; relative ones are relative to the file's folder
  std::vector<Diagnostic> problems;
};

// Whether the user allowed a file, by its absolute path, what its place or its owner forbids.
using IsAllowed = std::function<bool(const std::string& path)>;

// Looks in `directory` and every folder above it. What belongs to another user is not obeyed (git's safe.directory),
// and roots that lead out of the file's folder are left out, unless the file is allowed: both become problems. misuse:
// an unknown key or a value that cannot be one, with path:line:col and the nearest key in `help`.
Result<Configuration> find_configuration(const files::Tree& tree, const std::string& directory,
                                         const IsAllowed& is_allowed = {});

// `folder` is what relative roots are relative to; `path` is for messages.
Result<Configuration> read_configuration(std::string_view text, const std::string& path, const std::string& folder);

}  // namespace cascade::workspace
