// `cascade init --plugin`: writes a folder with a plugin for every client, and removes it.
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

#include "client/plugin_files.h"
#include "files/tree.h"

namespace cascade::init {

// The files that a self-contained plugin includes; absolute paths. An empty one is left out.
struct PluginSources {
  std::string program, vocabulary, library;
};

// All files of the plugin. With `copy` it contains its program and library and can be moved; otherwise it calls
// `sources.program` in its current place. unreadable: a source.
Result<std::vector<client::PluginFile>> plugin_contents(const files::Tree& tree, const PluginSources& sources,
                                                        const std::string& version, bool copy);

// Writes the files and a list of them with their hashes below `folder`, which is created. Files of an older plugin that
// this one lacks are removed. unwritable: also if the folder contains anything else; then nothing is written.
Result<void> write_plugin(const files::Tree& tree, const std::string& folder,
                          const std::vector<client::PluginFile>& files);

// Removes the listed files that are unchanged, and folders that are empty then. `kept`: files that were changed.
// not_found: there is no plugin of ours.
struct PluginRemoval {
  std::size_t removed = 0;
  std::vector<std::string> kept;
};
Result<PluginRemoval> remove_plugin(const files::Tree& tree, const std::string& folder);

}  // namespace cascade::init
