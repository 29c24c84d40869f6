// The facts by which a client judges the files in its own folder: the rows of its table that are about files. A file
// belongs to the client in whose folder it lies; all others are Claude Code's.
#pragma once

#include <optional>
#include <string_view>

#include "client/facts/fact.h"

namespace cascade::client {

struct Tables {
  std::string_view name, title, version;  // "codex", "Codex"
  Span<Event> events{};                   // by name
  Span<Tool> tools{};                     // by name
  Span<ManifestKey> keys{};
  Span<std::string_view> strict{};
  Span<HookFile> hook_files{};
  Span<FolderForm> folders{};
  Span<ProjectSettings> settings_files{};
  Span<Setting> settings{};

  const Event* event(std::string_view name) const noexcept;  // null: the client sends none of this name
  const Tool* tool(std::string_view name) const noexcept;
  const ManifestKey* key(std::string_view kind, std::string_view name) const noexcept;
  bool is_strict(std::string_view kind) const noexcept;
  bool has_setting(std::string_view name) const noexcept;
};

// Claude Code's, of which only events and tools are here; its keys are those of manifest/fields.h.
const Tables& usual_tables() noexcept;

// What a file is to the client in whose folder it lies. hooks: its hooks, maybe among other settings. misplaced: an
// agent or command, but for the ending of its name.
// settings: a file of settings, of which some may be hooks.
enum class FileKind : std::uint8_t { other, skill, agent, command, hooks, settings, misplaced };
struct ClientFile {
  const Tables* tables = nullptr;
  FileKind kind = FileKind::other;
  std::string_view folder;    // up to the client's folder, with it: "app/.gemini"
  std::string_view ending{};  // misplaced: what the name must end in
  const HookFile* hooks = nullptr;
  const ProjectSettings* settings = nullptr;
};

// Nothing: the path is no file of settings and has no folder of a client other than Claude Code. Paths are relative,
// with '/'. O(length).
std::optional<ClientFile> client_file(std::string_view path) noexcept;

// Whether a client has its MCP servers below this key of its settings.
bool is_key_of_servers(std::string_view key) noexcept;

// Whether a folder of this name belongs to a client other than Claude Code.
bool is_other_clients_folder(std::string_view name) noexcept;

}  // namespace cascade::client
