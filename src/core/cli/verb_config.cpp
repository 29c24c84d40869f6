// Both files are read as plain trees, which say where each key stands. What is in force comes from the same functions
// that the verbs and the guard use, so a value shown here cannot differ from the one that applies; the places are then
// those whose own value is the one in force.
#include "cli/call.h"
#include "cli/hook_entries.h"
#include "cli/settings.h"
#include "files/paths.h"
#include "files/tree.h"
#include "listed/standing.h"
#include "policy/policy.h"
#include "policy/setting.h"
#include "render/parts.h"
#include "syntax/put.h"
#include "syntax/yaml.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "workspace/configuration.h"

#include <algorithm>

namespace cascade::cli {
namespace {

using policy::Policy, syntax::Node, syntax::NodeKind;

constexpr std::string_view by_default = "default";
constexpr std::uint64_t max_bytes = 1 << 20;

// A file of settings. Empty path: there is none.
struct File {
  std::string path;
  Node root;
  Policy own;             // what it says of the systems, by itself
  bool is_obeyed = true;  // false: another user's
  bool waits = false;     // so does what it loosens, as it is another's or came with a clone
  const Node* find(std::string_view name) const {
    const std::size_t dot = name.find('.');
    const Node* value = root.kind == NodeKind::map ? root.find(name.substr(0, dot)) : nullptr;
    if (value == nullptr || dot == std::string_view::npos) return value;
    return value->kind == NodeKind::map ? value->find(name.substr(dot + 1)) : nullptr;
  }
  std::string place(const Node& node) const { return path + ":" + std::to_string(node.at.line); }
};

File parsed(std::string path, std::string_view text) {
  File file;
  file.path = std::move(path);
  file.root = syntax::parse_yaml(text).root;
  for (std::size_t i = 0; file.root.kind == NodeKind::map && i < file.root.size(); ++i)
    static_cast<void>(policy::read_key(file.root.key(i).text, file.root.value(i), file.own));
  return file;
}

File users_file(const files::Tree& tree, const std::string& path) {
  const auto text = path.empty() ? Result<std::string>(std::string()) : tree.read(path, max_bytes);
  return text && !path.empty() ? parsed(path, *text) : File();
}

// The nearest cascade.yaml, at or above the folder.
File projects_file(const files::Tree& tree, const Environment& environment, const std::string& directory) {
  for (std::string folder = files::normalise(directory);; folder = files::parent(folder)) {
    const std::string path = files::join(folder, "cascade.yaml");
    if (const auto text = tree.read_own(folder, "cascade.yaml", max_bytes)) {
      File file = path == environment.users_configuration ? File() : parsed(path, *text);
      const auto own = tree.is_own(path), own_folder = tree.is_own(folder);
      const bool is_allowed = allowed_by_user(environment)(path);
      file.is_obeyed = (own && *own && own_folder && *own_folder) || is_allowed;
      file.waits = !file.is_obeyed || (!is_allowed && !listing::clone_around(tree, folder, environment.home).empty());
      return file;
    }
    if (files::parent(folder) == folder || files::parent(folder).empty()) return {};
  }
}

// A value in the flow form of YAML.
std::string flow(const Node& node) {
  if (node.kind == NodeKind::null) return "[]";
  std::string text;
  if (node.kind == NodeKind::list) {
    for (const Node& item : node.items) text += (text.empty() ? "[" : ", ") + flow(item);
    return text.empty() ? "[]" : text + "]";
  }
  if (node.kind != NodeKind::map) return node.text;
  for (std::size_t i = 0; i < node.size(); ++i)
    text += (text.empty() ? "{ " : ", ") + node.key(i).text + ": " + flow(node.value(i));
  return text.empty() ? "{}" : text + " }";
}

// The address without what stands before the host, which may be a password.
std::string without_password(const std::string& address) {
  const std::size_t begin = address.find("://"), at = address.rfind('@');
  if (begin == std::string::npos || at == std::string::npos || at < begin) return address;
  return address.substr(0, begin + 3) + "..." + address.substr(at);
}

class Collected {
 public:
  Collected(const File& users, const File& projects, const Policy& both)
      : users_(users), projects_(projects), both_(both) {}

  // A key that only the nearest file decides; with `anybodys` whoever wrote it.
  void of_project(std::string name, std::string usual, bool anybodys = false) {
    const Node* node = projects_.find(name);
    const bool is_set = node != nullptr && (anybodys || projects_.is_obeyed);
    add(std::move(name), is_set ? flow(*node) : std::move(usual), is_set ? projects_.place(*node) : "");
    if (node != nullptr && !is_set) wait(*node, flow(*node), projects_.path);
  }

