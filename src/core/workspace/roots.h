// Chooses the folders to read and their order, and names their files.
#pragma once

#include <cascade/registry.h>
#include <cascade/result.h>
#include <cascade/route.h>
#include <cascade/workspace.h>

#include <string>
#include <string_view>
#include <vector>

#include "client/settings_files.h"
#include "discovery/discovery.h"
#include "files/tree.h"

namespace cascade::workspace {

// `label` is the prefix of a root's paths ("user:"), unique, empty for the first root.
struct SourceRoot {
  discovery::RootFolder folder;
  Scope scope = Scope::project;
  std::string label;
  bool is_named = false;  // by the caller, as with --root; these come first
  bool is_added = false;  // by the user's own file: somebody else's, and no client reads it
};

// The given roots, or the default sources, or both. Missing defaults are left out; a missing given root is not_found.
// `faults`: why plugins could not be chosen, and the added roots that are gone.
Result<std::vector<SourceRoot>> choose_roots(const files::Tree& tree, const WorkspaceOptions& options,
                                             const std::vector<std::string>& configured,
                                             const std::vector<std::string>& added, std::vector<Error>& faults);

// "user:skills/x/SKILL.md" becomes the root labelled "user:" and "skills/x/SKILL.md"; without a label, the first root.
struct SplitPath {
  std::size_t root = 0;
  std::string_view path;
};
SplitPath split(const std::vector<SourceRoot>& roots, std::string_view path) noexcept;

// Source: client 2.1.328, ~/.claude/plugins/installed_plugins.json and the enabledPlugins of the settings files.

// By "name@marketplace". A fault: a file that cannot be read, or the folder of a plugin that is on and gone.
struct InstalledPlugins {
  std::vector<std::string> folders;
  std::vector<Error> faults;
};

// As a session in `directory` has them. An installation for one project counts there alone, and before the user's. The
// first settings file that says something of a plugin decides. If one cannot be read, none is on.
InstalledPlugins installed_plugins(const files::Tree& tree, const client::UserPlace& user,
                                   const std::string& directory);

// Where an installed plugin comes from, as its marketplace says: "acme/tools", or an address. Empty: it does not say.
struct PluginSource {
  std::string plugin;  // "name@marketplace"
  std::string repository, folder;
};

// Of every plugin that is installed for anybody here, switched on or not. Files that cannot be read say nothing.
std::vector<PluginSource> plugin_sources(const files::Tree& tree, const client::UserPlace& user);

// For the router: phrases (docs/formats/triggers-yaml.md), and prompts with answers (docs/formats/prompts-file.md).

constexpr std::string_view overlay_name = "cascade.triggers.yaml";
constexpr std::uint64_t max_overlay_bytes = 64u << 10;
constexpr std::string_view prompts_name = "cascade.prompts";
constexpr std::uint64_t max_prompts_bytes = 512u << 10;

struct Overlays {
  std::vector<Overlay> overlays;       // in the order of roots and lines
  std::vector<std::string> places;     // of each: "/p/cascade.triggers.yaml:3:1"
  std::vector<KnownPrompt> kept_back;  // every third prompt of a manifest, and every third that needs none
  std::vector<std::string> faults;     // "/p/cascade.triggers.yaml:3:1: what"; what is faulty is left out
  std::string text;                    // of all files, since an index depends on it
};

// A missing file is no fault. Of the user's folder as a root, those of the clients' folders in it are read.
Overlays read_overlays(const files::Tree& tree, const std::vector<SourceRoot>& roots, const std::string& home = {});

// Entries whose name no manifest has, or several. `is_whole`: false where the registry lacks sources that others read.
std::vector<std::string> unmet(const Overlays& overlays, const Registry& registry, bool is_whole);

void parse_overlay(std::string_view text, const std::string& path, Overlays& into);
// The prompts that are not kept back teach, as phrases do.
void parse_own_prompts(std::string_view text, const std::string& path, Overlays& into);

}  // namespace cascade::workspace
