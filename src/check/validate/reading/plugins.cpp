// Reads what the plugin files of a tree declare, before any rule runs: plugin.json, entries of a marketplace, and
// files with MCP servers. Facts of one folder are merged by its path, because an entry of a marketplace and the
// plugin's own file may both describe it. Broken files give no facts here; rules report them.
#include "validate/reading/plugins.h"

#include <algorithm>
#include <map>

#include "files/paths.h"
#include "hash/content_hash.h"
#include "syntax/json.h"
#include "text/ascii.h"
#include "text/names.h"

namespace cascade::validation {
namespace {

using syntax::Node, syntax::NodeKind;

// Returns every string of a path value: one path, a list of them, or the `source`s of a map.
std::vector<std::string> paths_in(const Node* value) {
  std::vector<std::string> paths;
  if (value == nullptr) return paths;
  const auto add = [&](const Node& node) {
    if (node.kind == NodeKind::string) paths.push_back(node.text);
  };
  add(*value);
  if (value->kind == NodeKind::list)
    for (const Node& item : value->items) add(item);
  if (value->kind == NodeKind::map)
    for (std::size_t i = 0; i < value->size(); ++i)
      if (const Node* source = value->value(i).find("source")) add(*source);
  return paths;
}

bool has_grouped_skills(const FileTree& tree) {
  bool any = false;
  for (const std::string& path : tree.files_below("skills")) {
    if (files::file_name(path) != "SKILL.md") continue;
    if (std::count(path.begin(), path.end(), '/') <= 2) return false;
    any = true;
  }
  return any;
}

class Reader {
 public:
  Reader(const FileTree& tree, const ValidateRequest& request) : tree_(tree), request_(request) {}

  TreeFacts run() {
    for (const std::string& path : tree_.files()) {
      if (path.ends_with(".claude-plugin/plugin.json"))
        plugin(path, base_of(path));
      else if (is_portable_plugin(tree_, path))
        plugin(path, std::string(files::parent(path)));
      else if (path.ends_with(".claude-plugin/marketplace.json"))
        marketplace(path);
      else if (files::file_name(path) == ".mcp.json" || is_portable_server_file(tree_, path))
        servers(std::string(files::parent(path)), read(path));
    }
    TreeFacts facts;
    for (auto& [base, plugin] : plugins_) facts.plugins.push_back(std::move(plugin));
    facts.vendors = std::move(vendors_);
    facts.grouped_skills = has_grouped_skills(tree_);
    for (auto& [base, names] : servers_) facts.servers.push_back({base, std::move(names)});
    return facts;
  }

 private:
  Node read(const std::string& path) const {
    const auto text = request_.read(path);
    if (!text || text->size() > max_settings_bytes) return {};
    return syntax::parse_json(*text).root;
  }

  // The folder above .claude-plugin.
  static std::string base_of(const std::string& path) { return std::string(files::parent(files::parent(path))); }

  void plugin(const std::string& path, const std::string& base) {
    const Node root = read(path);
    note_owner(base, root.find("author"));
    describe(base, root);
    if (root.kind != NodeKind::map) return;
    for (const char* key : {"agents", "commands"})
      if (root.find(key) != nullptr) plugins_[base].replaced.push_back(files::join(base, key));
  }

  void describe(const std::string& base, const Node& root) {
    PluginFacts& facts = plugins_[base];
    facts.base = base;
    if (root.kind != NodeKind::map) return;
    if (const Node* name = root.find("name"); name != nullptr && facts.name.empty()) facts.name = name->text;
    for (const char* key : {"skills", "agents", "commands"})
      for (const std::string& listed : paths_in(root.find(key))) add_path(base, listed, facts.listed);
    for (const std::string& hooks : paths_in(root.find("hooks"))) add_path(base, hooks, facts.hook_files);
    const Node* own = root.find("mcpServers");
    if (is_map(own)) add_servers(base, *own);
    for (const std::string& file : paths_in(own)) {
      const ResolvedPath path = FileTree::resolve(base, file);
      if (tree_.has_file(path.path)) servers(base, read(path.path));
    }
  }

  static void add_path(const std::string& base, const std::string& written, std::vector<std::string>& out) {
    const ResolvedPath path = FileTree::resolve(base, written);
    if (!path.escapes) out.push_back(path.path);
  }