  // The places of the key in those files of the two whose value counts.
  template <typename Counts>
  std::string places(std::string_view name, const Counts& counts) const {
    std::string from;
    for (const File* file : {&users_, &projects_})
      if (const Node* node = file->find(name); node != nullptr && counts(*file, *node))
        from += (from.empty() ? "" : ", ") + file->place(*node);
    return from;
  }

  // A key that both files may set: `value` shows it as a policy has it; the files whose own value is in force are
  // named.
  template <typename Value>
  void of_both(const std::string& name, const Value& value) {
    const std::string in_force = value(both_);
    add(name, in_force, places(name, [&](const File& file, const Node&) { return value(file.own) == in_force; }));
  }

  // A map or list to which both files add: its names are shown, and every file that has the key is named. `sleeps`: the
  // project's waits for the user's word.
  void joined(const std::string& name, const std::string& value, bool sleeps = false) {
    sleeps = sleeps && !both_.asleep.empty();
    const Node* const asleep = sleeps ? projects_.find(name) : nullptr;
    add(name, value.empty() ? "none" : value,
        places(name, [&](const File& file, const Node&) { return !sleeps || &file == &users_; }));
    if (asleep != nullptr) wait(*asleep, without_password(flow(*asleep)), both_.asleep);
  }

  // The last setting has another value in the project's file, which has no effect before the user's word.
  void wait(const Node& node, const std::string& value, const std::string& to_allow) {
    SettingInForce& row = rows_.back();
    if (value == row.value) return;
    row.waiting = unicode::displayable(value);
    row.note = "`" + row.waiting + "` at " + projects_.place(node) + " waits for your word: cascade allow " + to_allow;
  }

  // What both files say, as it is written.
  std::string written(std::string_view name) const {
    std::string all;
    for (const File* file : {&users_, &projects_})
      if (const Node* node = file->find(name)) all += (all.empty() ? "" : " and ") + flow(*node);
    return all;
  }

  void add(std::string name, const std::string& value, const std::string& from) {
    rows_.push_back({std::move(name), unicode::displayable(value), from.empty() ? std::string(by_default) : from, {}});
  }

  // Of the last setting a part waits.
  void wait_in_part(std::string waiting, std::string note) {
    rows_.back().waiting = std::move(waiting);
    rows_.back().note = std::move(note);
  }

  // The keys of the files that are none of the settings above.
  void others() {
    for (const File* file : {&projects_, &users_})
      for (std::size_t i = 0; file->is_obeyed && file->root.kind == NodeKind::map && i < file->root.size(); ++i) {
        const std::string &key = file->root.key(i).text, group = key + ".";
        const bool is_known = std::ranges::any_of(rows_, [&](const SettingInForce& row) {
          return row.name == key || row.name.compare(0, group.size(), group) == 0;
        });
        if (!is_known) add(key, flow(file->root.value(i)), file->place(file->root.value(i)));
      }
  }

  const File& projects() const { return projects_; }
  std::vector<SettingInForce> take() && { return std::move(rows_); }

