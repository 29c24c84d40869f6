// `cascade init`: plans the change of a settings file and carries it out.
#pragma once

#include <cascade/result.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/dialect.h"
#include "files/tree.h"
#include "init/settings_edit.h"

namespace cascade::init {

// The planned change of one settings file. Nothing is written before carry_out().
struct Plan {
  std::string path, backup_path;             // path: links resolved
  std::optional<std::string> before, after;  // nothing: the file does not exist (before, or afterwards)
  std::optional<std::string> backup;         // to be written before the change
  bool removes_backup = false;
  std::vector<std::string> systems;  // those with entries afterwards
  // Installation: the entries, and the events that got none because the client is older (`client_version`).
  std::vector<HookEntry> entries;
  std::vector<std::string> left_out;
  std::string client_version;  // as it was asked for; empty: nothing depended on it, or it is unknown

  bool changes() const { return before != after; }
};

// The entries that hook `binary` (an absolute path) into every event that Cascade answers, and those that `systems`
// need in addition, so that an unwanted system starts no process.
std::vector<HookEntry> hook_entries(const std::string& binary, const std::vector<std::string>& systems = {});

// The systems whose entries these settings have: `recorded`, if installing those gives just these entries. Otherwise
// the systems whose entries are all there, as many as explain them; of equal ones the fewest. Empty: no entry is ours.
std::vector<std::string> installed_systems(std::string_view settings, const std::vector<std::string>& recorded = {});

// Says the version of the client whose settings these are; empty: unknown, treated as the newest.
using ClientVersion = std::function<std::string()>;

// Whether the file `target` may name the program. misuse: the path is not absolute, or is in a folder that the target
// would outlive, such as one for temporary files or npx's cache.
Result<void> check_program(const std::string& binary, const std::string& target);

// The shell command by which a client calls the hook.
std::string hook_command(const client::Dialect& client, const std::string& binary);

// The entries for a client without systems, in the form of its settings.
std::vector<HookEntry> hook_entries(const client::Dialect& client, const std::string& binary);

// `systems`: the wanted ones; nothing: those that the settings have already (installed_systems(), with `recorded`).
// misuse: an unknown system, or `binary` is not absolute or lies in a folder for temporary files, which the settings
// would outlive; malformed, unreadable: the settings. `client_version`: asked only if an event depends on it, and may
// be empty. Events that came later are left out: a client in a terminal stops at one that it does not know and asks
// what to do (2.1.328).
Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const std::optional<std::vector<std::string>>& systems = std::nullopt,
                               const ClientVersion& client_version = {}, const std::vector<std::string>& recorded = {});
// Restores the backup if only our entries were added since; otherwise cuts our entries out.
Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary);

// The same for any client. A file that belongs to Cascade alone is written and removed as a whole. conflict: a file of
// that name belongs to someone else.
Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const client::Dialect& client, const ClientVersion& client_version = {},
                               const std::vector<std::string>& recorded = {});
Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                          const client::Dialect& client);

// The same for the MCP server `cascade mcp` in a client's list of servers (init/server_edit.h). The previous text is
// kept as a backup only if removing the server would not restore it.
Result<Plan> plan_server_installation(const files::Tree& tree, const std::string& path, const std::string& binary,
                                      const client::ServerSettings& settings);
Result<Plan> plan_server_removal(const files::Tree& tree, const std::string& path,
                                 const client::ServerSettings& settings);

// The programs that our entries in a client's settings call, as they are written.
std::vector<std::string> hooked_programs(const client::Dialect& client, std::string_view settings);

// Keeps the file's mode and owner. Errors: stale if the file has changed since the plan; unwritable, also for a
// read-only file. After an error nothing has changed.
Result<void> carry_out(const Plan& plan);

}  // namespace cascade::init
