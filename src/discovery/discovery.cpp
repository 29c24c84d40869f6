// Walks a root once and decides from names alone what is a manifest. The root is tried as each thing it may be
// (plugin, marketplace, project, library, folder of skills); each reading adds its files, and a file counts once,
// under the first path that reaches it. Bodies are not read: a walk must stay cheap enough for every cold start. Along
// the way every folder whose change could add or remove a manifest is noted with its stamp, including folders where
// something is missing so far; the index later compares only these stamps instead of walking again. Links are followed
// only if they stay in the root and lead to a file of the same kind, and each real folder is entered once, so neither
// a loop nor a planted link can make the walk leave or repeat.
#include "discovery/discovery.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "client/names.h"
#include "discovery/plugin_manifest.h"
#include "files/paths.h"

namespace cascade::discovery {
namespace {

constexpr std::uint64_t max_json_bytes = 1 << 20;

bool has_suffix(std::string_view text, std::string_view suffix) {
  return text.size() > suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

std::string_view extension(std::string_view path) {
  const std::string_view name = files::file_name(path);
  return name.substr(std::min(name.rfind('.'), name.size()));
}

// Folders that never hold manifests and may be huge.
bool is_skipped_folder(std::string_view name) { return name == ".git" || name == "node_modules"; }

// Walks one root. Every path below is relative to it; "" is the root itself.
class Walker {
 public:
  Walker(const files::Tree& tree, const RootFolder& root, const Limits& limits)
      : tree_(tree), root_(root), limits_(limits) {}

  Result<Discovery> run() {
    auto real = tree_.real_path(root_.path);
    if (!real) return real.error();
    real_root_ = *real;
    auto top = tree_.list_stamped(root_.path);
    if (!top) return top.error();
    found_.directories.push_back({".", top->stamp});
    switch (root_.layout) {
      case RootLayout::any: everything(top->entries); break;
      case RootLayout::project: library(client::own_folder::name, "", false); break;
      case RootLayout::components: library("", "", false); break;
      case RootLayout::plugin: plugin("", nullptr); break;
      case RootLayout::client: of_client(*root_.form); break;
    }
    other(".mcp.json");
    return take();
  }

 private:
  void everything(const std::vector<files::Entry>& top) {
    plugins(top);
    library("", "", false);
    library(client::own_folder::name, "", false);
    for (const files::Entry& entry : top)
      if (is_directory("", entry) && entry.name.front() != '.') skill_folder(entry.name);
  }

  std::string absolute(const std::string& path) const { return files::join(root_.path, path); }
  static std::string below(const std::string& folder, const std::string& name) { return files::join(folder, name); }

  // Reports each problem once: a folder may be walked as the root's own and again as a plugin's.
  void problem(std::string rule, Severity severity, const Location& at, std::string message, std::string help) {
    if (!reported_.emplace(at.path, at.line, message).second) return;
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.rule = std::move(rule);
    diagnostic.at = at;
    diagnostic.message = std::move(message);
    diagnostic.help = std::move(help);
    found_.problems.push_back(std::move(diagnostic));
  }

  void problem(std::string rule, Severity severity, const std::string& path, std::string message, std::string help) {
    Location at;
    at.path = path;
    problem(std::move(rule), severity, at, std::move(message), std::move(help));
  }

  // Whether the entry may be entered as a folder; a link only if it stays inside the root.
  bool is_directory(const std::string& folder, const files::Entry& entry) {
    if (entry.type == files::EntryType::directory) return true;
    if (entry.type != files::EntryType::link) return false;
    const std::string path = below(folder, entry.name);
    auto stamp = tree_.stat(absolute(path));
    if (!stamp) found_.settled = false;
    return stamp && stamp->directory && stays_inside(path);
  }

  bool is_file(const std::string& folder, const files::Entry& entry) {
    if (entry.type == files::EntryType::file) return true;
    if (entry.type != files::EntryType::link) return false;
    const std::string path = below(folder, entry.name);
    auto stamp = tree_.stat(absolute(path));
    return stamp && !stamp->directory && stays_inside(path);
  }

  bool stays_inside(const std::string& path) {
    auto real = tree_.real_path(absolute(path));
    if (real && files::is_within(real_root_, *real)) return leads_to_its_like(path, *real);
    found_.settled = false;
    if (!real) return false;
    problem("SEC010", Severity::error, path, "the symbolic link leaves the root, not followed",
            "copy the target into the tree");
    return false;
  }

  // A planted link must not make us read a repository's internal files (.git/config holds passwords) or a file of
  // another kind (.env) as a manifest.
  bool leads_to_its_like(const std::string& path, const std::string& real) {
    const std::string inside = files::relative_to(real_root_, real);
    if (inside == path || path == ".") return true;
    const auto stamp = tree_.stat(absolute(path));
    const bool alike = !stamp || stamp->directory || extension(real) == extension(path);
    if (alike && ("/" + inside + "/").find("/.git/") == std::string::npos) return true;
    found_.settled = false;
    problem("SEC010", Severity::error, path, "the symbolic link leads to what is no manifest, not followed",
            "copy what is meant into the tree");
    return false;
  }

  void add(Kind kind, const std::string& path, const std::string& component, const std::string& plugin, bool prefixed) {
    if (by_path_.size() >= limits_.files) {
      if (!full_)
        problem("ID009", Severity::error, path,
                "more than " + std::to_string(limits_.files) + " manifests; the rest is left out",
                "give a smaller root");
      full_ = true;
      return;
    }
    by_path_.emplace(path, Found{kind, path, component, plugin, prefixed});
  }

  // The real paths that a walk has visited: folders, with the path by which they were reached, and the targets of file
  // links.
  struct Seen {
    std::map<std::string, std::string> folders;
    std::set<std::string> linked_files;
  };

  // Whether a file of the real folder was visited before, under this name or through a link.
  bool is_repeated(const std::string& path, const files::Entry& entry, const std::string& real_folder, Seen& seen) {
    if (entry.type != files::EntryType::link)
      return !seen.linked_files.empty() && seen.linked_files.count(files::join(real_folder, entry.name)) != 0;
    const auto real = tree_.real_path(absolute(path));
    if (!real || !seen.linked_files.insert(*real).second) return true;
    const auto folder = seen.folders.find(std::string(files::parent(*real)));
    if (folder == seen.folders.end()) return false;
    return by_path_.count(below(folder->second, std::string(files::file_name(*real)))) != 0;
  }

  // A folder as it was when first listed; a marketplace may name one folder in several plugins.
  struct Listed {
    files::Listing listing;
    std::optional<Error> fault;
    std::string real;  // its real path; empty: unknown
  };

  // `real`: its real path, if known.
  const Listed& list(const std::string& folder, std::string real) {
    const auto [found, is_new] = listed_.try_emplace(folder);
    Listed& listed = found->second;
    if (!is_new) return listed;
    auto listing = tree_.list_stamped(absolute(folder));
    if (!listing) {
      listed.fault = listing.error();
      return listed;
    }
    listed.listing = *std::move(listing);
    listed.real = real.empty() ? tree_.real_path(absolute(folder)).value_or(std::string()) : std::move(real);
    return listed;
  }

  // Calls `visit(path)` for every file below `folder` whose name is `wanted`, depth first in byte order. Each real
  // folder and file counts once, under the name that comes first, even if that is a link, as in the client (2.1.328).
  template <typename Wanted, typename Visit>
  void walk(const std::string& folder, Seen& seen, std::uint32_t depth, const Wanted& wanted, const Visit& visit,
            std::string known_real = {}) {
    const Listed& listed = list(folder, std::move(known_real));
    if (listed.fault) {
      watch(folder);
      if (listed.fault->code != ErrorCode::not_found)
        problem("ID009", Severity::warning, folder, listed.fault->message, listed.fault->help);
      return;
    }
    if (listed.real.empty() || !seen.folders.emplace(listed.real, folder).second) return;
    found_.directories.push_back({folder, listed.listing.stamp});
    for (const files::Entry& entry : listed.listing.entries) {
      if (is_directory(folder, entry)) {
        // A client keeps its own skills in hidden folders (.codex/skills/.system).
        if (is_skipped_folder(entry.name) || (root_.form != nullptr && entry.name.front() == '.')) continue;
        if (depth >= limits_.depth) {
          problem("ID009", Severity::warning, below(folder, entry.name),
                  "nested deeper than " + std::to_string(limits_.depth) + " folders, not read", "move it up");
          continue;
        }
        // A folder that is not a link is inside its parent's real path.
        walk(below(folder, entry.name), seen, depth + 1, wanted, visit,
             entry.type == files::EntryType::directory ? files::join(listed.real, entry.name) : std::string());
      } else if (is_file(folder, entry) && wanted(entry.name)) {
        const std::string path = below(folder, entry.name);
        if (!is_repeated(path, entry, listed.real, seen)) visit(path);
      }
    }
  }

  void skills_below(const std::string& folder, const std::string& plugin, bool prefixed) {
    Seen seen;
    walk(
        folder, seen, 0, [](const std::string& name) { return name == "SKILL.md"; },
        [&](const std::string& path) { add(Kind::skill, path, folder, plugin, prefixed); });
  }

  void markdown_below(Kind kind, const std::string& folder, const std::string& plugin, bool prefixed,
                      std::string_view ending = ".md") {
    Seen seen;
    walk(
        folder, seen, 0, [&](const std::string& name) { return has_suffix(name, ending); },
        [&](const std::string& path) { add(kind, path, folder, plugin, prefixed); });
  }

  // A client's folder, as that client reads it.
  void of_client(const client::FolderForm& form) {
    for (const std::string_view folder : form.skills) skills_below(std::string(folder), "", false);
    for (const std::string_view folder : form.agents)
      markdown_below(Kind::agent, std::string(folder), "", false, form.agent_ending);
    for (const std::string_view folder : form.commands)
      markdown_below(Kind::command, std::string(folder), "", false, form.command_ending);
  }

  // The three component folders of a library, a plugin or a .claude folder.
  void library(const std::string& base, const std::string& plugin, bool prefixed) {
    skills_below(below(base, "skills"), plugin, prefixed);
    markdown_below(Kind::agent, below(base, "agents"), plugin, prefixed);
    markdown_below(Kind::command, below(base, "commands"), plugin, prefixed);
    watch(base);
    hooks(base);
  }

  // Notes a folder whose change may bring new manifests, although nothing in it has been listed yet.
  void watch(const std::string& folder) {
    if (folder.empty()) return;
    auto stamp = tree_.stat(absolute(folder));
    if (stamp && stamp->directory) found_.directories.push_back({folder, *stamp});
  }

  // Watches the nearest existing folder: creating the missing path would change it first.
  void watch_for(const std::string& missing) {
    std::string_view folder = files::parent(missing);
    while (!folder.empty() && !tree_.stat(absolute(std::string(folder)))) folder = files::parent(folder);
    watch(std::string(folder));
  }

  void hooks(const std::string& base) {
    watch(below(base, "hooks"));
    other(below(base, "hooks/hooks.json"));
    other(below(base, "settings.json"));
  }

  void other(const std::string& path) {
    auto stamp = tree_.stat(absolute(path));
    if (stamp && !stamp->directory && stays_inside(path)) others_.insert(path);
  }

  // <name>/SKILL.md right below the root.
  void skill_folder(const std::string& name) {
    watch(name);
    const std::string path = below(name, "SKILL.md");
    if (by_path_.count(path) != 0) return;
    auto stamp = tree_.stat(absolute(path));
    if (stamp && !stamp->directory && stays_inside(path)) add(Kind::skill, path, "", "", false);
  }

  // Adds what one listed path means: a file, or everything below a folder.
  void listed(Kind kind, const std::string& base, const ComponentPath& component, const std::string& plugin,
              bool prefixed) {
    const std::string path = component.path == "." ? base : below(base, component.path);
    auto stamp = tree_.stat(absolute(path.empty() ? "." : path));
    if (!stamp) {
      watch_for(path);
      problem("PL004", Severity::error, component.at, "\"" + component.path + "\" does not exist",
              "paths are relative to the plugin's folder");
      return;
    }
    if (!stays_inside(path.empty() ? "." : path)) return;
    if (stamp->directory) {
      if (kind == Kind::skill)
        skills_below(path, plugin, prefixed);
      else
        markdown_below(kind, path, plugin, prefixed);
    } else if (has_suffix(path, ".md")) {
      add(kind, path, std::string(files::parent(path)), plugin, prefixed);
    }
  }

  // Several entries of a marketplace may share one folder, each with a list of its own components.
  void listed_components(const std::string& base, const PluginManifest& entry) {
    const bool prefixed = !base.empty() && !entry.name.empty();
    for (const ComponentPath& path : entry.skills) listed(Kind::skill, base, path, entry.name, prefixed);
    for (const ComponentPath& path : entry.agents.value_or(std::vector<ComponentPath>{}))
      listed(Kind::agent, base, path, entry.name, prefixed);
    for (const ComponentPath& path : entry.commands.value_or(std::vector<ComponentPath>{}))
      listed(Kind::command, base, path, entry.name, prefixed);
  }

  void components(const std::string& base, const PluginManifest& manifest, const std::string& name, bool prefixed) {
    skills_below(below(base, "skills"), name, prefixed);
    for (const ComponentPath& path : manifest.skills) listed(Kind::skill, base, path, name, prefixed);
    if (!manifest.agents) markdown_below(Kind::agent, below(base, "agents"), name, prefixed);
    for (const ComponentPath& path : manifest.agents.value_or(std::vector<ComponentPath>{}))
      listed(Kind::agent, base, path, name, prefixed);
    if (!manifest.commands) markdown_below(Kind::command, below(base, "commands"), name, prefixed);
    for (const ComponentPath& path : manifest.commands.value_or(std::vector<ComponentPath>{}))
      listed(Kind::command, base, path, name, prefixed);
    const std::string own = below(base, "SKILL.md");
    auto stamp = tree_.stat(absolute(own));
    if (stamp && !stamp->directory && stays_inside(own)) add(Kind::skill, own, base, name, prefixed);
    watch(base);
    watch(below(base, ".claude-plugin"));
    hooks(base);
    other(below(base, ".mcp.json"));
    other(below(base, "mcp.json"));
  }

  // Reads base/.claude-plugin/plugin.json; `entry` is the marketplace's entry for the same plugin.
  bool plugin(const std::string& base, const PluginManifest* entry) {
    if (!plugins_done_.insert(base).second) return true;
    std::string path = below(base, ".claude-plugin/plugin.json");
    const bool is_root = base.empty();
    const bool prefixed = !is_root || root_.layout == RootLayout::plugin;
    auto text = tree_.read(absolute(path), max_json_bytes);
    // Agent Plugins 1.0: plugin.json at the top, next to skills/.
    if (!text && tree_.stat(absolute(below(base, "skills"))))
      if (auto other = tree_.read(absolute(below(base, "plugin.json")), max_json_bytes)) {
        text = std::move(other);
        path = below(base, "plugin.json");
      }
    if (!text && entry == nullptr && root_.layout != RootLayout::plugin) {
      plugins_done_.erase(base);
      watch(base);
      watch(below(base, ".claude-plugin"));
      return false;
    }
    PluginManifest manifest;
    if (text && stays_inside(path)) {
      others_.insert(path);
      manifest = read_plugin_manifest(*text, path, found_.problems);
    }
    if (entry != nullptr) {
      if (manifest.name.empty()) manifest.name = entry->name;
      if (!manifest.agents) manifest.agents = entry->agents;
      if (!manifest.commands) manifest.commands = entry->commands;
      manifest.skills.insert(manifest.skills.end(), entry->skills.begin(), entry->skills.end());
    }
    std::string name = manifest.name;
    if (name.empty()) name = files::file_name(is_root ? real_root_ : base);
    components(base, manifest, name, prefixed && !name.empty());
    return true;
  }

  static bool has_lists(const PluginManifest& entry) {
    return !entry.skills.empty() || entry.agents.has_value() || entry.commands.has_value();
  }

  // Returns the folders that several entries use as their source.
  static std::set<std::string> shared_sources(const Marketplace& marketplace) {
    std::set<std::string> once, shared;
    for (const MarketplaceEntry& entry : marketplace.entries) {
      if (!entry.source) continue;
      const std::string base = entry.source->path == "." ? "" : entry.source->path;
      if (!once.insert(base).second) shared.insert(base);
    }
    return shared;
  }

  void plugins(const std::vector<files::Entry>& top) {
    const std::string path = ".claude-plugin/marketplace.json";
    auto text = tree_.read(absolute(path), max_json_bytes);
    if (text && stays_inside(path)) {
      others_.insert(path);
      const Marketplace marketplace = read_marketplace(*text, path, found_.problems);
      const std::set<std::string> shared = shared_sources(marketplace);
      for (const MarketplaceEntry& entry : marketplace.entries) {
        if (!entry.source) continue;
        const std::string base = entry.source->path == "." ? "" : entry.source->path;
        auto stamp = tree_.stat(absolute(base.empty() ? "." : base));
        if (stamp && stamp->directory && (base.empty() || stays_inside(base)) && shared.count(base) != 0 &&
            has_lists(entry.plugin))
          listed_components(base, entry.plugin);
        else if (stamp && stamp->directory && (base.empty() || stays_inside(base)))
          plugin(base, &entry.plugin);
        else if (!stamp) {
          watch_for(base);
          problem("PL008", Severity::error, entry.source->at,
                  "the source \"" + entry.source->path + "\" does not exist",
                  "a local source is a folder of this repository");
        }
      }
    }
    plugin("", nullptr);
    watch(".claude-plugin");
    // Plugins in adjacent folders that no marketplace names.
    for (const files::Entry& entry : top) {
      if (!is_directory("", entry) || entry.name.front() == '.' || is_skipped_folder(entry.name)) continue;
      if (plugin(entry.name, nullptr) || entry.name != "plugins") continue;
      auto inner = tree_.list_stamped(absolute(entry.name));
      if (!inner) continue;
      found_.directories.push_back({entry.name, inner->stamp});
      for (const files::Entry& child : inner->entries)
        if (is_directory(entry.name, child)) plugin(below(entry.name, child.name), nullptr);
    }
  }

  Discovery take() {
    for (auto& [path, manifest] : by_path_) found_.manifests.push_back(std::move(manifest));
    found_.others.assign(others_.begin(), others_.end());
    // If a folder was looked at several times, the first stamp counts: any later change is a change.
    std::vector<Watched>& folders = found_.directories;
    std::stable_sort(folders.begin(), folders.end(),
                     [](const Watched& a, const Watched& b) { return a.path < b.path; });
    folders.erase(std::unique(folders.begin(), folders.end(),
                              [](const Watched& a, const Watched& b) { return a.path == b.path; }),
                  folders.end());
    return std::move(found_);
  }

  const files::Tree& tree_;
  const RootFolder& root_;
  const Limits& limits_;
  std::string real_root_;
  Discovery found_;
  std::map<std::string, Found> by_path_;
  std::map<std::string, Listed> listed_;
  std::set<std::string> others_, plugins_done_;
  std::set<std::tuple<std::string, std::uint32_t, std::string>> reported_;  // path, line, message
  bool full_ = false;
};

}  // namespace

Result<Discovery> discover(const files::Tree& tree, const RootFolder& root, const Limits& limits) {
  return Walker(tree, root, limits).run();
}

}  // namespace cascade::discovery
