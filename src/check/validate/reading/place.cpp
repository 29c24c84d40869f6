// Says of each file what it is. First its base is found, the nearest plugin or .claude folder above it, else the parent
// of the first folder called skills, agents, commands or hooks; the nearest SKILL.md within that base makes it part of
// a skill. A file that the registry took as a manifest has its kind; names and endings decide about the others.
#include "validate/reading/place.h"

#include <algorithm>
#include <iterator>

#include "client/built_in.h"
#include "client/dialect.h"
#include "client/names.h"
#include "files/paths.h"
#include "text/ascii.h"
#include "text/letter_case.h"
#include "text/lines.h"
#include "text/word_set.h"
#include "text/words.h"
#include "unicode/utf8.h"
#include "validate/reading/lists.h"
#include "validate/reading/text_model.h"

namespace cascade::validation {
namespace {

// Which of the two that make a manifest stand at the beginning of a line, in front matter or in a whole file.
struct Declared {
  bool name = false, description = false;
  bool both() const { return name && description; }
};

Declared declared_in(std::string_view text) {
  constexpr std::uint32_t most_lines = 60;
  Declared found;
  for (const letters::Line line : letters::lines(text)) {
    if (line.number > most_lines) break;
    found.name = found.name || line.starts_with("name:");
    found.description = found.description || line.starts_with("description:");
  }
  return found;
}

// A form to be filled in, in a folder of templates among agents: it says nothing of an agent that could be chosen.
bool is_form(std::string_view path, std::string_view text) {
  for (std::string_view above = files::parent(path); !above.empty(); above = files::parent(above)) {
    const std::string_view folder = files::file_name(above);
    if (folder == "agents") return false;
    if (folder.find("template") != std::string_view::npos) return !declared_in(text).description;
  }
  return false;
}

// "CATALOG", "AGENT_INDEX", "readme-routing", "agents-overview": what pages about agents are called.
bool is_name_of_page(std::string_view stem) {
  if (letters::starts_with_lower(stem, "readme")) return true;
  constexpr std::size_t least = 4;
  if (stem.size() >= least && std::ranges::none_of(stem, letters::is_lower) &&
      std::ranges::all_of(stem, letters::is_name))
    return true;
  const std::size_t last = stem.find_last_of("-_") + 1;  // of none: 0
  return letters::is_one_of_lower(stem.substr(last), lists::page_names);
}

// A page that lies among agents or below them in a folder of material, and has no front matter: nobody meant it as one.
bool is_page(std::string_view path, std::string_view text) {
  if (text.starts_with(unicode::byte_order_mark)) text.remove_prefix(unicode::byte_order_mark.size());
  if (text.starts_with("---")) return false;
  if (is_name_of_page(files::stem(path))) return true;
  for (std::string_view above = files::parent(path); !above.empty(); above = files::parent(above)) {
    const std::string_view folder = files::file_name(above);
    if (folder == "agents") return false;
    if (letters::is_one_of_lower(folder, lists::material_folders)) return true;
  }
  return false;
}

// Endings that no agent has; a missing ending is one of them. openai.yaml in a skill's agents folder tells Codex about
// the skill and is not an agent.
bool is_foreign_ending(std::string_view name) {
  if (name == "openai.yaml" || name == "openai.yml") return false;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return true;
  return letters::is_one_of_lower(name.substr(dot), lists::foreign_endings) ||
         (name.substr(dot) != ".md" && letters::equals_lower(name.substr(dot), ".md"));
}

// "commit", "fix-build": as a skill would be called, where an index or a note has capitals or blanks.
bool is_plain_name(std::string_view stem) { return letters::is_hyphenated(stem, false) && !letters::has_capital(stem); }

// An agent in a folder of a collection ("quality/test-writer.md"): named like its file, with a description and tools or
// a model. Whoever wants it copies it to where a client looks.
bool is_agent_elsewhere(std::string_view path, const Place& place, std::string_view text) {
  if (place.role != Role::markdown || place.skill || place.in_plugin || !path.ends_with(".md") ||
      !text.starts_with("---"))
    return false;
  for (std::string_view above = files::parent(path); !above.empty(); above = files::parent(above))
    if (letters::is_one_of(files::file_name(above), lists::component_folders) ||
        letters::is_one_of_lower(files::file_name(above), lists::material_folders))
      return false;
  const std::string_view block = text.substr(0, text.find("\n---", 3));
  const Declared found = declared_in(block);
  const std::string name = "\nname: " + std::string(files::stem(path)) + "\n";
  return found.description && has_part(block, {name}) && has_part(block, {"\ntools:", "\nmodel:"});
}

}  // namespace

std::optional<Role> intended_role(std::string_view path, const Place& place, std::string_view text) {
  if (place.role == Role::agent && (is_form(path, text) || is_page(path, text))) return Role::document;
  if (place.manifest || place.other || place.role == Role::document) return std::nullopt;
  std::string_view inside = path;
  if (!place.base.empty()) inside.remove_prefix(place.base.size() + 1);
  const std::size_t first = inside.find('/');
  if (is_agent_elsewhere(path, place, text)) return Role::agent;
  if (first == std::string_view::npos) return std::nullopt;
  const std::string_view component = inside.substr(0, first), name = files::file_name(path);
  const std::string_view rest = inside.substr(first + 1);
  if (component == "agents" && is_foreign_ending(name) && declared_in(text).both()) return Role::agent;
  if (component != "skills") return std::nullopt;
  const auto depth = std::ranges::count(rest, '/');
  const bool memory = letters::is_one_of(name, lists::memory_files);  // read there as such
  // In the client's own folder people write skills as plain pages.
  const bool own = files::file_name(place.base) == client::own_folder::name && is_plain_name(files::stem(name));
  if (depth == 0 && letters::to_lower(name).ends_with(".md") && !memory && (own || declared_in(text).both()))
    return Role::skill;
  if (depth == 1 && name != "SKILL.md" && letters::equals_lower(name, "skill.md") && !place.skill) return Role::skill;
  return std::nullopt;
}

bool is_in_another_skill(const FileTree& tree, std::string_view within, std::string_view path) {
  std::string_view above = files::parent(files::parent(path));
  for (; above.size() > within.size(); above = files::parent(above))
    if (tree.has_file(files::join(above, "SKILL.md"))) return true;
  return false;
}

bool is_told_to_one_client(std::string_view path, std::string_view name) {
  const std::string_view folder = files::parent(path), above = files::file_name(files::parent(folder));
  return !name.empty() && above == name && client::find_dialect(files::file_name(folder)) != nullptr;
}

Layout::Layout(const FileTree& tree, const Registry& registry, const TreeFacts& facts)
    : tree_(tree), registry_(registry), facts_(facts) {
  manifests_.reserve(registry.size());
  for (std::uint32_t i = 0; i < registry.size(); ++i) manifests_.emplace(registry[ManifestId{i}].path, ManifestId{i});
}

std::optional<ManifestId> Layout::manifest_at(std::string_view path) const {
  const auto found = manifests_.find(path);
  if (found == manifests_.end()) return std::nullopt;
  return found->second;
}

bool Layout::is_plugin(std::string_view base) const {
  return std::ranges::binary_search(facts_.plugins, base, {},
                                    [](const PluginFacts& facts) { return std::string_view(facts.base); });
}

// Returns the nearest folder above that is a plugin or a .claude; else the one that contains the first component
// folder.
std::string_view Layout::base_of(std::string_view path) const {
  for (std::string_view above = files::parent(path);; above = files::parent(above)) {
    if (files::file_name(above) == client::own_folder::name || is_plugin(above)) return above;
    if (above.empty()) break;
  }
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = path.find('/', begin);
    if (end == std::string_view::npos) break;
    if (letters::is_one_of(path.substr(begin, end - begin), lists::component_folders))
      return path.substr(0, begin == 0 ? 0 : begin - 1);
    begin = end + 1;
  }
  return path.substr(0, 0);
}

