// Given roots come first and must exist; then, from the start directory up to the top, the projects' folders, the
// user's, the installed plugins, the shipped library: this order decides who wins a name. Each folder is taken once by
// its real path, since links often lead several clients to the same manifests.
#include "workspace/roots.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "client/tables.h"
#include "files/paths.h"
#include "manifest/kinds.h"
#include "policy/policy.h"
#include "route/build/fields.h"
#include "route/prompts.h"
#include "syntax/json.h"
#include "syntax/yaml.h"
#include "text/suggestion.h"
#include "workspace/configuration.h"

namespace cascade::workspace {
namespace {

using discovery::RootLayout;

bool is_folder(const files::Tree& tree, const std::string& path) {
  auto stamp = tree.stat(path);
  return stamp && stamp->directory;
}

class Chooser {
 public:
  Chooser(const files::Tree& tree, const WorkspaceOptions& options, const std::vector<std::string>& added,
          std::vector<Error>& faults)
      : tree_(tree), options_(options), added_(added), faults_(faults) {}

  // `named_by`: the place where the user would change it, "--root" or a key of cascade.yaml.
  Result<void> given(const std::string& path, Scope scope, const std::string& named_by) {
    auto stamp = tree_.stat(path);
    if (!stamp && stamp.error().code != ErrorCode::not_found) return stamp.error();
    if (!stamp)
      return Error{ErrorCode::not_found, "the root does not exist", path, "give an existing folder to " + named_by};
    if (!stamp->directory)
      return Error{ErrorCode::not_found, "the root is not a folder", path, "give a folder to " + named_by};
    add(path, scope, RootLayout::any);
    return {};
  }

  // Claude Code reads its folders all the way up; those of other clients end at the top of the repository.
  void defaults() {
    const std::vector<const client::FolderForm*> order = client::folders_in_order(options_.client);
    const std::string user = user_folder();
    std::string folder = files::normalise(options_.directory);
    bool inside = true;
    while (true) {
      project_folders(folder, user, order, inside);
      inside = inside && folder != options_.home && !tree_.stat(files::join(folder, ".git"));
      const std::string above(files::parent(folder));
      if (above.empty() || above == folder) break;
      folder = above;
    }
    if (!user.empty()) user_folders(user, order);
    for (const std::string& root : added_) added_library(root);
    if (!options_.builtin_library.empty() && is_folder(tree_, options_.builtin_library))
      add(options_.builtin_library, Scope::builtin, RootLayout::any);
  }

  void name_all() {
    for (SourceRoot& root : roots_) root.is_named = true;
  }

  std::vector<SourceRoot> take() { return std::move(roots_); }

 private:
  std::string user_folder() const {
    if (!options_.client_folder.empty()) return files::normalise(options_.client_folder);
    return options_.home.empty() ? std::string() : files::join(options_.home, std::string(client::usual_folder));
  }

  void project_folders(const std::string& folder, const std::string& user,
                       const std::vector<const client::FolderForm*>& order, bool inside) {
    for (const client::FolderForm* form : order) {
      if (form == nullptr) {
        const std::string usual = files::join(folder, std::string(client::usual_folder));
        if (folder != options_.home && usual != user && is_folder(tree_, usual))
          add(folder, Scope::project, RootLayout::project);
      } else if (inside && form->of_project && folder != options_.home) {
        client_folder(folder, *form, Scope::project);
      }
    }
  }

  void user_folders(const std::string& user, const std::vector<const client::FolderForm*>& order) {
    for (const client::FolderForm* form : order)
      if (form == nullptr && is_folder(tree_, user))
        add(user, Scope::user, RootLayout::components);
      else if (form != nullptr && form->of_user && !options_.home.empty())
        client_folder(options_.home, *form, Scope::user);
    if (!options_.home.empty()) extensions();
    if (!is_folder(tree_, user)) return;
    const InstalledPlugins plugins =
        installed_plugins(tree_, {options_.home, user, {}}, files::normalise(options_.directory));
    for (const std::string& plugin : plugins.folders) add(plugin, Scope::plugin, RootLayout::plugin);
    faults_.insert(faults_.end(), plugins.faults.begin(), plugins.faults.end());
  }

