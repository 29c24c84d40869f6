// Which plugins a user has installed and switched on (client 2.1.328: ~/.claude/plugins/installed_plugins.json and the
// enabledPlugins of settings.json).
#pragma once

#include <string>
#include <vector>

#include "files/tree.h"

namespace cascade::workspace {

// Absolute folders of the plugins below `claude_folder` (~/.claude), by "name@marketplace". Those that settings.json
// switches off are left out, as are folders that do not exist. Unreadable files mean none.
std::vector<std::string> installed_plugins(const files::Tree& tree, const std::string& claude_folder);

}  // namespace cascade::workspace
