// Finds the client settings that call us, and checks that the called programs exist.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "client/dialect.h"

namespace cascade::cli {

struct HookedSettings {
  const client::Dialect* client = nullptr;  // the owner of the settings
  std::string path;                         // of the settings file
  std::vector<std::string> programs;        // the called programs: absolute paths, each once
  std::vector<std::string> gone;            // those that do not exist
  std::vector<std::string> astray;          // called programs whose paths are not absolute
  std::size_t entries = 0;
  std::vector<std::string> systems;  // the systems for which a guard is started
};

// The user's settings, those of the working directory, and those of other projects where `init` was run. Settings
// without our entries are left out.
std::vector<HookedSettings> find_hooked_settings(const Environment& environment);

// Whether this version's `init` would write other entries for the same program. Where these depend on the client's
// version its program is started, so no hook asks.
bool is_old(const Environment& environment, const HookedSettings& settings);

// The settings files of the user and of the working directory that switch off all hooks of the client.
std::vector<std::string> find_disabled_hooks(const Environment& environment);

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

// The settings files that `init` wrote to, kept in the state folder so that an uninstallation finds those of all
// projects. This is a convenience: a failure is not reported.
enum class Remembered : std::uint8_t { hooks, servers };
std::vector<std::string> remembered_settings(const Environment& environment, Remembered what = Remembered::hooks);
void remember_settings(const Environment& environment, const std::string& path, bool is_there,
                       Remembered what = Remembered::hooks);

}  // namespace cascade::cli
