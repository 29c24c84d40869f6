// cascade.yaml: the nearest one upwards, no merging (docs/formats/cascade-yaml.md).
#pragma once

#include <cascade/workspace.h>

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

// Looks in `directory` and every folder above it. misuse: an unknown key or a value that cannot be one, with
// path:line:col and the nearest key in `help`.
Result<Configuration> find_configuration(const files::Tree& tree, const std::string& directory);

// `folder` is what relative roots are relative to; `path` is for messages.
Result<Configuration> read_configuration(std::string_view text, const std::string& path, const std::string& folder);

}  // namespace cascade::workspace
