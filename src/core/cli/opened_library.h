// One folder opened as a library of its own, for verbs that compare states of it.
#pragma once

#include "cli/call.h"

#include <string>
#include <vector>

namespace cascade::cli {

struct OpenedLibrary {
  Workspace workspace;
  Registry registry;
  TreeFiles files;
};

// The library with some of its files in another state. `now`: the current state; if no file was added or removed, the
// folder is not listed again.
Result<OpenedLibrary> open_library(Call& call, const std::string& root, std::vector<FileInstead> instead = {},
                                   const OpenedLibrary* now = nullptr);

// Of somebody else's: no cascade.yaml is obeyed, neither its own nor one above it, and no index of it is kept.
WorkspaceOptions options_for_others(Call& call);
Result<OpenedLibrary> open_others_library(Call& call, const std::string& root);

}  // namespace cascade::cli
