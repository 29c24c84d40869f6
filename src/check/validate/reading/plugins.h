// The content of plugin.json, marketplace.json and .mcp.json that concerns the rest of the tree, read before the rules
// run.
#pragma once

#include <cascade/validate.h>

#include "validate/reading/file_tree.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// A folder with a .claude-plugin, one in the Agent Plugins 1.0 format, or one that a marketplace names as a plugin.
// Paths are those of the tree.
struct PluginFacts {
  std::string base, name;
  std::vector<std::string> listed;  // components named by path: files and folders
  std::vector<std::string> hook_files;
  std::vector<std::string> replaced;  // the folders among agents/ and commands/ in whose stead plugin.json lists files
};

// MCP servers that are declared for `base` and everything below it.
struct ServerFacts {
  std::string base;
  std::set<std::string> servers;
};

struct TreeFacts {
  std::vector<PluginFacts> plugins;  // by base
  std::vector<ServerFacts> servers;  // by base
  std::vector<std::string> vendors;  // folders of marketplaces and plugins whose owner is the client's vendor

  bool grouped_skills = false;  // below the root's skills/ all skills lie in folders of groups

  const PluginFacts* plugin(std::string_view base) const noexcept;
  // Whether the file, its folder or the folder above is listed: as deep as the client looks.
  bool is_listed(std::string_view path) const;
  bool is_of_vendor(std::string_view path) const;
};

// A plugin in the Agent Plugins 1.0 format: plugin.json next to skills/, without a .claude-plugin for the client; and
// the servers of such a plugin, in mcp.json next to it.
bool is_portable_plugin(const FileTree& tree, std::string_view path);
bool is_portable_server_file(const FileTree& tree, std::string_view path);

// Reads everything readable; the rules report the rest.
TreeFacts read_facts(const FileTree& tree, const ValidateRequest& request);

constexpr std::uint64_t max_settings_bytes = 1 << 20;

}  // namespace cascade::validation
