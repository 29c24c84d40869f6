// Finds the plugins that a user has installed and switched on (client 2.1.328: ~/.claude/plugins/installed_plugins.json
// and the enabledPlugins of settings.json).
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::workspace {

// `folders`: absolute folders of plugins, by "name@marketplace". A fault is a file that cannot be read to its end.
struct InstalledPlugins {
  std::vector<std::string> folders;
  std::vector<Error> faults;
};

// The plugins below `claude_folder` (~/.claude), without those that settings.json switches off and folders that do not
// exist. If settings.json exists but cannot be read, it is unknown which ones it switches off, so none is on.
InstalledPlugins installed_plugins(const files::Tree& tree, const std::string& claude_folder);

}  // namespace cascade::workspace
