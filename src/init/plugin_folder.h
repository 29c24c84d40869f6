// `cascade init --plugin`: a folder with a plugin for every client, and its removal.
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

#include "client/plugin_files.h"
#include "files/tree.h"

namespace cascade::init {

// What a plugin that stands on its own brings along; absolute paths. An empty one is left out.
struct PluginSources {
  std::string program, vocabulary, library;
};

// All files of the plugin. With `copy` it brings its program and library along and can be taken elsewhere; else it
// calls `sources.program` where that lies. unreadable: a source.
Result<std::vector<client::PluginFile>> plugin_contents(const files::Tree& tree, const PluginSources& sources,
                                                        const std::string& version, bool copy);

// Writes them, and a list of them with their hashes, below `folder`, which is made. What an older plugin had there and
// this one has not goes. unwritable: also where the folder holds something else; then nothing is written.
Result<void> write_plugin(const files::Tree& tree, const std::string& folder,
                          const std::vector<client::PluginFile>& files);

// Removes what the list names and nobody changed, and folders that are empty then. `kept`: what was changed since.
// not_found: there is no plugin of ours.
struct PluginRemoval {
  std::size_t removed = 0;
  std::vector<std::string> kept;
};
Result<PluginRemoval> remove_plugin(const files::Tree& tree, const std::string& folder);

}  // namespace cascade::init
