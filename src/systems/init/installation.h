// `cascade init`: plans the change of a settings file and carries it out.
#pragma once

#include <cascade/result.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/call.h"
#include "client/dialect.h"
#include "files/tree.h"
#include "init/settings_edit.h"
#include "settings/tuning_record.h"

namespace cascade::init {

// Says the version of the client whose settings these are; empty: unknown, treated as the newest.
using ClientVersion = std::function<std::string()>;

// Whether the file `target` may name the program. misuse: the path is not absolute, or is in a folder that the target
// would outlive, such as one for temporary files or npx's cache.
Result<void> check_program(const std::string& binary, const std::string& target);

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

// The same for the MCP server `cascade mcp` in a client's list of servers (init/settings_edit.h). The previous text is
// kept as a backup only if removing the server would not restore it.
Result<Plan> plan_server_installation(const files::Tree& tree, const std::string& path, const std::string& binary,
                                      const client::ServerSettings& settings);
Result<Plan> plan_server_removal(const files::Tree& tree, const std::string& path,
                                 const client::ServerSettings& settings);

}  // namespace cascade::init

// `cascade init --plugin DIR`.

namespace cascade::cli {

struct PluginOptions {
  std::string folder;
  bool copy = false, remove = false, dry_run = false;
};

Exit init_plugin(Call& call, const PluginOptions& options);

}  // namespace cascade::cli
