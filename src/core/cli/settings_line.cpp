#include "cli/settings.h"

#include <algorithm>
#include <map>

#include "files/paths.h"
#include "files/tree.h"
#include "policy/setting.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "workspace/configuration.h"

namespace cascade::cli {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr std::uint64_t most_of_settings = 1 << 20;

Node tree_of(const std::string& file) {
  const auto text = file.empty() ? Result<std::string>(std::string()) : files::DiskTree().read(file, most_of_settings);
  return text ? syntax::parse_yaml(*text).root : Node();
}

const Node* find_key(const Node& root, std::string_view key) {
  return root.kind == NodeKind::map ? root.find(key) : nullptr;
}

const policy::Setting* setting_of(std::string_view key) {
  const policy::Setting* const setting = letters::find_first(policy::settings(), &policy::Setting::key, key);
  return setting != nullptr ? setting : policy::find_setting(key);
}

// "limits: { max_depth: 4 }" of "limits.max_depth" and "4"; a key that has a name of the user's in it, and a group, are
// written as their example.
std::string line_of(const policy::Setting& setting, std::string_view key, std::string_view value) {
  const bool has_name = std::ranges::any_of(key, letters::is_upper);
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

// A setting that cannot be read has no value in force; the rest of the page is the same without it.
using InForce = std::map<std::string, SettingInForce, std::less<>>;

InForce values_here(const Call& call) {
  InForce values;
  const auto workspace = Workspace::open(call.workspace_options());
  if (!workspace) return values;
  const auto settings =
      settings_in_force(call.environment(), call.options(), *workspace, files::DiskTree().real_path(".").value_or("/"));
  if (!settings) return values;
  for (const SettingInForce& setting : *settings) values.emplace(setting.name, setting);
  return values;
}

constexpr letters::Names<policy::Place::both> place_words("a project's file", "a project's file, your own");
std::string_view place_of(policy::Place place) { return place_words.of(place); }

bool is_asked(std::string_view key, std::string_view name) {
  return name.empty() || key == name || (key.substr(0, name.size()) == name && key[name.size()] == '.');
}

std::string row(const policy::Setting& setting, const InForce& values) {
  std::string text = "\n" + std::string(setting.key) + "\n    " + std::string(setting.meaning) + "\n    values: ";
  text.append(setting.values).append("\n    default: ").append(setting.usual);
  auto here = values.find(setting.key);
  if (here == values.end()) here = values.find(setting.outermost());
  if (here != values.end()) {
    text += "; here: " + here->second.value;
    if (here->second.from != "default") text += " (" + here->second.from + ")";
    if (!here->second.note.empty()) text += "; " + here->second.note;
  }
  text.append("\n    in: ").append(place_of(setting.place));
  return text.append("\n    example: ").append(setting.example) += '\n';
}

std::vector<client::HookPlace> hook_files(const Environment& environment, const std::vector<std::string>& directories) {
  std::vector<client::HookPlace> files;
  for (const client::Dialect* const client : client::dialects()) {
    for (const std::string& directory : directories)
      for (client::HookPlace& file : client::hook_files_of_project(*client, directory))
        files.push_back(std::move(file));
    if (std::string path = user_settings(environment, client->settings); path.ends_with(".json"))
      files.push_back({client, std::move(path)});
  }
  return files;
}

std::vector<Diagnostic> faults_in(const Call& call, std::vector<std::string> directories,
                                  std::vector<client::HookPlace> hook_files, const std::vector<Diagnostic>& problems) {
  workspace::SettingPlaces places;
  places.hook_files = std::move(hook_files);
  places.directories = std::move(directories);
  places.users_file = call.environment().users_configuration;
  places.home = call.environment().home;
  places.is_allowed = call.workspace_options().is_allowed;
  return workspace::setting_faults(files::DiskTree(), places, problems);
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

std::optional<Error> fault_of_value(const Environment& environment, std::string_view key, std::string_view value) {
  const policy::Setting* setting = setting_of(key);
  if (setting == nullptr || value.empty()) return std::nullopt;
  const std::string path(key), line = line_of(*setting, key, value);
  const workspace::Configuration read = workspace::read_configuration(line, path, "/", environment.home);
  if (read.faults.empty()) return std::nullopt;
  const Error& fault = read.faults.front();
  return Error{ErrorCode::misuse, fault.message, path,
               (fault.help.empty() ? "" : fault.help + "; ") + "an example: " + how_to_write(environment, key, "")};
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

std::string settings_help(const Call& call, const std::string& name) {
  const InForce values = values_here(call);
  std::string rows;
  for (const policy::Setting& setting : policy::settings())
    if (is_asked(setting.key, name)) rows += row(setting, values);
  if (rows.empty() || !name.empty()) return rows.empty() ? rows : rows.substr(1);
  const std::string& own = call.environment().users_configuration;
  return "The keys of cascade.yaml\n\n"
         "A project's file is the nearest cascade.yaml in or above the folder where you work; your own is\n" +
         (own.empty() ? "in ~/.config/cascade" : own) +
         ".\n`cascade config` shows what is in force, `cascade doctor` what is wrong, `cascade help cascade-yaml` how\n"
         "the files are read. A word in capitals is a name that you choose.\n" +
         rows;
}

std::string values_of_settings(std::string_view name) {
  std::string lines;
  for (const policy::Setting& setting : policy::settings())
    if (is_asked(setting.key, name) && setting.values.find(" | ") != std::string_view::npos)
      lines.append("\n").append(setting.key).append(" takes ").append(setting.values);
  return lines.empty() ? lines : "\n" + lines.substr(1) + "\n";
}

std::vector<Diagnostic> faults_of_settings(const Call& call, std::vector<std::string> directories,
                                           const std::vector<Diagnostic>& problems) {
  auto files = hook_files(call.environment(), directories);
  return faults_in(call, std::move(directories), std::move(files), problems);
}

std::optional<Exit> tell_faulty_settings(Call& call, std::vector<std::string> directories) {
  const std::string& own = call.environment().users_configuration;
  bool stops = false;
  // Those of the usual client in a project are findings of the rules.
  std::vector<client::HookPlace> files = hook_files(call.environment(), directories);
  const auto is_file = [tree = files::DiskTree()](const std::string& path) {
    const auto stamp = tree.stat(path);
    return stamp && !stamp->directory;
  };
  const std::string users = user_settings(call.environment(), client::usual_dialect().settings);
  std::erase_if(files, [&](const client::HookPlace& file) {
    return file.client == &client::usual_dialect() && file.path != users && is_file(file.path);
  });
  for (const Diagnostic& fault : faults_in(call, std::move(directories), std::move(files), {})) {
    const bool is_own = !own.empty() && fault.at.path.compare(0, own.size(), own) == 0;
    std::string text = unicode::displayable(fault.at.path + ": " + fault.message);
    if (!fault.help.empty()) text += "\n  help: " + unicode::displayable(fault.help);
    if (fault.severity == Severity::error && !is_own) {
      call.console().complain(text);
      stops = true;
    } else if (!call.options().quiet) {
      call.console().note(text);
    }
  }
  return stops ? std::optional(Exit::misuse) : std::nullopt;
}

}  // namespace cascade::cli
