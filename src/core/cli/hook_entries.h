// Finds the client settings that call us, and checks that the called programs exist.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "cli/environment.h"
#include "client/dialect.h"
#include "files/tree.h"

namespace cascade::cli {

// The folder of the mod that `init --listing short` writes, below the user's folder of the client.
constexpr std::string_view mod_folder = "skills/cascade-listing";

struct HookedSettings {
  const client::Dialect* client = nullptr;  // the owner of the settings
  std::string path;                         // of the settings file
  std::vector<std::string> programs;        // the called programs: absolute paths, each once
  std::vector<std::string> gone;            // those that do not exist
  std::vector<std::string> astray;          // called programs whose paths are not absolute
  std::size_t entries = 0;
  bool guards = false;  // an entry starts the guard
};

// The user's settings, those of the working directory, and those of other projects where `init` was run. Settings
// without our entries are left out.
std::vector<HookedSettings> find_hooked_settings(const Environment& environment);

// The systems whose entries the settings have (init::installed_systems, by the record of what `init` was asked for).
// `path`: of the settings, links resolved.
std::vector<std::string> installed_systems(const Environment& environment, const std::string& path);

// The events that the system needs to hear and that no entry of ours brings (init::unheard): in the settings that the
// client reads here, an administrator's too, or in the one file `settings`.
std::vector<std::string> unheard_here(const Environment& environment, std::string_view system);
std::vector<std::string> unheard_in(const std::string& settings, std::string_view system);

// Settings that keep the client from calling our hooks: those of an administrator, of the working directory (or of the
// nearest folder above), of the user.
struct SilencedHooks {
  std::string path;
  std::string_view key;
  bool managed = false;
};
std::vector<SilencedHooks> find_silenced_hooks(const files::Tree& tree, const Environment& environment);

// The files of the user and of the working directory in which hooks of the client are switched off.
std::vector<std::string> find_switches(const Environment& environment, const client::Dialect& client);

bool ends_in(const std::string& path, std::string_view name);

// The error for an option with an unknown client.
Error unknown_client(const std::string& name);

// A client's file that lists `cascade mcp` as an MCP server.
struct ServedFile {
  const client::Dialect* client = nullptr;
  std::string path, program;  // program: as written
};
// Those of the user, of the working directory, and of other projects where `init --mcp` was run.
std::vector<ServedFile> find_served_files(const Environment& environment);

// What `init` did to one settings file, kept in the state folder: so an uninstallation finds those of all projects, and
// what was installed need not be guessed. This is a convenience: a failure is not reported.
struct Installation {
  std::string path;
  std::vector<std::string> systems;  // of hooks
};
enum class Remembered : std::uint8_t { hooks, servers };
std::vector<Installation> remembered(const Environment& environment, Remembered what = Remembered::hooks);
void remember(const Environment& environment, const Installation& done, bool is_there,
              Remembered what = Remembered::hooks);
// The systems that `init` was asked for in these settings; empty: none, or nobody knows.
std::vector<std::string> recorded_systems(const Environment& environment, const std::string& path);

// `cascade hook --off`: a marker in the state folder that silences all hooks of this user.
bool are_hooks_off(const Environment& environment);

// `cascade hook --off` and `--on`. A failure is said: there is no state folder, or the marker cannot be written or
// removed.
Exit switch_hooks(Call& call, bool off);

}  // namespace cascade::cli
