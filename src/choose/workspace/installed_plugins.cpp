// A plugin counts as installed if its record names a folder that is there, and as switched on unless a setting says
// otherwise. In doubt it is off: a settings file that cannot be read might be the one that switches a plugin off.
#include "workspace/installed_plugins.h"

#include <algorithm>
#include <map>
#include <optional>

#include "files/paths.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::workspace {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr syntax::NodeLimits limits{.bytes = 8 << 20, .depth = 128, .nodes = 500'000, .alias_nodes = 0};

// Whether JSON with this fault is still read as the client reads it: the last of two equal keys counts.
bool is_harmless(const syntax::Fault& fault) {
  return fault.kind == syntax::FaultKind::duplicate_key || fault.kind == syntax::FaultKind::encoding;
}

// Nothing if the file exists but cannot be read to its end, which is added to `faults`.
std::optional<Node> parse(const files::Tree& tree, const std::string& path, const std::string& consequence,
                          std::vector<Error>& faults) {
  const auto text = tree.read(path, limits.bytes);
  if (!text && text.error().code == ErrorCode::not_found) return Node{};
  std::string what;
  if (!text) {
    what = text.error().message;
  } else {
    syntax::Parsed parsed = syntax::parse_json(*text, limits);
    const auto fault = std::find_if_not(parsed.faults.begin(), parsed.faults.end(), is_harmless);
    if (parsed.complete && fault == parsed.faults.end() && parsed.root.kind == NodeKind::map)
      return std::move(parsed.root);
    what = fault == parsed.faults.end() ? "no JSON object"
                                        : "line " + std::to_string(fault->at.line) + ": " + fault->message;
  }
  faults.push_back({ErrorCode::malformed, "cannot be read (" + what + "); " + consequence, path, "mend the file"});
  return std::nullopt;
}

// Version 1 of the file has one record for each plugin, version 2 a list of them, of which the last is the newest.
std::string install_path(const Node& record) {
  const Node& newest = record.kind == NodeKind::list && !record.items.empty() ? record.items.back() : record;
  return text_of(newest, "installPath");
}

// A value that is neither true nor a list cannot be relied on and counts as off.
bool is_switched_off(const Node* enabled, const std::string& plugin) {
  if (enabled == nullptr || enabled->kind == NodeKind::null) return false;
  if (enabled->kind != NodeKind::map) return true;
  const Node* setting = enabled->find(plugin);
  if (setting == nullptr || setting->kind == NodeKind::list) return false;
  return setting->kind != NodeKind::boolean || setting->text != "true";
}

}  // namespace

InstalledPlugins installed_plugins(const files::Tree& tree, const std::string& claude_folder) {
  InstalledPlugins out;
  const std::string list = files::join(claude_folder, "plugins/installed_plugins.json");
  const auto installed = parse(tree, list, "no plugin is known", out.faults);
  const Node* plugins = installed ? installed->find("plugins") : nullptr;
  if (plugins == nullptr || plugins->kind != NodeKind::map) return out;
  const auto settings =
      parse(tree, files::join(claude_folder, "settings.json"), "every plugin counts as switched off", out.faults);
  if (!settings) return out;
  const Node* enabled = settings->find("enabledPlugins");
  std::map<std::string, std::string> found;
  for (std::size_t i = 0; i < plugins->size(); ++i) {
    const std::string& name = plugins->key(i).text;
    const std::string path = install_path(plugins->value(i));
    if (!files::is_absolute(path) || is_switched_off(enabled, name)) continue;
    auto stamp = tree.stat(path);
    if (stamp && stamp->directory) found[name] = files::normalise(path);
  }
  for (auto& [name, path] : found) out.folders.push_back(std::move(path));
  return out;
}

}  // namespace cascade::workspace
