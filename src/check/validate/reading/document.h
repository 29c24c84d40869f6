// One file of the tree, prepared for the rules.
#pragma once

#include <cascade/registry.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "client/tables.h"
#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax/node.h"
#include "validate/reading/plugins.h"
#include "validate/reading/text_model.h"

namespace cascade::validation {

// The role of a file in the tree, decided by its place.

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

// download: curl, wget ... drop: ignore, disregard ... secrecy: tell, mention ... system: a speaker's name. decode:
// base64 ... destroy: rm, mkfs, reset ... credential: ssh, netrc ... settings: hooks, permissions ... home: a folder of
// homes. encoded: a word of 20 letters or more.
enum class Trigger : std::uint8_t {
  download,
  drop,
  secrecy,
  system,
  decode,
  destroy,
  credential,
  settings,
  home,
  encoded
};
constexpr std::size_t trigger_count = 10;

// Byte offsets of each trigger's words, ascending.
struct Triggers {
  std::array<std::vector<std::size_t>, trigger_count> at;

  const std::vector<std::size_t>& operator[](Trigger trigger) const { return at[static_cast<std::size_t>(trigger)]; }
};

// Linear: a few nanoseconds a word.
Triggers find_triggers(std::string_view text);

// Belongs to one thread.
class Document {
 public:
  // `text` and everything that the place refers to must outlive it.
  Document(const std::string& path, std::string_view text, Place place, std::optional<ManifestView> manifest);

  const std::string& path() const noexcept { return path_; }
  std::string_view text() const noexcept { return text_; }
  const Place& place() const noexcept { return place_; }
  Role role() const noexcept { return place_.role; }
  // Meant as a manifest, but in a place where the client does not look.
  bool is_misplaced() const noexcept { return is_manifest(place_.role) && !place_.manifest && !place_.other; }
  const std::optional<ManifestView>& manifest() const noexcept { return manifest_; }

  // The data of manifests and JSON files; else null. Positions are in the file.
  const syntax::Node& data() const noexcept { return data_.root; }
  const syntax::Parsed& parsed() const noexcept { return data_; }
  const syntax::Frontmatter& frontmatter() const noexcept { return frontmatter_; }
  // The value and the key of a front matter entry, the last one of its name; null if absent.
  const syntax::Node* field(std::string_view key) const noexcept { return data_.root.find(key); }
  const syntax::Node* field_key(std::string_view key) const noexcept { return key_of(data_.root, key); }
  // A value below `metadata`; null if absent.
  const syntax::Node* metadata(std::string_view key) const noexcept {
    const syntax::Node* const all = field("metadata");
    return all == nullptr ? nullptr : all->find(key);
  }

  const syntax::LineIndex& lines() const noexcept { return lines_; }
  const TextModel& body() const;  // built on first use
  const Triggers& triggers() const noexcept { return triggers_; }
  bool is_binary() const noexcept { return binary_; }

  Location whole() const { return at_line(0); }
  Location at_line(std::uint32_t line) const { return {path_, line, 0, 0, 0}; }
  Location at(const syntax::Position& at) const { return {path_, at.line, at.column, 0, 0}; }
  Location at(const syntax::Node& node) const;  // where a value of data() is written
  Location at(std::size_t offset, std::size_t length) const;
  // The place where a part of a front matter value is written; the place of the value if it is written differently
  // there.
  Location at_part(const syntax::Node& value, std::string_view part) const;
  std::uint32_t line_of(std::size_t offset) const { return lines_.line_at(offset); }

 private:
  std::uint32_t column(std::uint32_t line, std::size_t offset) const;
  void read_toml();

  const std::string& path_;
  std::string_view text_;
  Place place_;
  std::optional<ManifestView> manifest_;
  bool binary_ = false;
  syntax::LineIndex lines_;
  syntax::Frontmatter frontmatter_;
  syntax::Parsed data_;
  Triggers triggers_;
  mutable std::unique_ptr<TextModel> body_;
  // The last column counted: findings of a long line come in order.
  mutable std::uint32_t last_line_ = 0, last_column_ = 1;
  mutable std::size_t last_offset_ = 0;
};

}  // namespace cascade::validation
