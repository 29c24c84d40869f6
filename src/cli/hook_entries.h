// Which of the client's settings call us, and whether what they call is there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "client/dialect.h"

namespace cascade::cli {

struct HookedSettings {
  const client::Dialect* client = nullptr;  // whose they are
  std::string path;                         // of the settings file
  std::vector<std::string> programs;        // that are called: absolute paths, each once
  std::vector<std::string> gone;            // those of them that do not exist
  std::vector<std::string> astray;          // what is called by another path than an absolute one
  bool is_old = false;                      // `init` of this version would write other entries for the same program
  std::size_t entries = 0;
  std::vector<std::string> systems;  // that a guard is started for
};

// The user's settings, those of the working directory, and those of other projects that `init` was run in; settings
// without an entry of ours are left out.
std::vector<HookedSettings> find_hooked_settings(const Environment& environment);

// Settings files of the user and of the working directory that switch all hooks of the client off.
std::vector<std::string> find_disabled_hooks(const Environment& environment);

// Files in which hooks of the client are switched off, of the user and of the working directory.
std::vector<std::string> find_switches(const Environment& environment, const client::Dialect& client);

bool ends_in(const std::string& path, std::string_view name);

// The error where an option names a client that there is none of.
Error unknown_client(const std::string& name);

// A file of a client's in which `cascade mcp` stands as an MCP server.
struct ServedFile {
  const client::Dialect* client = nullptr;
  std::string path, program;  // program: as it is written
};
// Of the user, of the working directory, and of other projects that `init --mcp` was run in.
std::vector<ServedFile> find_served_files(const Environment& environment);

// The settings files that `init` wrote to, in the state folder, so that an uninstallation finds those of all projects.
// Keeping them is a convenience: where it fails, nothing is said.
enum class Remembered : std::uint8_t { hooks, servers };
std::vector<std::string> remembered_settings(const Environment& environment, Remembered what = Remembered::hooks);
void remember_settings(const Environment& environment, const std::string& path, bool is_there,
                       Remembered what = Remembered::hooks);

}  // namespace cascade::cli
