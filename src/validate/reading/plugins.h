// What plugin.json, marketplace.json and .mcp.json say about the rest of the tree, read before the rules run.
#pragma once

#include <cascade/validate.h>

#include "validate/reading/file_tree.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// One folder with a .claude-plugin, one after Agent Plugins 1.0, or that a marketplace names as a plugin. Paths are of
// the tree.
struct PluginFacts {
  std::string base, name;
  std::vector<std::string> listed;  // components named by path: files and folders
  std::vector<std::string> hook_files;
};

// MCP servers that are declared for `base` and everything below it.
struct ServerFacts {
  std::string base;
  std::set<std::string> servers;
};

struct TreeFacts {
  std::vector<PluginFacts> plugins;  // by base
  std::vector<ServerFacts> servers;  // by base
  std::vector<std::string> vendors;  // folders of marketplaces and plugins that name the client's vendor as their owner

  const PluginFacts* plugin(std::string_view base) const noexcept;
  // Itself, its folder or the folder above that: as deep as the client looks.
  bool is_listed(std::string_view path) const;
  bool is_of_vendor(std::string_view path) const;
};

// A plugin after Agent Plugins 1.0: plugin.json beside skills/, where no .claude-plugin says it in the client's way;
// and the servers of such a plugin, mcp.json beside it.
bool is_portable_plugin(const FileTree& tree, std::string_view path);
bool is_portable_server_file(const FileTree& tree, std::string_view path);

// Reads what can be read; what is broken is for the rules to report.
TreeFacts read_facts(const FileTree& tree, const ValidateRequest& request);

constexpr std::uint64_t max_settings_bytes = 1 << 20;

}  // namespace cascade::validation
