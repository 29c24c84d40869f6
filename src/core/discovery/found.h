// A root as it is given to discovery, and what is found below it.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/manifest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "client/folders.h"
#include "files/tree.h"

namespace cascade::discovery {

// any: all of these forms. project: only `.claude/`, as the client reads a project. components: skills/, agents/ and
// commands/ directly in it, as the client reads ~/.claude. plugin: an installed plugin, whose names carry the plugin's
// name; a root given by hand never gets a prefix. client: as `form` describes.
enum class RootLayout : std::uint8_t { any, project, components, plugin, client };

struct RootFolder {
  std::string path;  // absolute
  RootLayout layout = RootLayout::any;
  const client::FolderForm* form = nullptr;
  // The user's home with links resolved, for a root that is the user's own: the user's links may lead to the user's
  // files there, as the client follows them. Empty: no link may leave the root.
  std::string links_into = {};
};

// Whether a link out of a root leads to a file or folder of this user, and of nobody else, below `home`, outside of any
// .git. `real`: where it leads.
bool is_own_below(const files::Tree& tree, const std::string& home, const std::string& real);

// One manifest file. Paths are relative to the root. `plugin` is its plugin; `prefixed`: the name includes the
// plugin's ("plugin:name"). `if_declared`: it lies next to folders of skills, and counts only if it has front matter.
struct Found {
  Kind kind = Kind::skill;
  std::string path, component, plugin;
  bool prefixed = false;
  bool if_declared = false;
};

// A folder that was listed, or whose change would matter, with its stamp from before.
struct Watched {
  std::string path;
  files::Stamp stamp;
};

struct Discovery {
  std::vector<Found> manifests;      // by path; each path at most once
  std::vector<std::string> others;   // plugin.json, marketplace.json, .mcp.json, hooks/*.json that were seen
  std::vector<Watched> directories;  // every folder in which a change may add or remove files; by path, each once
  bool settled = true;  // false: a link leads nowhere or out of the root, which no stamp of a folder here would show
  std::vector<Diagnostic> problems;
};

}  // namespace cascade::discovery
