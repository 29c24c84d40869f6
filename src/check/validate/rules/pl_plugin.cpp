// plugin.json, field by field, after the client's own schema (PluginField). An unknown field is a warning
// and a wrong type an error, because the client refuses the whole plugin for the second only.
#include <algorithm>
#include <map>
#include <string_view>

#include "files/paths.h"
#include "manifest/fields.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "validate/reading/plugins.h"
#include "validate/rules/checks.h"
#include "validate/rules/findings.h"

namespace cascade::validation {
namespace {

using syntax::Node, syntax::NodeKind;

bool is_remote(std::string_view path) { return path.find("://") != std::string_view::npos; }

bool steps_up(std::string_view path) {
  return path == ".." || path.starts_with("../") || path.ends_with("/..") || path.find("/../") != path.npos;
}

// PL003, PL004, PL013 and PL014: one path of plugin.json or marketplace.json. The first fault is reported and ends the
// check, since the later ones would only follow from it.
class ComponentPaths : FileJudge {
 public:
  ComponentPaths(const Context& context, const Document& document, std::string_view base, Findings& findings)
      : FileJudge(context, document, findings), base_(base) {}

  void component(std::string_view field, const Node& path) {
    std::string resolved;
    if (!check_form(path, resolved)) return;
    const PathState state = context_.tree.has_folder(resolved) ? PathState::folder : context_.tree.state(resolved);
    if (state == PathState::missing)
      findings_.add("PL004", document_.at(path), "\"" + path.text + "\" does not exist",
                    "paths begin at the plugin's folder");
    else if (state != PathState::folder && field == "skills")
      findings_.add("PL014", document_.at(path), "skills names the file \"" + path.text + "\"",
                    "name the skill's folder; the client loads nothing from a file");
    else if (field == "hooks" && resolved == files::join(base_, "hooks/hooks.json"))
      findings_.add("PL015", document_.at(path), "hooks names the file that the client loads by itself",
                    "remove the key; the client refuses hooks that it meets twice");
    else if (state == PathState::folder && field == "agents")
      findings_.add("PL014", document_.at(path), "agents names the folder \"" + path.text + "\"",
                    "list the .md files; a folder makes the client refuse the plugin");
  }

  // Checks only form and direction; returns whether more can be checked. Then `resolved` is set.
  bool check_form(const Node& path, std::string& resolved) {
    const std::string& text = path.text;
    if (is_remote(text)) return false;
    if (steps_up(text)) {
      findings_.add("PL013", document_.at(path), "\"" + text + "\" leaves the plugin",
                    "a plugin is copied alone; keep what it needs inside");
      return false;
    }
    if (text != "." && !text.starts_with("./")) {
      findings_.add("PL003", document_.at(path), "\"" + text + "\" does not begin with ./", "write \"./" + text + "\"");
      return false;
    }
    resolved = FileTree::resolve(base_, text).path;
    return true;
  }

 private:
  std::string_view base_;
};

// Reports `rule` for a name that is not lower-case words joined by hyphens; a warning if only capitals are wrong.
void check_plugin_name(const Document& document, const Node& name, std::string_view rule, Findings& findings) {
  bool capitals = false, other = false;
  for (std::size_t i = 0; i < name.text.size(); ++i) {
    const char c = name.text[i];
    const bool hyphen = c == '-' && i > 0 && i + 1 < name.text.size() && name.text[i - 1] != '-';
    capitals = capitals || letters::is_upper(c);
    other = other || !(letters::is_letter(c) || letters::is_digit(c) || hyphen);
  }
  if (!capitals && !other) return;
  findings.add(rule, other ? std::optional<Severity>() : Severity::warning, document.at(name),
               "\"" + name.text + "\" is not a valid name for a plugin", "lower-case words joined by hyphens");
}

// 1.2.3, with an optional -pre.release and +build.
bool is_version(std::string_view text) {
  const std::string_view core = text.substr(0, text.find_first_of("-+"));
  const std::vector<std::string_view> numbers = letters::parts(core, '.');
  const auto is_number = [](std::string_view number) {
    return !number.empty() && (number.size() == 1 || number.front() != '0') &&
           std::ranges::all_of(number, letters::is_digit);
  };
  return numbers.size() == 3 && std::ranges::all_of(numbers, is_number) &&
         (core.size() == text.size() || core.size() + 1 < text.size());
}

class PluginCheck : FileJudge {
 public:
  // `base`: the plugin's folder, at which paths begin.
  PluginCheck(const Context& context, const Document& document, std::string_view base, Findings& findings)
      : FileJudge(context, document, findings), paths_(context, document, base, findings) {}

