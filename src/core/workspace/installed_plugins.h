// Finds the plugins that are installed and switched on for a project (client 2.1.328: ~/.claude/plugins/
// installed_plugins.json and the enabledPlugins of the settings files).
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::workspace {

// `folders`: absolute folders of plugins, by "name@marketplace". A fault is a file that cannot be read to its end, or
// the folder of a plugin that is switched on and gone.
struct InstalledPlugins {
  std::vector<std::string> folders;
  std::vector<Error> faults;
};

// The plugins of `user.folder` (~/.claude) as a session in `directory` has them. An installation for one project counts
// there alone, and before the user's. What switches a plugin on or off is the first settings file that says something
// about it: the administrator's, the project's local one, the project's, the user's. If one of these exists but cannot
// be read, it is unknown which plugins it switches off, so none is on.
InstalledPlugins installed_plugins(const files::Tree& tree, const client::UserPlace& user,
                                   const std::string& directory);

// Where an installed plugin comes from, as its marketplace says: "acme/tools", or an address. Empty: it does not say.
struct PluginSource {
  std::string plugin;  // "name@marketplace"
  std::string repository, folder;
};

// Of every plugin that is installed for anybody here, switched on or not. Files that cannot be read say nothing.
std::vector<PluginSource> plugin_sources(const files::Tree& tree, const client::UserPlace& user);

}  // namespace cascade::workspace
