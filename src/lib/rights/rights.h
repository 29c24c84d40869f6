// Everything that a library permits: tools for agents, tools granted without a question, hooks that run, servers that
// are started, permissions from settings.
#pragma once

#include <cascade/registry.h>
#include <cascade/workspace.h>

#include "rights/right.h"

#include <functional>
#include <string>
#include <vector>

namespace cascade::difference {

// One state of a library. `files`: every file below the root; `read` returns a file's text.
struct LibraryState {
  const Registry& registry;
  const std::vector<std::string>& files;
  std::function<Result<std::string>(const std::string& path)> read;
};

// Of what is opened, which must outlive it.
inline LibraryState state_of(const Registry& registry, const TreeFiles& files) {
  return {registry, files.files(), [&files](const std::string& path) { return files.read(path); }};
}

// The rights of manifests, including those of everything that they call, at any depth, and the rights in settings, hook
// and plugin files. Sorted, each once.
std::vector<Right> rights_of(const LibraryState& state);

// The rights in `more` that nothing in `fewer` covers for the same holder: "every tool" covers each tool, "Bash" covers
// "Bash(git *)".
std::vector<Right> beyond(const std::vector<Right>& more, const std::vector<Right>& fewer);

// Every manifest that a winner reaches through calls and requirements, itself included, by id.
std::vector<ManifestId> reached(const Registry& registry, ManifestId from);

}  // namespace cascade::difference