  // Of Gemini CLI, each a folder with the layout of that client's own.
  void extensions() {
    const std::string all = files::join(options_.home, std::string(client::extensions_folder));
    const auto entries = tree_.list(all);
    if (!entries) return;
    for (const files::Entry& entry : *entries) {
      const std::string folder = files::join(all, entry.name);
      const auto text = tree_.read(files::join(folder, std::string(client::extension_file)), most_configuration_bytes);
      if (!text) continue;
      const std::string name = syntax::text_of(syntax::parse_json(*text).root, "name");
      const std::size_t before = roots_.size();
      add(folder, Scope::plugin, RootLayout::client, &client::extension_form());
      if (roots_.size() > before) roots_.back().folder.plugin = name.empty() ? entry.name : name;
    }
  }

  // No client reads it, so it is served as the shipped library is.
  void added_library(const std::string& path) {
    if (!is_folder(tree_, path))
      faults_.push_back({ErrorCode::not_found, "a root of your own cascade.yaml is gone", path,
                         "cascade library list; or take it out of 'roots'"});
    else
      add(path, Scope::builtin, RootLayout::any, nullptr, true);
  }

  // Skills that are a link to the usual folder's, or the reverse, would be found twice.
  void client_folder(const std::string& base, const client::FolderForm& form, Scope scope) {
    const std::string folder = files::join(base, std::string(form.folder));
    if (!is_folder(tree_, folder)) return;
    const auto own = tree_.real_path(files::join(folder, "skills"));
    const std::string beside =
        scope == Scope::user ? user_folder() : files::join(base, std::string(client::usual_folder));
    const auto usual = tree_.real_path(files::join(beside, "skills"));
    if (own && usual && *own == *usual && form.agents.empty()) return;
    add(folder, scope, RootLayout::client, &form);
  }

  void add(const std::string& path, Scope scope, RootLayout layout, const client::FolderForm* form = nullptr,
           bool is_added = false) {
    auto real = tree_.real_path(path);
    if (!real || !seen_.insert(*real).second) return;
    SourceRoot root;
    root.folder = {*real, layout, form};
    root.scope = scope;
    root.is_added = is_added;
    const bool is_read_by_client = scope == Scope::project && layout != RootLayout::any;
    if ((scope == Scope::user || is_read_by_client) && !options_.home.empty())
      root.folder.links_into = tree_.real_path(options_.home).value_or(std::string());
    if (is_read_by_client || (scope == Scope::project && client::is_client_folder(files::file_name(*real))))
      root.folder.repository = discovery::repository_around(
          tree_, layout == RootLayout::project ? *real : std::string(files::parent(*real)));
    const std::string own_name(files::file_name(*real));
    if (!roots_.empty())
      root.label = label(is_added                 ? "library-" + own_name
                         : scope == Scope::plugin ? "plugin-" + own_name
                                                  : std::string(to_string(scope)));
    roots_.push_back(std::move(root));
  }

  // "user:", "plugin-x:", "plugin-x2:" ...
  std::string label(const std::string& name) {
    std::string candidate = name + ":";
    for (int i = 2; !labels_.insert(candidate).second; ++i) candidate = name + std::to_string(i) + ":";
    return candidate;
  }

