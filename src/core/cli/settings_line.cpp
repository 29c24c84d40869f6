#include "cli/settings_line.h"

#include "files/paths.h"
#include "files/tree.h"
#include "policy/setting.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/one_of.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::cli {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::uint64_t most_of_settings = 1 << 20;

Node tree_of(const std::string& file) {
  const auto text = file.empty() ? Result<std::string>(std::string()) : files::DiskTree().read(file, most_of_settings);
  return text ? syntax::parse_yaml(*text).root : Node();
}

const Node* find_key(const Node& root, std::string_view key) {
  return root.kind == NodeKind::map ? root.find(key) : nullptr;
}

const policy::Setting* setting_of(std::string_view key) {
  for (const policy::Setting& setting : policy::settings())
    if (setting.key == key) return &setting;
  return policy::find_setting(key);
}

// "limits: { max_depth: 4 }" of "limits.max_depth" and "4"; a key that has a name of the user's in it, and a group, are
// written as their example.
std::string line_of(const policy::Setting& setting, std::string_view key, std::string_view value) {
  const bool has_name = std::any_of(key.begin(), key.end(), letters::is_upper);
  if (value.empty() || has_name || setting.key != key) return std::string(setting.example);
  const bool is_list = setting.example.find('[') != std::string_view::npos && value.front() != '[';
  std::string line = (is_list ? "[" : "") + unicode::displayable(value) + (is_list ? "]" : "");
  while (true) {
    const std::size_t dot = key.rfind('.');
    line = std::string(key.substr(dot + 1)) + ": " + line;  // npos + 1 is 0
    if (dot == std::string_view::npos) return line;
    line = "{ " + line + " }";
    key = key.substr(0, dot);
  }
}

}  // namespace

std::string projects_settings(const Environment& environment) {
  const files::DiskTree tree;
  const std::string here = tree.real_path(".").value_or(".");
  for (std::string folder = here; !folder.empty(); folder = files::parent(folder)) {
    const std::string path = files::join(folder, "cascade.yaml");
    if (tree.stat(path) && path != environment.users_configuration) return path;
    if (files::parent(folder) == folder) break;
  }
  return files::join(here, "cascade.yaml");
}

std::string how_to_write(const Environment& environment, std::string_view key, std::string_view value) {
  const policy::Setting* setting = setting_of(key);
  if (setting == nullptr) return {};
  const bool is_own = setting->place != policy::Place::project && !environment.users_configuration.empty();
  const std::string file = is_own ? environment.users_configuration : projects_settings(environment);
  const Node root = tree_of(file);
  const Node* there = find_key(root, setting->outermost());
  const std::string line = line_of(*setting, key, value), path = unicode::displayable(file);
  if (there == nullptr) return "write this line into " + path + ": " + line;
  const bool joins = there->kind == NodeKind::map || there->kind == NodeKind::list;
  return path + " has `" + std::string(setting->outermost()) + "` at line " + std::to_string(there->at.line) +
         (joins ? " already; put this into it: " : ": let it be ") + line;
}

SwitchedOn switched_on_in(const std::string& file) {
  SwitchedOn found;
  const Node root = tree_of(file);
  const Node* systems = find_key(root, "systems");
  if (systems == nullptr || systems->kind != NodeKind::map) return found;
  found.line = systems->at.line;
  for (std::size_t i = 0; i < systems->size(); ++i)
    if (!letters::is_one_of(systems->value(i).text, {"off", "false", "no"}))
      found.systems.push_back(unicode::displayable(systems->key(i).text));
  return found;
}

}  // namespace cascade::cli
