// Which plugins a user has installed and switched on (client 2.1.328: ~/.claude/plugins/installed_plugins.json and the
// enabledPlugins of settings.json).
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::workspace {

// Absolute folders of plugins, by "name@marketplace"; a fault is a file that cannot be read to its end.
struct InstalledPlugins {
  std::vector<std::string> folders;
  std::vector<Error> faults;
};

// The plugins below `claude_folder` (~/.claude). Those that settings.json switches off are left out, as are folders
// that do not exist. Where settings.json is there and cannot be read, nobody knows which ones it switches off: then
// none is on.
InstalledPlugins installed_plugins(const files::Tree& tree, const std::string& claude_folder);

}  // namespace cascade::workspace
