// The words for the enumerations of <cascade/manifest.h> in files and output.
#include "manifest/kinds.h"

#include <algorithm>
#include <tuple>

#include "client/built_in.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade {

constexpr letters::Names<Kind::command> kind_names("skill", "agent", "command");
std::string_view to_string(Kind kind) noexcept { return kind_names.of(kind); }

constexpr letters::Names<Layer::command> layer_names("playbook", "skill", "agent", "command");
std::string_view to_string(Layer layer) noexcept { return layer_names.of(layer); }

constexpr letters::Names<Scope::managed> scope_names("builtin", "plugin", "user", "project", "managed");
std::string_view to_string(Scope scope) noexcept { return scope_names.of(scope); }

constexpr letters::Names<Form::beginning> form_names("card", "lead", "section", "prose", "opening", "resource", "stub",
                                                     "cut", "same", "name", "third", "beginning");
std::string_view to_string(Form form) noexcept { return form_names.of(form); }

constexpr letters::Names<Strength::excluded> strength_names("required", "invoked", "mentioned", "excluded");
std::string_view to_string(Strength strength) noexcept { return strength_names.of(strength); }

constexpr letters::Names<Via::prose> via_names("frontmatter", "task", "skill", "spawn", "slash", "qualified", "at",
                                               "link", "path", "label", "table", "heading", "backtick", "bold",
                                               "prose");
std::string_view to_string(Via via) noexcept { return via_names.of(via); }

std::optional<Kind> parse_kind(std::string_view text) noexcept {
  if (!text.empty() && text.back() == 's') text.remove_suffix(1);
  return kind_names.find(text);
}

std::optional<Symbol> Symbol::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
  const std::optional<Kind> kind = parse_kind(text.substr(0, colon));
  if (!kind) return std::nullopt;
  return Symbol{*kind, std::string(text.substr(colon + 1))};
}

bool operator==(const Symbol& a, const Symbol& b) noexcept { return a.kind == b.kind && a.name == b.name; }
bool operator<(const Symbol& a, const Symbol& b) noexcept {
  return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
}

std::string to_string(const Symbol& symbol) { return std::string(to_string(symbol.kind)) + ':' + symbol.name; }

}  // namespace cascade