  // The fields of a marketplace's entry that a plugin also has: its paths, which begin at the plugin's folder, or all
  // others.
  void entry(const Node& entry, bool paths) {
    for (std::size_t i = 0; i < entry.size(); ++i) {
      const PluginField* known = find_plugin_field(entry.key(i).text);
      if (known == nullptr || is_path(known->value) != paths) continue;
      if (paths || (!known->entry_only && entry.key(i).text != "name"))
        type(entry.key(i), entry.value(i), known->value);
    }
  }

  void run() {
    const Node& root = document_.data();
    if (root.kind != NodeKind::map) {
      findings_.add("PL001", document_.at_line(1), "plugin.json must hold one object", "");
      return;
    }
    name(root);
    for (std::size_t i = 0; i < root.size(); ++i) field(root.key(i), root.value(i));
  }

 private:
  static bool is_path(PluginValue value) { return value == PluginValue::path || value == PluginValue::paths_or_map; }

  void name(const Node& root) {
    const Node* value = root.find("name");
    if (!is_text(value) || value->text.empty()) {
      findings_.add("PL002", value == nullptr ? document_.at_line(1) : document_.at(*value), "the plugin has no name",
                    "add \"name\"");
      return;
    }
    check_plugin_name(document_, *value, "PL002", findings_);
  }

  void field(const Node& key, const Node& value) {
    const PluginField* known = find_plugin_field(key.text);
    if (known == nullptr) {
      if (key.text.substr(0, 2) == "x-") return;
      const std::string near = letters::starts_with_lower(key.text, "mcp")
                                   ? letters::did_you_mean("mcpServers")
                                   : letters::did_you_mean(key.text, letters::names_of(plugin_fields()));
      findings_.add("PL005", document_.at(key), "the client knows no field \"" + key.text + "\" of a plugin",
                    near.empty() ? "put it below metadata, or remove it" : near);
      return;
    }
    if (known->entry_only)
      findings_.add("PL005", document_.at(key), key.text + " means something only in a marketplace's entry",
                    "move it there, or remove it");
    if (key.text == "version" && value.kind == NodeKind::string && !is_version(value.text))
      findings_.add("PL006", document_.at(value), "\"" + value.text + "\" is not a version", "write MAJOR.MINOR.PATCH");
    type(key, value, known->value);
  }

  void wrong(const Node& key, const Node& value, const std::string& wanted) {
    findings_.add("PL014", document_.at(key),
                  key.text + " is " + std::string(describe(value.kind)) + " and must be " + wanted,
                  "the client refuses the plugin");
  }

  void type(const Node& key, const Node& value, PluginValue wanted) {
    switch (wanted) {
      case PluginValue::text:
        if (value.kind != NodeKind::string) wrong(key, value, "a text");
        return;
      case PluginValue::boolean:
        if (value.kind != NodeKind::boolean) wrong(key, value, "true or false");
        return;
      case PluginValue::texts: return texts(key, value);
      case PluginValue::author:
        if (value.kind != NodeKind::map)
          wrong(key, value, "an object with a name");
        else if (!is_text(value.find("name")))
          findings_.add("PL014", document_.at(key), "author has no name", "{ \"name\": ... }");
        return;
      case PluginValue::path:
      case PluginValue::paths_or_map: return path(key, value, wanted);
      case PluginValue::any: return;
    }
  }

  void texts(const Node& key, const Node& value) {
    if (value.kind != NodeKind::list) return wrong(key, value, "a list of texts");
    for (const Node& item : value.items)
      if (item.kind != NodeKind::string) return wrong(key, item, "a list of texts");
  }

  void path(const Node& key, const Node& value, PluginValue wanted) {
    if (value.kind == NodeKind::map && wanted == PluginValue::paths_or_map) return command_map(key, value);
    if (value.kind == NodeKind::string) return paths_.component(key.text, value);
    if (value.kind != NodeKind::list) return wrong(key, value, "a path or a list of paths");
    for (const Node& item : value.items) {
      if (item.kind == NodeKind::string)
        paths_.component(key.text, item);
      else if (wanted == PluginValue::path)
        wrong(key, item, "a path or a list of paths");
    }
  }

  // Commands may be a map from names to { "source": path }; hooks and servers are maps of their own.
  void command_map(const Node& key, const Node& value) {
    if (key.text != "commands") return;
    for (std::size_t i = 0; i < value.size(); ++i)
      if (const Node* source = value.value(i).find("source"); is_text(source)) paths_.component(key.text, *source);
  }

  ComponentPaths paths_;
};

// Checks marketplace.json: what the client refuses the whole file for, then each entry by itself. A source that is a
// folder of this repository is looked at; others are not here.
class MarketplaceCheck : FileJudge {
 public:
  using FileJudge::FileJudge;
  void run() {
    const Node& root = document_.data();
    if (root.kind != NodeKind::map) {
      findings_.add("PL001", document_.at_line(1), "marketplace.json must hold one object");
      return;
    }
    top(root);
    const Node* entries = root.find("plugins");
    if (!is_list(entries)) return;
    if (const Node* metadata = root.find("metadata"); is_map(metadata)) plugin_root_ = metadata->find("pluginRoot");
    for (const Node& entry : entries->items) check_entry(entry);
  }

