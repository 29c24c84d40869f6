// Reads the root as each form that its layout allows: (1) a marketplace, of which each entry with a local source is a
// plugin; (2) a plugin, and so each folder directly in the root or in plugins/; (3) a library and (4) a project:
// skills/, agents/, commands/ and hooks; (5) a folder of skills. A plugin comes first, because its files would
// otherwise count as the library's. Each reading notes where a change could bring more, also when it found nothing.
#include "discovery/discovery.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "client/names.h"
#include "files/paths.h"
#include "syntax/json.h"

namespace cascade::discovery {
namespace {

using syntax::Node, syntax::NodeKind;

// A component path with its position in the JSON file.
struct ComponentPath {
  std::string path;  // relative to the plugin, normalised, without "./"
  Location at;
};

// An absent list keeps the default folder; `skills` adds to it, `agents` and `commands` replace it.
struct PluginManifest {
  std::string name;
  std::vector<ComponentPath> skills;
  std::optional<std::vector<ComponentPath>> agents, commands;
};

struct MarketplaceEntry {
  PluginManifest plugin;
  std::optional<ComponentPath> source;  // local plugins only; "." is the marketplace itself
};

// Reads what locates manifests and nothing else; the validator judges the rest of these files. A path that leaves the
// plugin is reported and left out, because an installed copy of the plugin would lack it.
class PluginReader {
 public:
  // `path` is the file that findings point to.
  PluginReader(const std::string& path, std::vector<Diagnostic>& problems) : path_(path), problems_(problems) {}

  Node parse(std::string_view json) {
    syntax::Parsed parsed = syntax::parse_json(json);
    for (const syntax::Fault& fault : parsed.faults) {
      if (fault.kind == syntax::FaultKind::duplicate_key) continue;
      problem("PL001", {path_, fault.at.line, fault.at.column}, "not valid JSON: " + fault.message,
              "the client refuses the whole file; fix the syntax at this place");
      break;
    }
    return std::move(parsed.root);
  }

  std::optional<ComponentPath> component(const Node& node, const std::string& base = "") {
    if (node.kind != NodeKind::string || node.text.empty()) return std::nullopt;
    const Location at{path_, node.at.line, node.at.column};
    const std::string path = files::normalise(files::join(base, node.text));
    if (files::is_absolute(path) || path == ".." || path.starts_with("../")) {
      problem("PL013", at, "the path \"" + node.text + "\" leaves the plugin",
              "move the files inside; an installed copy would lack them");
      return std::nullopt;
    }
    return ComponentPath{path, at};
  }

  // A string or a list of strings; nothing if the key is absent.
  std::optional<std::vector<ComponentPath>> components(const Node& object, std::string_view key) {
    const Node* node = object.find(key);
    if (node == nullptr) return std::nullopt;
    std::vector<ComponentPath> found;
    if (node->kind == NodeKind::list) {
      for (const Node& item : node->items)
        if (auto path = component(item)) found.push_back(std::move(*path));
    } else if (auto path = component(*node)) {
      found.push_back(std::move(*path));
    }
    return found;
  }

  PluginManifest plugin(const Node& object) {
    return {std::string(syntax::text_of(object, "name")),
            components(object, "skills").value_or(std::vector<ComponentPath>{}), components(object, "agents"),
            components(object, "commands")};
  }

 private:
  void problem(const char* rule, Location at, std::string message, std::string help) {
    problems_.push_back({Severity::error, rule, std::move(at), std::move(message), std::move(help), {}, {}, {}});
  }

