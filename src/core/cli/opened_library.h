// One folder opened as a library of its own, for verbs that compare states of it.
#pragma once

#include "cli/call.h"
#include "files/tree.h"

#include <set>
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

using ReadPaths = std::set<std::string, std::less<>>;

// Finds what the root does not read, such as copies in other languages and other marketplaces: returns the folders
// above skills/, agents/, commands/, .claude-plugin/ or folders of skills, relative to the root, sorted by path. Looks
// at the root's upper levels and at a limited number of entries, so that it takes milliseconds; anything beyond is not
// found. `read`: the manifests that were read from that root, with paths relative to it.
std::vector<std::string> unread_folders(const files::Tree& tree, const std::string& root, ReadPaths read);

// The first three as one text, "a, b, c and 2 more".
std::string listed(const std::vector<std::string>& folders);

}  // namespace cascade::cli
