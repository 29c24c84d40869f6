// The facts by which a client judges the files in its own folder: the rows of its table that are about files. A file
// belongs to the client in whose folder it lies; all others are Claude Code's.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "client/facts/fact.h"

namespace cascade::client {

struct Tables {
  std::string_view title, version;  // "Codex", and with which version it was seen; "documented": not tried
  Span<Event> events{};             // by name
  Span<Tool> tools{};               // by name
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

// The folder of the client assumed if none is named; discovery knows its layout.
constexpr std::string_view usual_folder = ".claude";

// Whether a path below the user's folder is where clients and their installers put files, including clients without a
// dialect here.
bool is_in_client_folder(std::string_view below_home) noexcept;

// The extensions of Gemini CLI, below the user's folder: each a folder with this file, laid out as that client's own.
constexpr std::string_view extensions_folder = ".gemini/extensions", extension_file = "gemini-extension.json";
const FolderForm& extension_form() noexcept;

// Whether a project's folder of this name is where a client other than the usual one looks.
bool is_client_folder(std::string_view name) noexcept;

// Returns all folders: those that the client reads itself first, in its own order, then the others in the order of the
// table. A null represents the usual folder. With no client or an unknown one, the usual folder comes first.
std::vector<const FolderForm*> folders_in_order(std::string_view client);

}  // namespace cascade::client