std::optional<std::string_view> Layout::skill_of(std::string_view path, std::string_view base) const {
  std::string skill;  // one buffer for all of them
  skill.reserve(path.size() + 16);
  for (std::string_view above = files::parent(path);; above = files::parent(above)) {
    skill.assign(above).append(above.empty() ? "SKILL.md" : "/SKILL.md");
    if (tree_.has_file(skill)) return above;
    if (above.empty() || above == base) return std::nullopt;
  }
}

Place Layout::place_of(std::string_view path) const {
  Place place;
  place.base = base_of(path);
  place.in_plugin = is_plugin(place.base);
  place.skill = skill_of(path, place.base);
  place.manifest = manifest_at(path);
  if (!place.manifest) place.other = client::client_file(path);
  place.role = role_of(path, place);
  return place;
}

Role Layout::role_of(std::string_view path, const Place& place) const {
  const std::string_view name = files::file_name(path), folder = files::file_name(files::parent(path));
  if (place.manifest) {
    const ManifestView manifest = registry_[*place.manifest];
    if (manifest.document) return Role::document;
    if (manifest.kind != Kind::skill && ends_with_part(name, lists::editor_endings)) return Role::document;
    switch (manifest.kind) {
      case Kind::skill: return Role::skill;
      case Kind::agent: return Role::agent;
      case Kind::command: return Role::command;
    }
  }
  if (place.other) {
    switch (place.other->kind) {
      case client::FileKind::skill: return Role::skill;
      case client::FileKind::agent: return client::is_document_name(name) ? Role::document : Role::agent;
      case client::FileKind::command: return client::is_document_name(name) ? Role::document : Role::command;
      case client::FileKind::hooks: return Role::hooks;
      case client::FileKind::settings: return Role::settings;
      case client::FileKind::misplaced:
      case client::FileKind::other: break;
    }
  }
  if (folder == ".claude-plugin" && name == "plugin.json") return Role::plugin;
  if (folder == ".claude-plugin" && name == "marketplace.json") return Role::marketplace;
  if (name == ".mcp.json" || is_portable_server_file(tree_, path)) return Role::mcp;
  if (folder == client::own_folder::name && (name == "settings.json" || name == "settings.local.json"))
    return Role::settings;
  if (folder == "hooks" && name == "hooks.json" && files::parent(files::parent(path)) == place.base) return Role::hooks;
  for (const PluginFacts& facts : facts_.plugins)
    if (letters::is_one_of(path, facts.hook_files)) return Role::hooks;
  if (ends_with_part(letters::to_lower(name), lists::markdown_endings)) return role_of_markdown(path, place);
  return ends_with_part(letters::to_lower(name), lists::script_endings) ? Role::script : Role::text;
}

Role Layout::role_of_markdown(std::string_view path, const Place& place) const {
  const std::string_view name = files::file_name(path);
  if (letters::is_one_of(name, lists::memory_files)) return Role::memory;
  const std::string_view inside = place.base.empty() ? path : path.substr(place.base.size() + 1);
  const bool component = letters::is_one_of(inside.substr(0, inside.find('/')), lists::component_folders);
  if (client::is_document_name(name)) return component || place.skill ? Role::document : Role::markdown;
  // A SKILL.md at the root of a plugin or library owns only files in subfolders.
  if (place.skill && (*place.skill != place.base || inside.find('/') != std::string_view::npos)) return Role::resource;
  // Next to folders of skills in the agents/ of a repository, without front matter.
  if (place.base.empty() && !place.in_plugin && inside.starts_with("agents/") && name.ends_with(".md"))
    return Role::document;
  return Role::markdown;
}

}  // namespace cascade::validation
