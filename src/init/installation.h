// `cascade init`: what will change in which settings file, and the change itself.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>
#include <vector>

#include "client/dialect.h"
#include "files/tree.h"
#include "init/settings_edit.h"

namespace cascade::init {

// What is going to happen to one settings file. Nothing is written before carry_out().
struct Plan {
  std::string path, backup_path;             // path: links resolved
  std::optional<std::string> before, after;  // empty: there is no such file (afterwards)
  std::optional<std::string> backup;         // to be written before the change
  bool removes_backup = false;
  std::vector<std::string> systems;  // whose entries are there afterwards

  bool changes() const { return before != after; }
};

// The entries that hook `binary` (an absolute path) into every event that Cascade answers, and those that `systems`
// need besides: what is not wanted starts no process.
std::vector<HookEntry> hook_entries(const std::string& binary, const std::vector<std::string>& systems = {});

// Whether what is written to `target` may name the program. misuse: it is not absolute, or lies in a folder that the
// target would outlive: one for temporary files, or npx's cache.
Result<void> check_program(const std::string& binary, const std::string& target);

// The shell line by which a client calls the hook.
std::string hook_command(const client::Dialect& client, const std::string& binary);

// The entries of a client that has no systems, in the form that its settings have.
std::vector<HookEntry> hook_entries(const client::Dialect& client, const std::string& binary);

// `systems`: those that are wanted; nothing: those that the settings have already.
// misuse: a system that there is none of; `binary` is not absolute or lies in a folder for temporary files, which the
// settings would outlive; malformed, unreadable: the settings.
Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const std::optional<std::vector<std::string>>& systems = std::nullopt);
// Restores the backup when nothing but our entries came since; otherwise cuts our entries out.
Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary);

// The same for any client. A file that is Cascade's alone is written and removed whole. conflict: one of that name is
// somebody else's.
Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const client::Dialect& client);
Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                          const client::Dialect& client);

// The MCP server `cascade mcp` in a client's list of servers, likewise (init/server_edit.h). What was there before is
// kept beside it only where taking the server out would not give it back.
Result<Plan> plan_server_installation(const files::Tree& tree, const std::string& path, const std::string& binary,
                                      const client::ServerSettings& settings);
Result<Plan> plan_server_removal(const files::Tree& tree, const std::string& path,
                                 const client::ServerSettings& settings);

// The programs that the settings of a client call for us, as they are written.
std::vector<std::string> hooked_programs(const client::Dialect& client, std::string_view settings);

// Keeps the file's mode and owner. stale: the file is no longer what it was; unwritable, also for a read-only file.
// Then nothing was changed.
Result<void> carry_out(const Plan& plan);

}  // namespace cascade::init