 private:
  void missing(const Location& at, const std::string& what) {
    findings_.add("PL009", at, what, "the client refuses it");
  }

  void top(const Node& root) {
    const Node* name = root.find("name");
    if (!is_text(name) || name->text.empty())
      missing(document_.at_line(1), "the marketplace has no name");
    else if (is_reserved_marketplace(name->text) && !context_.facts.is_of_vendor(document_.path()))
      findings_.add("ID004", Severity::error, document_.at(*name), "the client keeps the name \"" + name->text + "\"",
                    "choose a name of your own");
    if (is_text(name) && name->text.find_first_not_of(
                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != std::string::npos)
      findings_.add("PL002", document_.at(*name), "\"" + name->text + "\" is not a valid name for a marketplace",
                    "lower-case words joined by hyphens");
    const Node* owner = root.find("owner");
    if (owner == nullptr)
      missing(document_.at_line(1), "the marketplace has no owner");
    else if (owner->kind != NodeKind::map || !is_text(owner->find("name")))
      missing(document_.at(*key_of(root, "owner")), "the owner has no name");
    if (!is_list(root.find("plugins"))) missing(document_.at_line(1), "the marketplace has no list of plugins");
  }

  void check_entry(const Node& entry) {
    if (entry.kind != NodeKind::map) return missing(document_.at(entry), "an entry is not an object");
    const Node *name = entry.find("name"), *source = entry.find("source");
    if (!is_text(name) || name->text.empty())
      missing(document_.at(entry), "an entry has no name");
    else
      check_name(*name);
    PluginCheck(context_, document_, document_.place().base, findings_).entry(entry, false);
    if (source == nullptr)
      missing(document_.at(entry), "an entry has no source");
    else if (source->kind == NodeKind::string)
      local(entry, *source);
  }

  void check_name(const Node& name) {
    check_plugin_name(document_, name, "PL002", findings_);
    const auto [first, added] = seen_.emplace(name.text, &name);
    if (added) return;
    findings_.add("PL007", document_.at(name), "a second entry is named \"" + name.text + "\"", "rename one of them")
        .related.push_back({document_.at(*first->second), "the first"});
  }

  void local(const Node& entry, const Node& source) {
    std::string folder;
    if (is_text(plugin_root_) && source.text.find('/') == std::string::npos && source.text != ".")
      folder = FileTree::resolve(base_, plugin_root_->text + "/" + source.text).path;
    else if (!paths_.check_form(source, folder))
      return;
    if (!context_.tree.has_folder(folder)) {
      findings_.add("PL008", document_.at(source), "the source \"" + source.text + "\" does not exist",
                    "a local source is a folder of this repository");
      return;
    }
    PluginCheck(context_, document_, folder, findings_).entry(entry, true);
    if (context_.tree.has_file(files::join(folder, ".claude-plugin/plugin.json")) || has_components(folder)) return;
    // The client (2.1.270) takes them from the entry if there is no plugin.json, whatever `strict` says.
    if (names_components(entry)) return;
    findings_.add("PL008", document_.at(source), "\"" + source.text + "\" holds neither a plugin.json nor components",
                  "add .claude-plugin/plugin.json, or list the components here");
  }

  bool has_components(const std::string& folder) const {
    for (const char* part : {"skills", "agents", "commands", "hooks"})
      if (context_.tree.has_folder(files::join(folder, part))) return true;
    return context_.tree.has_file(files::join(folder, "SKILL.md")) ||
           context_.tree.has_file(files::join(folder, ".mcp.json"));
  }

  static bool names_components(const Node& entry) {
    for (const char* key : {"skills", "agents", "commands", "hooks", "mcpServers", "lspServers", "outputStyles"})
      if (entry.find(key) != nullptr) return true;
    return false;
  }

  const std::string_view base_ = files::parent(files::parent(document_.path()));
  ComponentPaths paths_{context_, document_, base_, findings_};
  const Node* plugin_root_ = nullptr;
  std::map<std::string_view, const Node*> seen_;
};

}  // namespace

void check_plugin(const Context& context, const Document& document, Findings& findings) {
  if (document.role() == Role::plugin && document.parsed().complete)
    PluginCheck(context, document, document.place().base, findings).run();
}

void check_marketplace(const Context& context, const Document& document, Findings& findings) {
  if (document.role() == Role::marketplace && document.parsed().complete)
    MarketplaceCheck(context, document, findings).run();
}

}  // namespace cascade::validation