  const std::string& path_;
  std::vector<Diagnostic>& problems_;
};

std::vector<MarketplaceEntry> read_marketplace(std::string_view json, const std::string& path,
                                               std::vector<Diagnostic>& problems) {
  PluginReader reader(path, problems);
  const Node root = reader.parse(json);
  std::vector<MarketplaceEntry> entries;
  std::string base;
  if (const Node* metadata = root.find("metadata")) base = syntax::text_of(*metadata, "pluginRoot");
  const Node* plugins = root.find("plugins");
  if (plugins == nullptr || plugins->kind != NodeKind::list) return entries;
  for (const Node& entry : plugins->items) {
    if (entry.kind != NodeKind::map) continue;
    MarketplaceEntry& read = entries.emplace_back();
    read.plugin = reader.plugin(entry);
    // pluginRoot applies to bare names; "./plugins/x" is relative to the marketplace's own folder.
    if (const Node* source = entry.find("source"))
      read.source =
          reader.component(*source, source->text.find('/') == std::string::npos && source->text != "." ? base : "");
  }
  return entries;
}

using Components = std::vector<Component>;

void append(Components& all, Components more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::string below(const std::string& folder, std::string_view name) { return files::join(folder, name); }

void note_if_file(RootTree& tree, const std::string& path) {
  if (tree.has_file(path)) tree.note_other(path);
}

void note_hooks(RootTree& tree, const std::string& base) {
  tree.watch(below(base, "hooks"));
  note_if_file(tree, below(base, "hooks/hooks.json"));
  note_if_file(tree, below(base, "settings.json"));
}

// The three component folders of a library or a .claude folder.
Components in_library(RootTree& tree, const std::string& base) {
  tree.watch(base);
  note_hooks(tree, base);
  return {{Kind::skill, below(base, "skills")},
          {Kind::agent, below(base, "agents")},
          {Kind::command, below(base, "commands")}};
}

// A client's folder, as that client reads it.
Components in_client_folder(const client::FolderForm& form, const std::string& plugin) {
  Components found;
  for (const std::string_view folder : form.skills) found.push_back({Kind::skill, std::string(folder), plugin});
  for (const std::string_view folder : form.agents)
    found.push_back({Kind::agent, std::string(folder), plugin, false, form.agent_ending});
  for (const std::string_view folder : form.commands)
    found.push_back({Kind::command, std::string(folder), plugin, false, form.command_ending});
  return found;
}

// <name>/SKILL.md directly below the root.
Components in_skill_folder(RootTree& tree, const std::string& name) {
  tree.watch(name);
  const std::string path = below(name, "SKILL.md");
  if (!tree.has_file(path)) return {};
  return {{Kind::skill, "", "", false, "", path}};
}

// Which plugin a component belongs to, and the folder from which its paths count.
struct Owner {
  std::string base, name{};
  bool prefixed = false;
};

// The SKILL.md of a listed folder that is a skill itself: the client reads nothing else in it. Empty: it is none.
std::string skill_itself(RootTree& tree, Kind kind, const std::string& folder) {
  std::string own = below(folder, "SKILL.md");
  if (kind != Kind::skill) return "";
  tree.watch(folder);
  return tree.has_file(own) ? own : "";
}

// What the listed paths of one kind mean: a file, or everything below a folder.
Components listed(RootTree& tree, const Owner& plugin, Kind kind, const std::vector<ComponentPath>& paths) {
  Components found;
  for (const ComponentPath& listed : paths) {
    const std::string path = listed.path == "." ? plugin.base : below(plugin.base, listed.path);
    const auto stamp = tree.stat(path);
    if (!stamp) {
      tree.watch_for(path);
      tree.problem("PL004", Severity::error, listed.at, "\"" + listed.path + "\" does not exist",
                   "paths are relative to the plugin's folder");
    } else if (!tree.stays_inside(path)) {
      continue;
    } else if (stamp->directory) {
      found.push_back({kind, path, plugin.name, plugin.prefixed, ".md", skill_itself(tree, kind, path)});
    } else if (kind != Kind::skill && is_named(path, ".md")) {  // of skills the client reads folders alone
      found.push_back({kind, std::string(files::parent(path)), plugin.name, plugin.prefixed, "", path});
    }
  }
  return found;
}

// Of an absent list the default folder counts, if the plugin has one.
Components listed_or_default(RootTree& tree, const Owner& plugin, Kind kind,
                             const std::optional<std::vector<ComponentPath>>& paths, std::string_view by_default) {
  if (paths) return listed(tree, plugin, kind, *paths);
  return {{kind, below(plugin.base, by_default), plugin.name, plugin.prefixed}};
}

Components in_plugin(RootTree& tree, const Owner& plugin, const PluginManifest& manifest) {
  Components found{{Kind::skill, below(plugin.base, "skills"), plugin.name, plugin.prefixed}};
  append(found, listed(tree, plugin, Kind::skill, manifest.skills));
  append(found, listed_or_default(tree, plugin, Kind::agent, manifest.agents, "agents"));
  append(found, listed_or_default(tree, plugin, Kind::command, manifest.commands, "commands"));
  const std::string own = below(plugin.base, "SKILL.md");
  if (tree.has_file(own)) found.push_back({Kind::skill, plugin.base, plugin.name, plugin.prefixed, "", own});
  tree.watch(plugin.base);
  tree.watch(below(plugin.base, ".claude-plugin"));
  note_hooks(tree, plugin.base);
  note_if_file(tree, below(plugin.base, ".mcp.json"));
  note_if_file(tree, below(plugin.base, "mcp.json"));
  return found;
}

// Reads a folder's plugin.json; empty values: it is there, but a link leads elsewhere.
std::optional<PluginManifest> read_manifest_of(RootTree& tree, const std::string& base) {
  std::string path = below(base, ".claude-plugin/plugin.json");
  auto text = tree.read(path);
  // Agent Plugins 1.0: plugin.json at the top, next to skills/.
  if (!text && tree.stat(below(base, "skills"))) {
    path = below(base, "plugin.json");
    text = tree.read(path);
  }
  if (!text) return std::nullopt;
  if (!tree.stays_inside(path)) return PluginManifest{};
  tree.note_other(path);
  PluginReader reader(path, tree.problems());
  return reader.plugin(reader.parse(*text));
}

// The plugins of one root. Each folder is one plugin at most.
struct Plugins {
  RootTree& tree;
  bool installed = false;  // the root is one, so that even its own names carry the plugin's
  std::set<std::string> bases{};
  Components found{};

  // Adds the plugin in a folder; `entry` is the marketplace's for it, or null. False: the folder is no plugin.
  bool add(const std::string& base, const PluginManifest* entry) {
    if (bases.count(base) != 0) return true;
    auto manifest = read_manifest_of(tree, base);
    if (!manifest && entry == nullptr && !installed) {
      tree.watch(base);
      tree.watch(below(base, ".claude-plugin"));
      return false;
    }
    bases.insert(base);
    PluginManifest merged = manifest ? *std::move(manifest) : PluginManifest{};
    if (entry != nullptr) {
      if (merged.name.empty()) merged.name = entry->name;
      if (!merged.agents) merged.agents = entry->agents;
      if (!merged.commands) merged.commands = entry->commands;
      merged.skills.insert(merged.skills.end(), entry->skills.begin(), entry->skills.end());
    }
    Owner plugin{base, merged.name};
    if (plugin.name.empty()) plugin.name = files::file_name(base.empty() ? tree.real() : base);
    plugin.prefixed = (!base.empty() || installed) && !plugin.name.empty();
    append(found, in_plugin(tree, plugin, merged));
    return true;
  }
};

std::string folder_of(const ComponentPath& source) { return source.path == "." ? "" : source.path; }

// Returns the folders that several entries use as their source.
std::set<std::string> shared_sources(const std::vector<MarketplaceEntry>& entries) {
  std::set<std::string> once, shared;
  for (const MarketplaceEntry& entry : entries)
    if (entry.source && !once.insert(folder_of(*entry.source)).second) shared.insert(folder_of(*entry.source));
  return shared;
}

// Several entries may share one folder, each with a list of its own components.
Components in_shared_folder(RootTree& tree, const std::string& base, const PluginManifest& entry) {
  const Owner plugin{base, entry.name, !base.empty() && !entry.name.empty()};
  Components found = listed(tree, plugin, Kind::skill, entry.skills);
  if (entry.agents) append(found, listed(tree, plugin, Kind::agent, *entry.agents));
  if (entry.commands) append(found, listed(tree, plugin, Kind::command, *entry.commands));
  return found;
}

void add_marketplace(Plugins& plugins) {
  RootTree& tree = plugins.tree;
  const std::string path = ".claude-plugin/marketplace.json";
  const auto text = tree.read(path);
  if (!text || !tree.stays_inside(path)) return;
  tree.note_other(path);
  const std::vector<MarketplaceEntry> entries = read_marketplace(*text, path, tree.problems());
  const std::set<std::string> shared = shared_sources(entries);
  for (const auto& [plugin, source] : entries) {
    if (!source) continue;
    const std::string base = folder_of(*source);
    const auto stamp = tree.stat(base);
    const bool has_lists = !plugin.skills.empty() || plugin.agents || plugin.commands;
    if (!stamp) {
      tree.watch_for(base);
      tree.problem("PL008", Severity::error, source->at, "the source \"" + source->path + "\" does not exist",
                   "a local source is a folder of this repository");
    } else if (!stamp->directory || !tree.stays_inside(base)) {
      continue;
    } else if (has_lists && shared.count(base) != 0) {
      append(plugins.found, in_shared_folder(tree, base, plugin));
    } else {
      plugins.add(base, &plugin);
    }
  }
}

// Plugins in adjacent folders that no marketplace names.
void add_adjacent(Plugins& plugins, const std::vector<files::Entry>& top) {
  RootTree& tree = plugins.tree;
  for (const files::Entry& entry : top) {
    if (!tree.is_directory("", entry) || entry.name.front() == '.' || is_skipped_folder(entry.name)) continue;
    if (plugins.add(entry.name, nullptr) || entry.name != "plugins") continue;
    const auto inner = tree.list(entry.name);
    if (!inner) continue;
    tree.note_listed(entry.name, inner->stamp);
    for (const files::Entry& child : inner->entries)
      if (tree.is_directory(entry.name, child)) plugins.add(below(entry.name, child.name), nullptr);
  }
}

// A folder that is one skill: SKILL.md at the top, and neither a plugin, which would have it already, nor a library.
Components in_skill_itself(const std::vector<files::Entry>& top) {
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(top, [&](const files::Entry& entry) { return entry.name == name; });
  };
  if (has("skills") || has(client::own_folder::name) || !has("SKILL.md")) return {};
  return {{Kind::skill, "", "", false, "", "SKILL.md"}};
}

// A repository may keep its plugins in agents/ or skills/. What such a plugin has besides its components are documents.
Components without_plugins(Components found, const std::set<std::string>& plugins) {
  for (Component& component : found)
    for (const std::string& base : plugins)
      if (base.starts_with(component.folder + "/")) component.without.push_back(base);
  return found;
}

// The root's own component folders. Of a plugin the client reads agents/ as a folder of agents, whatever lies there.
Components in_repository(RootTree& tree, bool is_plugin) {
  Components found = in_library(tree, "");
  for (Component& component : found) component.may_hold_skills = component.kind == Kind::agent && !is_plugin;
  return found;
}

Components in_any_form(RootTree& tree, const std::vector<files::Entry>& top) {
  Plugins plugins{tree};
  add_marketplace(plugins);
  const bool is_plugin = plugins.add("", nullptr);
  tree.watch(".claude-plugin");
  add_adjacent(plugins, top);
  Components found = std::move(plugins.found);
  append(found, without_plugins(in_repository(tree, is_plugin), plugins.bases));
  append(found, in_library(tree, client::own_folder::name));
  if (!is_plugin) append(found, in_skill_itself(top));
  for (const files::Entry& entry : top)
    if (tree.is_directory("", entry) && entry.name.front() != '.') append(found, in_skill_folder(tree, entry.name));
  return found;
}

// The client's own folder, in whose skills/ whole plugins may lie (2.1.2xx): their parts carry the plugin's name.
Components in_clients_own(RootTree& tree, const std::string& base) {
  Plugins plugins{tree};
  const std::string skills = below(base, "skills");
  if (const auto inner = tree.list(skills))
    for (const files::Entry& entry : inner->entries)
      if (const std::string folder = below(skills, entry.name);
          tree.is_directory(skills, entry) && tree.has_file(below(folder, ".claude-plugin/plugin.json")))
        plugins.add(folder, nullptr);
  Components found = std::move(plugins.found);
  append(found, without_plugins(in_library(tree, base), plugins.bases));
  return found;
}

Components in_installed_plugin(RootTree& tree) {
  Plugins plugins{tree, true};
  plugins.add("", nullptr);
  return std::move(plugins.found);
}

Components in_layout(RootTree& tree, const RootFolder& root, const std::vector<files::Entry>& top) {
  switch (root.layout) {
    case RootLayout::any: return in_any_form(tree, top);
    case RootLayout::project: return in_clients_own(tree, client::own_folder::name);
    case RootLayout::components: return in_clients_own(tree, "");
    case RootLayout::plugin: return in_installed_plugin(tree);
    case RootLayout::client: return in_client_folder(*root.form, root.plugin);
  }
  return {};
}

}  // namespace

std::vector<Component> find_components(RootTree& tree, const RootFolder& root, const std::vector<files::Entry>& top) {
  std::vector<Component> found = in_layout(tree, root, top);
  note_if_file(tree, ".mcp.json");
  return found;
}

}  // namespace cascade::discovery