  const files::Tree& tree_;
  const WorkspaceOptions& options_;
  const std::vector<std::string>& added_;
  std::vector<Error>& faults_;
  std::vector<SourceRoot> roots_;
  std::set<std::string> seen_, labels_;
};

// In doubt a plugin is off: a settings file that cannot be read might be the one that switches it off.

using syntax::Node, syntax::NodeKind;

constexpr syntax::NodeLimits limits{.bytes = 8 << 20, .depth = 128, .nodes = 500'000, .alias_nodes = 0};

// Whether JSON with this fault is still read as the client reads it: the last of two equal keys counts.
bool is_harmless(const syntax::Fault& fault) {
  return fault.kind == syntax::FaultKind::duplicate_key || fault.kind == syntax::FaultKind::encoding;
}

// Nothing if the text cannot be read to its end, which is added to `faults`.
std::optional<Node> parse(const Result<std::string>& text, const std::string& path, const std::string& consequence,
                          std::vector<Error>& faults) {
  std::string what;
  if (!text) {
    what = text.error().message;
  } else {
    syntax::Parsed parsed = syntax::parse_json(*text, limits);
    const auto fault = std::ranges::find_if_not(parsed.faults, is_harmless);
    if (parsed.complete && fault == parsed.faults.end() && parsed.root.kind == NodeKind::map)
      return std::move(parsed.root);
    what = fault == parsed.faults.end() ? "no JSON object"
                                        : "line " + std::to_string(fault->at.line) + ": " + fault->message;
  }
  faults.push_back({ErrorCode::malformed, "cannot be read (" + what + "); " + consequence, path, "mend the file"});
  return std::nullopt;
}

// How near an installation is to the project: 0 if it is for another one.
int nearness(const Node& record, const std::string& directory) {
  const std::string scope = text_of(record, "scope"), project = text_of(record, "projectPath");
  if (scope == "managed") return 1;
  if (project.empty()) return 2;
  return files::is_within(files::normalise(project), directory) ? scope == "local" ? 4 : 3 : 0;
}

// Version 1 has one record for each plugin, version 2 a list, of which the last is the newest.
const Node* installation(const Node& records, const std::string& directory) {
  if (records.kind != NodeKind::list) return nearness(records, directory) > 0 ? &records : nullptr;
  const Node* nearest = nullptr;
  for (const Node& record : records.items) {
    const int near = nearness(record, directory);
    if (near > 0 && (nearest == nullptr || near >= nearness(*nearest, directory))) nearest = &record;
  }
  return nearest;
}

// A value that is neither true nor a list counts as off.
std::optional<bool> is_on(const Node& settings, const std::string& plugin) {
  const Node* enabled = settings.find("enabledPlugins");
  if (enabled == nullptr || enabled->kind == NodeKind::null) return std::nullopt;
  if (enabled->kind != NodeKind::map) return false;
  const Node* setting = enabled->find(plugin);
  if (setting == nullptr) return std::nullopt;
  return setting->kind == NodeKind::list || (setting->kind == NodeKind::boolean && setting->text == "true");
}

// The settings files, in order of precedence; nothing if one of them cannot be read.
std::optional<std::vector<Node>> settings_of(const files::Tree& tree, const client::UserPlace& user,
                                             const std::string& directory, std::vector<Error>& faults) {
  constexpr const char* consequence = "every plugin counts as switched off";
  std::vector<Node> found;
  const std::string users = files::join(user.folder, "settings.json");
  for (const client::SettingsFile& file : client::settings_files(tree, user, directory)) {
    if (file.path == users) continue;
    auto settings = parse(file.text, file.path, consequence, faults);
    if (!settings) return std::nullopt;
    found.push_back(*std::move(settings));
  }
  const auto text = tree.read(users, limits.bytes);
  if (!text && text.error().code == ErrorCode::not_found) return found;
  auto settings = parse(text, users, consequence, faults);
  if (!settings) return std::nullopt;
  found.push_back(*std::move(settings));
  return found;
}

Node json_at(const files::Tree& tree, const std::string& path) {
  const auto text = tree.read(path, limits.bytes);
  return text ? syntax::parse_json(*text, limits).root : Node();
}

// {"source": "github", "repo": "acme/tools"}, or with "url".
std::string repository_in(const Node* source) {
  if (source == nullptr) return {};
  const std::string hosted = text_of(*source, "repo");
  return hosted.empty() ? text_of(*source, "url") : hosted;
}

// A plugin lies in its marketplace's repository, or in one of its own that the marketplace names.
std::string repository_of(const files::Tree& tree, const Node& marketplace, std::string_view plugin) {
  const std::string folder = text_of(marketplace, "installLocation");
  const Node catalogue =
      folder.empty() ? Node() : json_at(tree, files::join(folder, ".claude-plugin/marketplace.json"));
  if (const Node* plugins = catalogue.find("plugins"))
    for (const Node& entry : plugins->items)
      if (text_of(entry, "name") == plugin)
        if (std::string own = repository_in(entry.find("source")); !own.empty()) return own;
  return repository_in(marketplace.find("source"));
}

std::string place(const std::string& path, const Node& node) { return policy::place_in(path, node.at); }
// "'skil:x' is not written kind:name; did you mean skill:x?"
std::string no_symbol(std::string_view written) {
  const std::size_t colon = std::min(written.find(':'), written.size());
  std::vector<std::string_view> kinds;
  for (const Kind kind : manifest::all_kinds) kinds.push_back(to_string(kind));
  const std::string_view near = letters::nearest_name(written.substr(0, colon), kinds);
  const std::string rest = colon + 1 < written.size() ? std::string(written.substr(colon)) : ":NAME";
  return "'" + std::string(written) + "' is not written kind:name; " +
         (near.empty() ? "a kind is " + letters::listed({kinds.data(), kinds.size()})
                       : letters::did_you_mean(std::string(near) + rest));
}

void add_entry(const Node& key, const Node& value, const std::string& path, Overlays& into) {
  const auto symbol = Symbol::parse(key.text);
  if (!symbol) {
    into.faults.push_back(place(path, key) + ": " + no_symbol(key.text));
    return;
  }
  Overlay overlay{*symbol, {}};
  if (value.kind == NodeKind::string) {
    overlay.phrases.push_back(value.text);
  } else if (value.kind == NodeKind::list) {
    for (const Node& item : value.items) {
      if (item.kind == NodeKind::list || item.kind == NodeKind::map)
        into.faults.push_back(place(path, item) + ": a phrase is one line of text");
      else
        overlay.phrases.push_back(item.text);
    }
  } else {
    into.faults.push_back(place(path, value) + ": expected a list of phrases");
    return;
  }
  into.overlays.push_back(std::move(overlay));
  into.places.push_back(place(path, key));
}

}  // namespace

Result<std::vector<SourceRoot>> choose_roots(const files::Tree& tree, const WorkspaceOptions& options,
                                             const std::vector<std::string>& configured,
                                             const std::vector<std::string>& added, std::vector<Error>& faults) {
  Chooser chooser(tree, options, added, faults);
  for (const Root& root : options.roots)
    if (auto added = chooser.given(files::join(options.directory, root.path), root.scope, "--root"); !added)
      return added.error();
  chooser.name_all();
  const bool by_configuration = options.roots.empty() && !configured.empty();
  for (const std::string& path : by_configuration ? configured : std::vector<std::string>()) {
    if (path == default_sources)
      chooser.defaults();
    else if (auto given = chooser.given(path, Scope::project, "'roots' of cascade.yaml"); !given)
      return given.error();
  }
  if (options.default_roots || (options.roots.empty() && !by_configuration)) chooser.defaults();
  return chooser.take();
}

SplitPath split(const std::vector<SourceRoot>& roots, std::string_view path) noexcept {
  for (std::size_t i = 1; i < roots.size(); ++i)
    if (path.substr(0, roots[i].label.size()) == roots[i].label) return {i, path.substr(roots[i].label.size())};
  return {0, path};
}

InstalledPlugins installed_plugins(const files::Tree& tree, const client::UserPlace& user,
                                   const std::string& directory) {
  InstalledPlugins out;
  const std::string list = files::join(user.folder, "plugins/installed_plugins.json");
  const auto text = tree.read(list, limits.bytes);
  if (!text && text.error().code == ErrorCode::not_found) return out;
  const auto installed = parse(text, list, "no plugin is known", out.faults);
  const Node* plugins = installed ? installed->find("plugins") : nullptr;
  if (plugins == nullptr || plugins->kind != NodeKind::map) return out;
  const auto settings = settings_of(tree, user, directory, out.faults);
  if (!settings) return out;
  const auto is_switched_off = [&](const std::string& plugin) {
    for (const Node& file : *settings)
      if (const auto said = is_on(file, plugin)) return !*said;
    return false;
  };
  std::map<std::string, std::string> found;
  for (std::size_t i = 0; i < plugins->size(); ++i) {
    const std::string& name = plugins->key(i).text;
    const Node* record = installation(plugins->value(i), directory);
    const std::string path = record == nullptr ? std::string() : text_of(*record, "installPath");
    if (!files::is_absolute(path) || is_switched_off(name)) continue;
    const auto stamp = tree.stat(path);
    if (stamp && stamp->directory)
      found[name] = files::normalise(path);
    else
      out.faults.push_back({ErrorCode::not_found, "the plugin " + name + " is switched on, but its folder is gone",
                            path, "install it again, or switch it off"});
  }
  for (auto& [name, path] : found) out.folders.push_back(std::move(path));
  return out;
}

std::vector<PluginSource> plugin_sources(const files::Tree& tree, const client::UserPlace& user) {
  std::vector<PluginSource> sources;
  const Node installed = json_at(tree, files::join(user.folder, "plugins/installed_plugins.json"));
  const Node markets = json_at(tree, files::join(user.folder, "plugins/known_marketplaces.json"));
  const Node* const plugins = installed.find("plugins");
  for (std::size_t i = 0; plugins != nullptr && i < plugins->size(); ++i) {
    const std::string& name = plugins->key(i).text;
    const std::size_t at = name.rfind('@');
    const Node* const market = at == std::string::npos ? nullptr : markets.find(name.substr(at + 1));
    const Node& records = plugins->value(i);
    const Node* const record = records.kind != NodeKind::list ? &records
                               : records.items.empty()        ? nullptr
                                                              : &records.items.back();
    if (record == nullptr) continue;
    std::string repository;
    if (market != nullptr) repository = repository_of(tree, *market, std::string_view(name).substr(0, at));
    sources.push_back({name, std::move(repository), text_of(*record, "installPath")});
  }
  return sources;
}

// A fault leaves its line out. The text of all files is kept, because the index is made again when any of it changes.

std::vector<std::string> unmet(const Overlays& overlays, const Registry& registry, bool is_whole) {
  std::vector<std::string> faults;
  for (std::size_t i = 0; i < overlays.overlays.size(); ++i) {
    const Symbol& written = overlays.overlays[i].symbol;
    const std::vector<ManifestId> meant = route::meant_by(registry, written);
    const std::vector<Symbol> near =
        meant.empty() ? registry.nearest(written.name, written.kind, 1) : std::vector<Symbol>();
    if (meant.size() == 1 || (near.empty() && meant.empty() && !is_whole)) continue;
    const std::string names = letters::joined(meant, " and ", [&](const ManifestId id) { return registry[id].path; });
    faults.push_back(overlays.places[i] + ": " +
                     (names.empty() ? "there is no " + to_string(written) + ": nothing is done with what is said of it"
                                    : to_string(written) + " means " + names + "; write the name of one") +
                     (near.empty() ? "" : "; " + letters::did_you_mean(to_string(near.front()))));
  }
  return faults;
}

void parse_overlay(std::string_view text, const std::string& path, Overlays& into) {
  const syntax::Parsed parsed = syntax::parse_yaml(text, 1, syntax::NodeLimits{});
  if (parsed.root.kind == NodeKind::null && parsed.faults.empty()) return;
  const std::size_t before = into.faults.size();
  for (const syntax::Fault& fault : parsed.faults)
    // A comment after a phrase is intended; what is read on its own is read, and why it had to be is told before.
    if (fault.kind != syntax::FaultKind::comment_cut && fault.kind != syntax::FaultKind::salvaged)
      into.faults.push_back(policy::place_in(path, fault.at) + ": " + fault.message +
                            "; mend it there (cascade help triggers)");
  if (parsed.root.kind != NodeKind::map && into.faults.size() == before)
    into.faults.push_back(place(path, parsed.root) +
                          ": expected a map from kind:name to phrases, such as skill:NAME: what people type");
  if (parsed.root.kind != NodeKind::map) return;
  for (std::size_t i = 0; i < parsed.root.size(); ++i) add_entry(parsed.root.key(i), parsed.root.value(i), path, into);
}

void parse_own_prompts(std::string_view text, const std::string& path, Overlays& into) {
  constexpr std::size_t most_taught = 60, most_kept_back = 2'000;  // phrases of a manifest; prompts of all files
  const route::WrittenPrompts written = route::parse_prompts(text);
  for (const std::string& fault : written.faults) into.faults.push_back(path + ":" + fault);
  struct Taught {
    Overlay overlay;
    std::uint32_t at = 0;  // line
  };
  std::map<std::string, Taught> taught;
  for (const route::WrittenPrompt& prompt : written.prompts) {
    const auto symbol = prompt.answer.empty() ? std::nullopt : Symbol::parse(prompt.answer);
    if (!prompt.answer.empty() && !symbol) {
      const std::string fault = path + ":" + std::to_string(prompt.heading) + ": " + no_symbol(prompt.answer);
      if (into.faults.empty() || into.faults.back() != fault) into.faults.push_back(fault);
    } else if (prompt.kept_back) {
      if (into.kept_back.size() < most_kept_back) into.kept_back.push_back({prompt.text, prompt.answer});
    } else if (symbol) {
      auto& [overlay, at] = taught.try_emplace(prompt.answer, Taught{{*symbol, {}}, prompt.heading}).first->second;
      if (overlay.phrases.size() < most_taught) overlay.phrases.push_back(prompt.text);
    }
  }
  for (auto& [answer, found] : taught) {
    into.overlays.push_back(std::move(found.overlay));
    into.places.push_back(path + ":" + std::to_string(found.at));
  }
}

Overlays read_overlays(const files::Tree& tree, const std::vector<SourceRoot>& roots, const std::string& home) {
  Overlays found;
  const auto read_below = [&](const std::string& folder, const std::string& label) {
    const auto read = [&](std::string_view name, std::uint64_t most, auto parse) {
      const std::string path = files::join(folder, name);
      const auto text = tree.read_own(folder, name, most);
      if (!text) {
        if (text.error().code != ErrorCode::not_found) found.faults.push_back(path + ": " + text.error().message);
        return;
      }
      found.text.append(label).append(name).append("\n").append(*text) += '\n';
      parse(*text, path, found);
    };
    read(overlay_name, max_overlay_bytes, parse_overlay);
    read(prompts_name, max_prompts_bytes, parse_own_prompts);
  };
  const std::string users = home.empty() ? home : tree.real_path(home).value_or(home);
  for (const SourceRoot& root : roots) {
    read_below(root.folder.path, root.label);
    if (users.empty() || root.folder.path != users) continue;
    for (const client::FolderForm* form : client::folders_in_order({}))
      if (form == nullptr || form->of_user) {
        const std::string name(form == nullptr ? client::usual_folder : form->folder);
        read_below(files::join(users, name), root.label + name + "/");
      }
  }
  return found;
}

}  // namespace cascade::workspace
