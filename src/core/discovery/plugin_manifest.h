// Reads plugin.json and marketplace.json for the locations of manifests (client 2.1.328; docs/formats/sources.md,
// section on plugins).
#pragma once

#include <cascade/diagnostic.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::discovery {

// A component path with its position in the JSON file.
struct ComponentPath {
  std::string path;  // relative to the plugin, normalised, without "./"
  Location at;
};

// An absent list keeps the default folder; `skills` adds to it, `agents` and `commands` replace it.
struct PluginManifest {
  std::string name;
  std::vector<ComponentPath> skills;
  std::optional<std::vector<ComponentPath>> agents, commands;
};

struct MarketplaceEntry {
  PluginManifest plugin;
  std::optional<ComponentPath> source;  // local plugins only; "." is the marketplace itself
};

struct Marketplace {
  std::string name;
  std::vector<MarketplaceEntry> entries;
};

// `path` is the file that findings point to. Problems: PL001 not JSON, PL013 a path that leaves the plugin.
PluginManifest read_plugin_manifest(std::string_view json, const std::string& path, std::vector<Diagnostic>& problems);
Marketplace read_marketplace(std::string_view json, const std::string& path, std::vector<Diagnostic>& problems);

}  // namespace cascade::discovery
