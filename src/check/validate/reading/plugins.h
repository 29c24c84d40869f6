// The content of plugin.json, marketplace.json and .mcp.json that concerns the rest of the tree, read before the rules
// run.
#pragma once

#include <cascade/validate.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/node.h"

namespace cascade::validation {

// text: the content of another file. below: the names of all files below a folder.
enum class LookAt : std::uint8_t { file, folder, state, text, below };

struct Look {
  LookAt at = LookAt::file;
  std::string path;
  std::uint64_t answer = 0;  // different for different answers
};

using Looks = std::vector<Look>;

// A path from a file as a path of the tree. `escapes`: it leads above the root.
struct ResolvedPath {
  std::string path;
  bool escapes = false;
};

// The request must outlive it. Safe to share between threads if the request's functions are.
class FileTree {
 public:
  explicit FileTree(const ValidateRequest& request);
  // Returns the same tree, which from now on notes queries in `looks`: those for files, folders, states, texts and
  // everything below a folder, but not files().
  FileTree noting(Looks& looks) const;

  // Sorted; without files that the configuration ignores altogether.
  const std::vector<std::string>& files() const noexcept { return *files_; }
  Span<std::string> files_below(const std::string& folder) const;
  bool is_ignored(std::string_view path) const;

  bool has_file(std::string_view path) const;    // O(log files)
  bool has_folder(std::string_view path) const;  // holds a file, at any depth; "" is the root
  PathState state(const std::string& path) const;
  bool exists(const std::string& path) const;
  Result<std::string> read(const std::string& path) const;
  bool is_as_noted(const Look& look) const;

  // Resolves `relative` from `folder` (both with '/'; "" is the root).
  static ResolvedPath resolve(std::string_view folder, std::string_view relative);

 private:
  std::uint64_t note(LookAt at, std::string_view path, std::uint64_t answer) const;
  bool find_file(std::string_view path) const;
  bool find_folder(std::string_view path) const;
  PathState find_state(const std::string& path) const;

  const ValidateRequest& request_;
  std::shared_ptr<const std::vector<std::string>> files_;
  Looks* looks_ = nullptr;
};

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

inline bool is_map(const syntax::Node* node) noexcept { return node != nullptr && node->kind == syntax::NodeKind::map; }
inline bool is_list(const syntax::Node* node) noexcept {
  return node != nullptr && node->kind == syntax::NodeKind::list;
}
inline bool is_text(const syntax::Node* node) noexcept {
  return node != nullptr && node->kind == syntax::NodeKind::string;
}
// Absent, null or a text of blanks.
bool is_nothing(const syntax::Node* value) noexcept;

// The key of an entry, for its place; null if absent. Of equal keys the last, which the client takes.
inline const syntax::Node* key_of(const syntax::Node& map, std::string_view name) noexcept {
  if (map.kind != syntax::NodeKind::map) return nullptr;
  for (std::size_t i = map.size(); i-- > 0;)
    if (map.key(i).text == name) return &map.key(i);
  return nullptr;
}

// The path of the key, value or item that is written at a place: `hooks.PreToolUse[0].matcher`. Empty: none is, or it
// is a key at the top. Linear in the nodes.
std::string path_at(const syntax::Node& root, const syntax::Position& at);

std::string_view describe(syntax::NodeKind kind) noexcept;  // "a list", "a number" ...

}  // namespace cascade::validation
