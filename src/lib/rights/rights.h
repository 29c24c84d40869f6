// Everything that a library permits: tools for agents, tools granted without a question, hooks that run, servers that
// are started, permissions from settings.
#pragma once

#include <cascade/registry.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::difference {

// tool: an agent may use it. grant: it is used without asking while a skill or command is active. mode: an agent's
// permission mode. hook, server: a command that the client runs by itself. permission: allowed by settings. denial:
// forbidden to someone; losing one means one right more. module: code that the client runs inside of itself.
enum class RightKind : std::uint8_t { tool, grant, mode, hook, server, permission, denial, module };
std::string_view to_string(RightKind kind) noexcept;

inline constexpr std::string_view every_tool = "every tool";

struct Right {
  std::string holder;  // "agent:checker", or the path of a file that is no manifest
  RightKind kind = RightKind::tool;
  std::string what;     // "Bash(git *)", "every tool", "PreToolUse Bash: scripts/look.sh"
  std::string through;  // the manifest that gives it to the holder; empty: the holder itself
  std::string path;     // of the file that gives it

  friend bool operator==(const Right&, const Right&) = default;
};

using ReadText = std::function<Result<std::string>(const std::string& path)>;

// One state of a library. `files`: every file below the root; `read` returns a file's text.
struct LibraryState {
  const Registry& registry;
  const std::vector<std::string>& files;
  ReadText read;
};

// Of what is opened, which must outlive it.
inline LibraryState state_of(const Registry& registry, const TreeFiles& files) {
  return {registry, files.files(), [&files](const std::string& path) { return files.read(path); }};
}

// The rights of manifests, including those of everything that they call, at any depth, and the rights in settings, hook
// and plugin files. Sorted, each once.
std::vector<Right> rights_of(const LibraryState& state);

// The rights in settings, hooks/hooks.json with its modules, .mcp.json, mcp.json and plugin.json, and in the hook and
// server files that it names. Any other file has none, nor has a file that is not JSON.
std::vector<Right> file_rights(const std::string& path, const ReadText& read);

// What a module of a mod does, gathered over the files that it imports. The client runs it inside of itself, not
// confined, and asks only whether the folder is trusted.
struct ModuleActs {
  std::set<std::string> handlers, calls;
  std::set<std::string_view> reached;  // "programs", "files", "network" and so on
};
std::optional<ModuleActs> read_module(const std::string& path, const ReadText& read);  // nothing: it cannot be read
std::string to_string(const ModuleActs& acts);                                         // "handles ...; it reaches ..."

// The rights in `more` that nothing in `fewer` covers for the same holder: "every tool" covers each tool, "Bash" covers
// "Bash(git *)".
std::vector<Right> beyond(const std::vector<Right>& more, const std::vector<Right>& fewer);

// Every manifest that a winner reaches through calls and requirements, itself included, by id.
std::vector<ManifestId> reached(const Registry& registry, ManifestId from);

}  // namespace cascade::difference