 private:
  const File &users_, &projects_;
  const Policy& both_;
  std::vector<SettingInForce> rows_;
};

std::string on_off(bool on) { return on ? "on" : "off"; }

void add_rules(Collected& all) {
  const RulePolicy usual;
  all.of_project("profile", usual.profile);
  all.of_project("fail_on", std::string(to_string(usual.fail_on)));
  for (const char* key : {"rules", "ignore"}) all.of_project(key, "none");
  const RuleLimits& limits = usual.limits;
  all.of_project("limits.listing_budget", std::to_string(limits.listing_budget));
  all.of_project("limits.bundle_budget", std::to_string(limits.bundle_budget));
  all.of_project("limits.max_agents_per_skill", std::to_string(limits.max_agents_per_skill));
  all.of_project("limits.max_depth", std::to_string(limits.max_depth));
  for (const char* key : {"known.tools", "known.mcp_servers", "known.models", "known.agents"})
    all.of_project(key, "none");
}

bool names_default_sources(const Node& roots) {
  return roots.text == workspace::default_sources ||
         std::ranges::any_of(roots.items, [](const Node& root) { return root.text == workspace::default_sources; });
}

// What of a project's `roots` has no effect until the user allows it: folders outside, and leaving the usual sources
// out.
std::string waiting_of_roots(const File& projects, const Workspace& workspace) {
  std::string waiting;
  for (const Diagnostic& problem : workspace.problems())
    if (problem.at.path == projects.path && problem.message.starts_with("the root ")) waiting += problem.message + "; ";
  const Node* roots = projects.find("roots");
  if (roots != nullptr && projects.waits && flow(*roots) != "[]" && !names_default_sources(*roots))
    waiting += "the usual sources are read as well; ";
  return waiting.empty() ? waiting : waiting.substr(0, waiting.size() - 2) + ": cascade allow " + projects.path;
}

void add_roots(Collected& all, const GlobalOptions& options, const Workspace& workspace) {
  const std::string roots = letters::joined(workspace.roots(), ", ", &Root::path);
  const bool is_given = !options.roots.empty();
  all.add("roots", roots.empty() ? "none" : roots,
          is_given ? "--root" : all.places("roots", [](const File& file, const Node&) { return file.is_obeyed; }));
  const Node* node = all.projects().find("roots");
  const std::string note = waiting_of_roots(all.projects(), workspace);
  if (node != nullptr && !is_given && !note.empty()) all.wait_in_part(unicode::displayable(flow(*node)), note);
}

// A clone cannot make the router less sure by itself.
void add_caution(Collected& all, const Workspace& workspace) {
  const Node* node = all.projects().waits ? all.projects().find("caution") : nullptr;
  if (node == nullptr || node->text == workspace.preferences().caution) return all.of_project("caution", "normal");
  all.add("caution", "normal", "");
  all.wait(*node, node->text, all.projects().path);
}

void add_serving(Collected& all, const Environment& environment, const GlobalOptions& options,
                 const Workspace& workspace) {
  add_roots(all, options, workspace);
  const std::string& left_out = workspace.preferences().no_library;
  all.add("library", on_off(left_out.empty()), all.places("library", [&](const File& file, const Node&) {
    return file.is_obeyed && (left_out.empty() || left_out == file.path);
  }));
  if (const Node* node = all.projects().find("library");
      node != nullptr && !all.projects().is_obeyed && node->text == "off" && left_out.empty())
    all.wait(*node, node->text, all.projects().path);
  if (!options.model.empty())
    all.add("model", options.model, "--model");
  else if (!environment.model.empty())
    all.add("model", environment.model, "CASCADE_MODEL");
  else
    all.of_project("model", "none: tokens of o200k");
  if (!environment.budget.empty())
    all.add("budget", environment.budget, "CASCADE_BUDGET");
  else
    all.of_project("budget", "1.2% of the window for a prompt, 3% for a subagent");
  add_caution(all, workspace);
}

// Hooks show no line if either file says so.
void add_announce(Collected& all, const Workspace& workspace, const Policy& both) {
  const bool is_on = workspace.preferences().announce && both.announces;
  const auto waits = [](const File& file, const Node& node) { return file.waits && node.text == "off"; };
  all.add("announce", on_off(is_on), all.places("announce", [&](const File& file, const Node& node) {
    return !waits(file, node) && file.is_obeyed && (node.text != "off") == is_on;
  }));
  const Node* const node = all.projects().find("announce");
  if (node != nullptr && waits(all.projects(), *node)) all.wait(*node, node->text, all.projects().path);
}

void add_systems(Collected& all, const Policy& both) {
  for (const char* key : {"skills", "profiles"}) all.joined(key, all.written(key));
  for (const policy::System& system : policy::systems())
    all.of_both("systems." + std::string(system.name), [&](const Policy& policy) {
      const policy::Mode mode = policy.mode_of(system.mode);
      // As one may write it: only a system that has any mode takes the name of what `on` means there.
      return std::string(system.has != policy::Modes::any && mode == system.on ? "on" : to_string(mode));
    });
  all.joined("repository.protected", letters::joined(both.protected_branches, ", "));
  all.of_both("repository.git-hooks", [](const Policy& policy) { return on_off(policy.git_hooks); });
  all.joined("leases", letters::joined(both.declared, ", ", &policy::Declared::name));
  all.joined("tiers", letters::joined(both.tier_list.all, ", ", &policy::Tier::name));
  if (all.projects().own.tier_list.raises() && !both.asleep.empty())
    all.wait_in_part("raise", "`raise` waits for your word: cascade allow " + both.asleep);
  all.joined("effects", both.effect_rules.empty() ? "" : std::to_string(both.effect_rules.size()) + " of your own");
  all.joined("gates", letters::joined(both.checks, ", ", &policy::Check::name), true);
  all.joined("team", both.team, true);
  all.joined("explain", all.written("explain"));
  all.joined("store",
             !both.project_with_store.empty() ? "none: nothing is kept here"
             : both.store.empty()             ? "a file in the state folder"
                                              : without_password(both.store),
             true);
  all.of_project("past", "on", true);
}

void add_places(Collected& all, const Environment& environment, const Workspace& workspace) {
  all.add("cache", environment.cache.empty() ? "none" : environment.cache, environment.cache_from);
  all.add("state", environment.state.empty() ? "none" : environment.state, environment.state_from);
  all.add("your own file", environment.users_configuration.empty() ? "none" : environment.users_configuration,
          environment.users_configuration_from);
  all.add("vocabulary", std::string(workspace.counter().vocabulary()),
          environment.vocabulary.empty() ? "" : "CASCADE_VOCABULARY");
  const bool is_off = are_hooks_off(environment);
  all.add("hooks", environment.disabled || is_off ? "silent" : "answer",
          environment.disabled ? "CASCADE_DISABLE"
          : is_off             ? "cascade hook --off"
                               : "");
}

// "config set NAME VALUE", "config NAME VALUE".
Error writes_none(const Environment& environment, std::vector<std::string> words) {
  if (letters::is_one_of(words.front(), {"set", "add", "get", "show"})) words.erase(words.begin());
  const std::string value = words.size() > 1 ? words[1] : "";
  if (auto fault = fault_of_value(environment, words.front(), value)) return *std::move(fault);
  const std::string how = how_to_write(environment, words.front(), value);
  return misuse("config shows settings and writes none",
                how.empty() ? "write NAME: VALUE into a cascade.yaml: cascade help settings" : how);
}

Error no_setting(const std::string& name) {
  std::vector<std::string_view> keys;
  for (const policy::Setting& setting : policy::settings()) keys.push_back(setting.outermost());
  const std::string_view near = letters::nearest_word(name, keys);
  return misuse("there is no setting '" + name + "'" +
                    (near.empty() ? "" : "; " + letters::did_you_mean("'" + std::string(near) + "'")),
                "cascade config lists them");
}

}  // namespace

Result<std::vector<SettingInForce>> settings_in_force(const Environment& environment, const GlobalOptions& options,
                                                      const Workspace& workspace, const std::string& directory) {
  const files::DiskTree tree;
  const auto both = policy::read_policy(tree, environment.users_configuration, directory);
  if (!both) return both.error();
  const File users = users_file(tree, environment.users_configuration),
             projects = projects_file(tree, environment, directory);
  Collected all(users, projects, *both);
  add_rules(all);
  add_serving(all, environment, options, workspace);
  add_announce(all, workspace, *both);
  add_systems(all, *both);
  all.others();
  add_places(all, environment, workspace);
  return std::move(all).take();
}

namespace {

std::string settings_text(const std::vector<SettingInForce>& settings, rendering::Paint paint) {
  rendering::TextTable table;
  for (const char* title : {"SETTING", "VALUE", "FROM"}) table.column(title);
  std::string notes;
  for (const SettingInForce& setting : settings) {
    table.row({setting.name, setting.value, setting.from + (setting.waiting.empty() ? "" : "; another waits")});
    if (!setting.note.empty()) notes += "\n" + setting.name + ": " + setting.note + "\n";
  }
  return table.take(paint) + notes;
}

std::string settings_json(const std::vector<SettingInForce>& settings) {
  auto json = rendering::document("cascade.config/1");
  json.key("settings").objects(settings, [&](const SettingInForce& setting) {
    put(json, "name", setting.name, "value", setting.value, "from", setting.from, "waiting", setting.waiting, "note",
        setting.note);
  });
  return rendering::finish(json);
}

}  // namespace

Exit run_config(Call& call) {
  std::vector<std::string> wanted;
  Arguments arguments("config");
  arguments.words("NAME", wanted, 0, 3);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  if (wanted.size() > 1) return call.console().fail(writes_none(call.environment(), wanted));
  const auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  auto settings =
      settings_in_force(call.environment(), call.options(), *workspace, files::DiskTree().real_path(".").value_or("/"));
  if (!settings) return call.console().fail(settings.error());
  if (!wanted.empty()) {
    const std::string &name = wanted.front(), group = name + ".";
    std::erase_if(*settings, [&](const SettingInForce& setting) {
      return setting.name != name && setting.name.compare(0, group.size(), group) != 0;
    });
    if (settings->empty()) return call.console().fail(no_setting(name));
  }
  std::string text =
      call.format() == Format::json ? settings_json(*settings) : settings_text(*settings, call.console().paint());
  if (call.format() == Format::text && !wanted.empty()) text += values_of_settings(wanted.front());
  call.console().print(text);
  return Exit::yes;
}

}  // namespace cascade::cli
