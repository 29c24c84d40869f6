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
};

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