  void marketplace(const std::string& path) {
    const std::string base = base_of(path);
    const Node root = read(path);
    note_owner(base, root.find("owner"));
    const Node* entries = root.find("plugins");
    if (!is_list(entries)) return;
    const Node* metadata = root.find("metadata");
    const Node* plugin_root = metadata == nullptr ? nullptr : metadata->find("pluginRoot");
    for (const Node& entry : entries->items) {
      const Node* source = entry.find("source");
      if (!is_text(source)) continue;
      const bool bare = plugin_root != nullptr && source->text.find('/') == std::string::npos && source->text != ".";
      const ResolvedPath folder = FileTree::resolve(base, bare ? plugin_root->text + "/" + source->text : source->text);
      if (!folder.escapes && tree_.has_folder(folder.path)) describe(folder.path, entry);
    }
  }

  // A file with the servers below "mcpServers", or at the top as in plugins.
  void servers(const std::string& base, const Node& root) {
    if (root.kind != NodeKind::map) return;
    const Node* named = root.find("mcpServers");
    add_servers(base, named == nullptr ? root : *named);
  }

  void add_servers(const std::string& base, const Node& map) {
    std::set<std::string>& names = servers_[base];
    if (map.kind != NodeKind::map) return;
    for (std::size_t i = 0; i < map.size(); ++i) names.insert(map.key(i).text);
  }

  void note_owner(const std::string& base, const Node* owner) {
    const Node* name = is_map(owner) ? owner->find("name") : owner;
    if (name != nullptr && letters::starts_with_lower(name->text, "anthropic")) vendors_.push_back(base);
  }

  const FileTree& tree_;
  const ValidateRequest& request_;
  std::vector<std::string> vendors_;
  std::map<std::string, PluginFacts> plugins_;
  std::map<std::string, std::set<std::string>> servers_;
};

}  // namespace

const PluginFacts* TreeFacts::plugin(std::string_view base) const noexcept {
  return letters::find_first(plugins, &PluginFacts::base, base);
}

bool TreeFacts::is_listed(std::string_view path) const {
  const std::string_view folder = files::parent(path);
  for (const PluginFacts& facts : plugins)
    for (const std::string& listed : facts.listed)
      if (listed == path || listed == folder || listed == files::parent(folder)) return true;
  return false;
}

bool TreeFacts::is_of_vendor(std::string_view path) const {
  return std::ranges::any_of(vendors,
                             [&](const std::string& base) { return base.empty() || path.starts_with(base + "/"); });
}

bool is_portable_plugin(const FileTree& tree, std::string_view path) {
  if (files::file_name(path) != "plugin.json") return false;
  const std::string base(files::parent(path));
  return tree.has_folder(files::join(base, "skills")) &&
         !tree.has_file(files::join(base, ".claude-plugin/plugin.json"));
}

bool is_portable_server_file(const FileTree& tree, std::string_view path) {
  return files::file_name(path) == "mcp.json" &&
         tree.has_file(files::join(std::string(files::parent(path)), "plugin.json"));
}

TreeFacts read_facts(const FileTree& tree, const ValidateRequest& request) { return Reader(tree, request).run(); }

namespace {

using syntax::Position;

bool is_written_at(const Node& node, const Position& at) {
  if (node.at.line != at.line || node.at.column > at.column) return false;
  const bool scalar = node.kind != NodeKind::map && node.kind != NodeKind::list;
  return node.at.column == at.column ||
         (scalar && (node.end.line > at.line || (node.end.line == at.line && at.column < node.end.column)));
}

std::string step(const std::string& key) {
  const bool plain = !key.empty() && std::all_of(key.begin(), key.end(), letters::is_name);
  return plain ? "." + key : "[\"" + key + "\"]";
}

// Adds the steps below `node`; false: nothing below is written there.
bool find(const Node& node, const Position& at, std::string& path, std::size_t& depth) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    const bool map = node.kind == syntax::NodeKind::map;
    const Node& value = map ? node.value(i) : node.items[i];
    const std::size_t before = path.size();
    path += map ? step(node.key(i).text) : "[" + std::to_string(i) + "]";
    ++depth;
    if ((map && is_written_at(node.key(i), at)) || is_written_at(value, at) || find(value, at, path, depth))
      return true;
    --depth;
    path.resize(before);
  }
  return false;
}

}  // namespace

std::string path_at(const syntax::Node& root, const syntax::Position& at) {
  std::string path;
  std::size_t depth = 0;
  if (!find(root, at, path, depth) || depth < 2) return {};
  return path.front() == '.' ? path.substr(1) : path;
}

bool is_nothing(const syntax::Node* value) noexcept {
  return value == nullptr || value->kind == syntax::NodeKind::null ||
         (is_text(value) && letters::trim(value->text).empty());
}

