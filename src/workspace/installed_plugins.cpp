#include "workspace/installed_plugins.h"

#include <map>
#include <optional>

#include "files/paths.h"
#include "syntax/json.h"

namespace cascade::workspace {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::uint64_t max_bytes = 1 << 20;

Node parse(const files::Tree& tree, const std::string& path) {
  auto text = tree.read(path, max_bytes);
  return text ? syntax::parse_json(*text).root : Node{};
}

// Version 1 of the file has one record a plugin, version 2 a list of them; the last of a list is the newest.
std::string install_path(const Node& record) {
  const Node& newest = record.kind == NodeKind::list && !record.items.empty() ? record.items.back() : record;
  const Node* path = newest.find("installPath");
  return path != nullptr && path->kind == NodeKind::string ? path->text : std::string();
}

bool is_switched_off(const Node* enabled, const std::string& plugin) {
  if (enabled == nullptr) return false;
  const Node* setting = enabled->find(plugin);
  return setting != nullptr && setting->kind == NodeKind::boolean && setting->text == "false";
}

}  // namespace

std::vector<std::string> installed_plugins(const files::Tree& tree, const std::string& claude_folder) {
  const Node installed = parse(tree, files::join(claude_folder, "plugins/installed_plugins.json"));
  const Node settings = parse(tree, files::join(claude_folder, "settings.json"));
  const Node* plugins = installed.find("plugins");
  if (plugins == nullptr || plugins->kind != NodeKind::map) return {};
  const Node* enabled = settings.find("enabledPlugins");
  std::map<std::string, std::string> found;
  for (std::size_t i = 0; i < plugins->size(); ++i) {
    const std::string& name = plugins->key(i).text;
    const std::string path = install_path(plugins->value(i));
    if (!files::is_absolute(path) || is_switched_off(enabled, name)) continue;
    auto stamp = tree.stat(path);
    if (stamp && stamp->directory) found[name] = files::normalise(path);
  }
  std::vector<std::string> folders;
  for (auto& [name, path] : found) folders.push_back(std::move(path));
  return folders;
}

}  // namespace cascade::workspace
