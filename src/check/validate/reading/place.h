// The role of a file in the tree, decided by its place.
#pragma once

#include <cascade/registry.h>

#include "client/tables.h"
#include "validate/reading/plugins.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace cascade::validation {

// document: README.md and similar files next to manifests. resource: Markdown that belongs to a skill. memory:
// CLAUDE.md, AGENTS.md, which the client reads by itself. settings: .claude/settings.json. text: anything else.
enum class Role : std::uint8_t {
  skill,
  agent,
  command,
  document,
  resource,
  memory,
  markdown,
  plugin,
  marketplace,
  hooks,
  settings,
  mcp,
  script,
  text
};

constexpr bool is_manifest(Role role) noexcept {
  return role == Role::skill || role == Role::agent || role == Role::command;
}
constexpr bool is_markdown(Role role) noexcept { return role <= Role::markdown; }
constexpr bool is_json(Role role) noexcept { return role >= Role::plugin && role <= Role::mcp; }
// Text that the client passes to the model, by itself or when a skill says so.
constexpr bool is_read_by_model(Role role) noexcept { return role < Role::markdown && role != Role::document; }

// `base`: the folder that contains skills/, agents/, commands/ (a plugin, a library, a .claude); `skill`: the folder
// of the file's skill. Views into the path or longer-lived data; "" is the root.
struct Place {
  Role role = Role::text;
  std::string_view base;
  std::optional<std::string_view> skill;
  bool in_plugin = false;                     // the base has a .claude-plugin folder
  std::optional<client::ClientFile> other{};  // the file lies in the folder of another client, which judges it

  const client::Tables& tables() const noexcept { return other ? *other->tables : client::usual_tables(); }
  std::optional<ManifestId> manifest;
};

// Returns the kind of manifest that a file was meant to be, by its place and text, if its place does not make it one:
// a .md next to the folders of skills, a misspelt SKILL.md, an agent that is not .md. Such a file is also judged as
// that. A form in a folder of templates among agents is a document.
std::optional<Role> intended_role(std::string_view path, const Place& place, std::string_view text);

// Whether a skill's file lies below another skill's folder in `within`: it is that one's material, a template or an
// example, and never loaded. O(depth * log files).
bool is_in_another_skill(const FileTree& tree, std::string_view within, std::string_view path);

// skills/x/claude/SKILL.md and skills/x/codex/SKILL.md, both named x: one skill, told to each client in its own way. A
// program takes the one that is wanted.
bool is_told_to_one_client(std::string_view path, std::string_view name);

// What a client reads directly in a folder of a project ("" is the project's own).
struct ReadPlace {
  std::string_view folder, client;
  Span<std::string_view> names{};
};
// How the names of a folder's files must end.
struct ReadEnding {
  std::string_view folder, client, ending;
};
// A path in a project that is not read, and where the client looks instead.
struct MovedFile {
  std::string_view path, client, right;
};

// The tree's layout, found once. The three must outlive it. Safe to share between threads.
class Layout {
 public:
  Layout(const FileTree& tree, const Registry& registry, const TreeFacts& facts);

  Place place_of(std::string_view path) const;  // O(depth * log files)
  std::optional<ManifestId> manifest_at(std::string_view path) const;
  bool is_plugin(std::string_view base) const;

 private:
  std::string_view base_of(std::string_view path) const;
  std::optional<std::string_view> skill_of(std::string_view path, std::string_view base) const;
  Role role_of(std::string_view path, const Place& place) const;
  Role role_of_markdown(std::string_view path, const Place& place) const;

  const FileTree& tree_;
  const Registry& registry_;
  const TreeFacts& facts_;
  std::unordered_map<std::string_view, ManifestId> manifests_;
};

}  // namespace cascade::validation
