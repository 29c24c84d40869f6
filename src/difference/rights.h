// What a library lets happen: tools that agents use, tools that are granted without a question, hooks that run, servers
// that are started, permissions that settings give.
#pragma once

#include <cascade/registry.h>

#include "difference/right.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::difference {

// One state of a library. `files`: every file below the root; `read` gives the text of one.
struct LibraryState {
  const Registry& registry;
  const std::vector<std::string>& files;
  std::function<Result<std::string>(const std::string& path)> read;
};

// Of manifests their own and those of what they call, at any depth; of settings, hook and plugin files what they say.
// Sorted, each once.
std::vector<Right> rights_of(const LibraryState& state);

// Those of `more` that nothing in `fewer` covers for the same holder: "every tool" covers each tool, "Bash" covers
// "Bash(git *)".
std::vector<Right> beyond(const std::vector<Right>& more, const std::vector<Right>& fewer);

// Every manifest that a winner reaches through calls and requirements, itself included, by id.
std::vector<ManifestId> reached(const Registry& registry, ManifestId from);

}  // namespace cascade::difference