std::string_view describe(NodeKind kind) noexcept {
  static constexpr letters::Names<NodeKind::map> kinds("nothing", "true or false", "a number", "a text", "a list",
                                                       "a map");
  return kinds.of(kind);
}

// The files that rules may ask about: one sorted list, searched by halves, so that a folder is there if a path begins
// with its name. What a rule asks is noted with the answer (Looks). A cached result of a file holds as long as asking
// again gives the same answers, so a file that appears elsewhere makes the cache miss only where it matters.

FileTree::FileTree(const ValidateRequest& request) : request_(request) {
  auto files = std::make_shared<std::vector<std::string>>();
  files->reserve(request.files.size());
  for (const std::string& path : request.files)
    if (!is_ignored(path)) files->push_back(path);
  letters::sort_once(*files);
  files_ = std::move(files);
}

FileTree FileTree::noting(Looks& looks) const {
  FileTree tree = *this;
  tree.looks_ = &looks;
  return tree;
}

std::uint64_t FileTree::note(LookAt at, std::string_view path, std::uint64_t answer) const {
  if (looks_ != nullptr) looks_->push_back({at, std::string(path), answer});
  return answer;
}

bool FileTree::is_ignored(std::string_view path) const {
  return std::ranges::any_of(request_.policy.ignore, [&](const Ignore& ignore) {
    return ignore.rules.empty() && files::matches_glob(ignore.path, path);
  });
}

bool FileTree::find_file(std::string_view path) const { return std::ranges::binary_search(*files_, path); }

bool FileTree::find_folder(std::string_view path) const {
  if (path.empty() || path == ".") return true;
  const std::string prefix = std::string(path) + "/";
  const auto found = std::ranges::lower_bound(*files_, prefix);
  return found != files_->end() && found->starts_with(prefix);
}

PathState FileTree::find_state(const std::string& path) const {
  if (request_.look) return request_.look(path);
  if (find_file(path)) return PathState::file;
  return find_folder(path) ? PathState::folder : PathState::missing;
}

namespace {

// Answers are kept as numbers: a text by its hash, 0 if it cannot be read.
std::uint64_t number_of(const Result<std::string>& text) { return text ? hash::hash64(*text) : 0; }

std::uint64_t number_of(const Span<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += name + '\n';
  return hash::hash64(all);
}

}  // namespace

bool FileTree::has_file(std::string_view path) const { return note(LookAt::file, path, find_file(path) ? 1 : 0) != 0; }

bool FileTree::has_folder(std::string_view path) const {
  return note(LookAt::folder, path, find_folder(path) ? 1 : 0) != 0;
}

PathState FileTree::state(const std::string& path) const {
  const PathState found = find_state(path);
  note(LookAt::state, path, static_cast<std::uint64_t>(found));
  return found;
}

bool FileTree::exists(const std::string& path) const {
  return has_file(path) || has_folder(path) || state(path) != PathState::missing;
}

// Sorted paths below one folder lie next to each other. O(log files + found), without a copy.
Span<std::string> FileTree::files_below(const std::string& folder) const {
  const std::string prefix = folder + "/";
  const auto begin = std::ranges::lower_bound(*files_, prefix);
  auto end = begin;
  while (end != files_->end() && end->starts_with(prefix)) ++end;
  const Span<std::string> found{files_->data() + (begin - files_->begin()), static_cast<std::size_t>(end - begin)};
  if (looks_ != nullptr) note(LookAt::below, folder, number_of(found));
  return found;
}

Result<std::string> FileTree::read(const std::string& path) const {
  auto text = request_.read(path);
  if (looks_ != nullptr) note(LookAt::text, path, number_of(text));
  return text;
}

bool FileTree::is_as_noted(const Look& look) const {
  switch (look.at) {
    case LookAt::file: return look.answer == (find_file(look.path) ? 1 : 0);
    case LookAt::folder: return look.answer == (find_folder(look.path) ? 1 : 0);
    case LookAt::state: return look.answer == static_cast<std::uint64_t>(find_state(look.path));
    case LookAt::text: return look.answer == number_of(request_.read(look.path));
    case LookAt::below: return look.answer == number_of(files_below(look.path));
  }
  return false;
}

ResolvedPath FileTree::resolve(std::string_view folder, std::string_view relative) {
  if (files::is_absolute(relative)) return {std::string(relative), true};
  std::string path = files::normalise(files::join(folder, relative));
  if (path == ".") path.clear();
  const bool escapes = path == ".." || path.starts_with("../");
  return {std::move(path), escapes};
}

}  // namespace cascade::validation
