// plugin.json and marketplace.json, as far as they say where manifests lie (client 2.1.328, reference: plugins section
// of docs/formats/sources.md).
#pragma once

#include <cascade/diagnostic.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::discovery {

// A component path with its place in the JSON file.
struct ComponentPath {
  std::string path;  // relative to the plugin, normalised, without "./"
  Location at;
};

// Lists that are absent leave the default folder in force; `skills` adds to it, `agents` and `commands` replace it.
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

// `path` is for the places of findings. Problems: PL001 not JSON, PL013 a path that leaves the plugin.
PluginManifest read_plugin_manifest(std::string_view json, const std::string& path, std::vector<Diagnostic>& problems);
Marketplace read_marketplace(std::string_view json, const std::string& path, std::vector<Diagnostic>& problems);

}  // namespace cascade::discovery
