// What programs other than Cascade installed of skills and plugins, by the records that they leave (installers.tsv).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/settings_files.h"
#include "files/tree.h"

namespace cascade::client {

enum class Base : std::uint8_t { project, home, user, states };

struct InstallerRecord {
  std::string_view manager;
  Base base;
  std::string_view path, member = {}, source = {};
};
std::span<const InstallerRecord> installer_records() noexcept;

constexpr const char* plugin_installer = "Claude Code";

// As somebody else wrote it, whatever it holds. `source` may be empty. `record`: the file or folder that says so.
struct InstalledSkill {
  std::string manager, name, source, record;
};

// Sorted by manager, source, record, name. Records that cannot be read say nothing. Empty paths: that base is unknown.
// At most 2,000 for each row, with texts of at most 300 bytes.
std::vector<InstalledSkill> installed_by_installers(const files::Tree& tree, const UserPlace& user,
                                                    const std::string& project, const std::string& states);

// The names of the MCP servers that the client starts for a folder (client 2.1.328), sorted, each once: from
// `.mcp.json` there, and from the client's state file, for everywhere and for this folder.
std::vector<std::string> mcp_servers(const files::Tree& tree, const UserPlace& user, const std::string& directory);

}  // namespace cascade::client
