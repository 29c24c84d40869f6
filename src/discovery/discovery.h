// Which files below a root are manifests, of which kind, in which plugin. Reads names and plugin manifests, no bodies.
//
// A root may be a library folder (skills/, agents/, commands/), a plugin, a marketplace, a project (.claude/), or a
// folder of skills (<name>/SKILL.md); what it is, is found out, and a root may be several of these at once. Manifests
// are found at any depth. Links are followed inside the root only.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/manifest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "client/folders.h"
#include "files/tree.h"

namespace cascade::discovery {

// any: whatever is there. project: `.claude/` only, as the client reads a project. components: skills/, agents/ and
// commands/ right in it, as the client reads ~/.claude. plugin: an installed plugin, whose names carry the plugin's
// name; a root given by hand never gets a prefix.
// client: as `form` says.
enum class RootLayout : std::uint8_t { any, project, components, plugin, client };

struct RootFolder {
  std::string path;  // absolute
  RootLayout layout = RootLayout::any;
  const client::FolderForm* form = nullptr;
};

// One manifest file. Paths are relative to the root. `plugin` is the plugin it belongs to; `prefixed` tells whether its
// name carries it ("plugin:name").
struct Found {
  Kind kind = Kind::skill;
  std::string path, component, plugin;
  bool prefixed = false;
};

// A folder that was listed, or whose change would matter, and what it was before that.
struct Watched {
  std::string path;
  files::Stamp stamp;
};

struct Discovery {
  std::vector<Found> manifests;      // by path; each path at most once
  std::vector<std::string> others;   // plugin.json, marketplace.json, .mcp.json, hooks/*.json that were seen
  std::vector<Watched> directories;  // every folder in which a change may add or remove files; by path, each once
  bool settled = true;  // false: a link leads nowhere or out of the root, which may change without any of these folders
  std::vector<Diagnostic> problems;
};

struct Limits {
  std::uint32_t depth = 32;
  std::uint32_t files = 200'000;
};

// A broken plugin manifest, a link out of the root, an unreadable folder below the root are problems; only a root that
// cannot be listed is an error (not_found, unreadable).
Result<Discovery> discover(const files::Tree& tree, const RootFolder& root, const Limits& limits = {});

}  // namespace cascade::discovery