namespace cascade::manifest {
namespace {

void drop_ending(std::string_view& name, std::string_view ending) {
  if (name.size() > ending.size() && name.ends_with(ending)) name.remove_suffix(ending.size());
}

// A component's own name, without a root's label: "agents".
std::string_view files_of(std::string_view component) { return component.substr(component.find_last_of(":/") + 1); }

// A path's last component without its ending.
std::string_view file_stem(std::string_view path) {
  std::string_view name = files::file_name(path);
  if (name.size() > 3 && letters::equals_lower(name.substr(name.size() - 3), ".md")) name.remove_suffix(3);
  drop_ending(name, ".toml");
  return name;
}

// `path` below `component`; `path` itself when it is not below it.
std::string_view below(std::string_view path, std::string_view component) {
  if (component.empty() || path.size() <= component.size() || path.substr(0, component.size()) != component ||
      path[component.size()] != '/')
    return path;
  return path.substr(component.size() + 1);
}

// "plugin:name", or the name alone.
std::string with_plugin(std::string_view plugin, std::string_view name) {
  return (plugin.empty() ? std::string() : std::string(plugin) + ':').append(name);
}

// Its aliases are the names that are not empty or generic, each also as "plugin:name" when there is a plugin; sorted,
// because they are part of the index and its bytes must not depend on the order in which they were found.
Identity identity_of(std::string_view plugin, std::string name, std::string_view title,
                     const std::vector<std::string_view>& names) {
  Identity out{std::move(name), std::string(title), {}};
  for (const std::string_view alias : names) {
    if (alias.empty() || is_generic_alias(alias)) continue;
    if (!plugin.empty()) out.aliases.push_back(with_plugin(plugin, alias));
    out.aliases.emplace_back(alias);
  }
  letters::sort_once(out.aliases);
  std::erase(out.aliases, out.name);
  return out;
}

// An agent is named by its `name` key. In a plugin the folders below its component come between plugin and name, and
// the file name stands in for a missing key (client 2.1.328).
Identity identify_agent(const ManifestSource& source, std::string_view declared) {
  std::string_view stem = file_stem(source.path);
  if (files_of(source.component) == "agents") drop_ending(stem, ".agent");  // Copilot's agents/x.agent.md
  const std::string_view own = declared.empty() ? stem : declared;

  std::string in_folders;
  if (!source.plugin.empty()) {
    in_folders = files::parent(below(source.path, source.component));
    std::replace(in_folders.begin(), in_folders.end(), '/', ':');
    if (!in_folders.empty()) in_folders += ':';
  }
  in_folders += own;
  return identity_of(source.plugin, with_plugin(source.plugin, in_folders),
                     is_placeholder_title(declared) ? stem : declared, {own, stem, in_folders});
}

// A command is named by its path below its component, folders joined by colons; a SKILL.md is named by its folder. The
// client ignores the `name` key (2.1.328); here it is an alias.
Identity identify_command(const ManifestSource& source, std::string_view declared) {
  const std::string_view path = below(source.path, source.component);
  const std::string_view folder = files::parent(path);
  std::string joined;
  if (files::file_name(path) == "SKILL.md") {
    joined = folder.empty() ? files::file_name(files::parent(source.path)) : folder;
  } else {
    joined = folder;
    if (!joined.empty()) joined += '/';
    std::string_view stem = file_stem(path);
    if (files_of(source.component) == "prompts") drop_ending(stem, ".prompt");  // Copilot's prompts/x.prompt.md
    joined += stem;
  }
  if (joined.empty()) joined = file_stem(source.path);
  std::replace(joined.begin(), joined.end(), '/', ':');

  const std::string_view whole = joined, stem = letters::last_part(whole);
  std::vector<std::string_view> names = {declared, whole, stem};
  std::string hyphenated = joined;  // programs that flatten folders call dock:moor dock-moor
  if (stem.size() + 1 < whole.size()) {
    names.push_back(whole.substr(whole.rfind(':', whole.size() - stem.size() - 2) + 1));  // directory:file
    std::replace(hyphenated.begin(), hyphenated.end(), ':', '-');
    names.push_back(hyphenated);
  }
  return identity_of(source.plugin, with_plugin(source.plugin, joined),
                     is_placeholder_title(declared) ? stem : declared, names);
}

// The name that the client makes of a plugin's key, which may have the plugin's name already.
std::string called(std::string_view plugin, std::string_view declared) {
  if (plugin.empty()) return std::string(declared);
  if (declared.starts_with(plugin) && declared.substr(plugin.size()).starts_with(':'))
    declared.remove_prefix(plugin.size() + 1);
  std::string name;
  for (const char c : declared)
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) name += letters::is_name(c) ? c : '-';  // a sign is one "-"
  return name;
}

// A skill is named by its folder; the `name` key is an alias. Where a component is the folder of a single skill, as in
// `"skills": ["./"]` or with SKILL.md at a plugin's root, that folder is called otherwise wherever the plugin is
// installed: there the key names the skill, and the folder only where no key does (client 2.1.332).
Identity identify_skill(const ManifestSource& source, std::string_view declared) {
  const std::string_view place = files::parent(source.path);
  std::string_view folder = files::file_name(place);
  // SKILL.md at the root of a plugin or library: the given path does not contain the folder's own name.
  if (folder.empty()) folder = !source.plugin.empty() ? source.plugin : declared;
  if (folder.empty()) folder = file_stem(source.path);
  const bool by_key = place == source.component && !declared.empty();

  return identity_of(source.plugin, with_plugin(source.plugin, by_key ? called(source.plugin, declared) : folder),
                     is_placeholder_title(declared) ? folder : declared, {declared, folder});
}

}  // namespace

bool is_placeholder_title(std::string_view name) {
  return name.empty() || letters::is_one_of_lower(name, {"skill", "readme", "skill.md", "readme.md"});
}

// An alias such as "skill" would bind the word wherever somebody writes it.
bool is_generic_alias(std::string_view name) {
  return letters::is_one_of_lower(name, {"skill", "skills", "agent", "agents", "command", "commands", "readme",
                                         "skill.md", "index", "template", "readme.md"});
}

bool is_readme(std::string_view path) { return letters::equals_lower(files::file_name(path), "readme.md"); }

bool is_document(Kind kind, std::string_view path) {
  const std::string_view name = files::file_name(path);
  if (is_readme(path) || name == "AGENTS.md" || name == "CLAUDE.md") return true;
  if (kind == Kind::command && !name.empty() && !letters::is_upper(name.front())) return false;
  return client::is_document_name(name);
}

Identity identify(const ManifestSource& source, std::string_view declared) {
  switch (source.kind) {
    case Kind::skill: return identify_skill(source, declared);
    case Kind::agent: return identify_agent(source, declared);
    case Kind::command: return identify_command(source, declared);
  }
  return {};
}

}  // namespace cascade::manifest
