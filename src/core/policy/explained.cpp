#include "policy/explained.h"

#include <algorithm>

#include "files/paths.h"
#include "syntax/yaml.h"

namespace cascade::comprehension {
namespace {

using policy::Fault, policy::Mode, syntax::Node, syntax::NodeKind;

constexpr const char* example = "explain: { require: [assisted, risky], risky: [\"src/auth/**\"], mode: warn }";
constexpr std::uint32_t most_small = 200;

struct RequireRow {
  std::string_view name;
  bool Settings::*flag;
};
constexpr RequireRow require_rows[] = {{"all", &Settings::all},           {"assisted", &Settings::assisted},
                                       {"ai-notes", &Settings::ai_notes}, {"edited", &Settings::edited},
                                       {"risky", &Settings::risky_paths}, {"shown", &Settings::shown}};

std::optional<Fault> read_requirement(const Node& item, Settings& settings) {
  for (const RequireRow& row : require_rows)
    if (item.text == row.name) {
      settings.*row.flag = true;
      return std::nullopt;
    }
  return Fault{item.at, "\"" + item.text + "\" is nothing that can be required",
               "one or more of all, assisted, ai-notes, edited, risky, shown"};
}

std::optional<Fault> read_require(const Node& value, Settings& settings) {
  if (value.kind == NodeKind::string) return read_requirement(value, settings);
  if (value.kind != NodeKind::list || value.items.empty()) return Fault{value.at, "expected what is required", example};
  for (const Node& item : value.items)
    if (auto fault = read_requirement(item, settings)) return fault;
  return std::nullopt;
}

std::optional<Fault> read_path_patterns(const Node& value, std::vector<std::string>& patterns) {
  if (value.kind != NodeKind::list) return Fault{value.at, "expected a list of patterns of paths", example};
  for (const Node& item : value.items) {
    if (item.kind != NodeKind::string || item.text.empty()) return Fault{item.at, "expected a pattern", example};
    patterns.push_back(item.text);
  }
  return std::nullopt;
}

Result<Settings> settings_of_text(const std::string& text, const std::string& path) {
  Settings settings;
  if (text.find("explain") == std::string::npos) return settings;
  const syntax::Parsed parsed = syntax::parse_settings(text);
  for (const syntax::Fault& fault : parsed.faults)
    if (fault.kind != syntax::FaultKind::comment_cut)
      return Error{ErrorCode::malformed, fault.message, path + ":" + std::to_string(fault.at.line),
                   "cascade.yaml must be plain YAML"};
  const Node* value = parsed.root.find("explain");
  if (value == nullptr) return settings;
  if (const auto fault = read_settings(*value, settings)) return policy::at_place(*fault, path);
  return settings;
}

}  // namespace

std::optional<Fault> read_settings(const Node& value, Settings& settings) {
  settings.is_set = true;
  if (value.kind == NodeKind::string) return read_requirement(value, settings);
  if (value.kind != NodeKind::map) return Fault{value.at, "expected keys and values", example};
  auto fault = policy::read_keys(
      value, "explain",
      {{"exempt", [&](const Node& given) { return read_path_patterns(given, settings.exempt); }},
       {"mode", [&](const Node& given) { return policy::read_mode(given, settings.mode); }},
       {"require", [&](const Node& given) { return read_require(given, settings); }},
       {"reviewed", [&](const Node& given) { return policy::read_switch(given, settings.reviewed, "reviewed: on"); }},
       {"risky", [&](const Node& given) { return read_path_patterns(given, settings.risky); }},
       {"small", [&](const Node& given) {
          return policy::read_number(given, 0, most_small,
                                     {given.at, "small is not a number from 0 to 200", "small: 10"}, settings.small);
        }}});
  if (fault) return fault;
  if (!settings.all && !settings.assisted && !settings.ai_notes && !settings.edited && !settings.risky_paths)
    settings.assisted = settings.risky_paths = true;
  return std::nullopt;
}

Settings tightened(const Settings& users, const Settings& projects) {
  if (!users.is_set) return projects;
  if (!projects.is_set) return users;
  Settings both = projects;
  both.mode = std::max(users.mode, projects.mode);
  for (const RequireRow& row : require_rows) both.*row.flag = users.*row.flag || projects.*row.flag;
  both.risky.insert(both.risky.end(), users.risky.begin(), users.risky.end());
  both.reviewed = users.reviewed || projects.reviewed;
  both.small = std::min(users.small, projects.small);
  return both;
}

Result<Settings> settings_of_texts(const std::string& users, const std::string& projects) {
  const auto own = settings_of_text(users, "your own cascade.yaml");
  if (!own) return own;
  const auto project = settings_of_text(projects, "cascade.yaml");
  if (!project) return project;
  return tightened(*own, *project);
}

bool may_be_asked_for(const files::Tree& tree, const std::string& users_file, const std::string& directory) {
  const auto speaks_of_it = [&](const std::string& path) {
    const auto text = tree.read_if_there(path, 1 << 20);
    return !text || (*text && (*text)->find("explain") != std::string::npos);
  };
  if (!users_file.empty() && speaks_of_it(users_file)) return true;
  for (std::string folder = files::normalise(directory);; folder = files::parent(folder)) {
    if (speaks_of_it(files::join(folder, "cascade.yaml"))) return true;
    if (files::parent(folder) == folder || folder == ".") return false;
  }
}

Settings asked_for_all() {
  Settings settings;
  settings.all = true;
  settings.mode = Mode::block;
  return settings;
}

}  // namespace cascade::comprehension
