// What a manifest is called. Each kind has its own rules (identity_skill.cpp and others); here is what they share:
// names cut out of paths, aliases, and names that say nothing and so never stand for a manifest.
#include "manifest/identity.h"

#include "client/documents.h"
#include "text/ascii.h"

#include <algorithm>
#include <array>

namespace cascade::manifest {

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view directory(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

void drop_ending(std::string_view& name, std::string_view ending) {
  if (name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending)
    name.remove_suffix(ending.size());
}

std::string_view files_of(std::string_view component) {
  const std::size_t at = component.find_last_of(":/");
  return at == std::string_view::npos ? component : component.substr(at + 1);
}

std::string_view file_stem(std::string_view path) {
  std::string_view name = base_name(path);
  if (name.size() > 3 && letters::equals_lower(name.substr(name.size() - 3), ".md")) name.remove_suffix(3);
  drop_ending(name, ".toml");
  return name;
}

std::string_view below(std::string_view path, std::string_view component) {
  if (component.empty() || path.size() <= component.size() || path.substr(0, component.size()) != component ||
      path[component.size()] != '/')
    return path;
  return path.substr(component.size() + 1);
}

bool is_placeholder_title(std::string_view name) {
  return name.empty() || letters::equals_lower(name, "skill") || letters::equals_lower(name, "readme") ||
         letters::equals_lower(name, "skill.md") || letters::equals_lower(name, "readme.md");
}

// An alias such as "skill" would bind the word wherever somebody writes it.
bool is_generic_alias(std::string_view name) {
  static constexpr std::array<std::string_view, 11> generic = {"skill",   "skills",   "agent",    "agents",
                                                               "command", "commands", "readme",   "skill.md",
                                                               "index",   "template", "readme.md"};
  return std::any_of(generic.begin(), generic.end(),
                     [&](std::string_view word) { return letters::equals_lower(name, word); });
}

bool is_readme(std::string_view path) { return letters::equals_lower(base_name(path), "readme.md"); }

bool is_document(Kind kind, std::string_view path) {
  const std::string_view name = base_name(path);
  if (is_readme(path) || name == "AGENTS.md" || name == "CLAUDE.md") return true;
  if (kind == Kind::command && !name.empty() && !letters::is_upper(name.front())) return false;
  return client::is_document_name(name);
}

void Aliases::add(std::string_view alias) {
  if (alias.empty() || is_generic_alias(alias)) return;
  if (!plugin_.empty()) found_.push_back(with_plugin(plugin_, alias));
  found_.emplace_back(alias);
}

// Sorted, because aliases are part of the index and its bytes must not depend on the order in which they were found.
std::vector<std::string> Aliases::take() {
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  found_.erase(std::remove(found_.begin(), found_.end(), own_), found_.end());
  return std::move(found_);
}

std::string with_plugin(std::string_view plugin, std::string_view name) {
  std::string out(plugin);
  if (!plugin.empty()) out += ':';
  return out.append(name);
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
