// The client's settings files of a session, in the order in which they decide (client 2.1.328).
#pragma once

#include <string>
#include <vector>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::client {

struct SettingsFile {
  std::string path, text;
  bool managed = false;  // an administrator's: holds for plugins too
};

// The managed settings; else .claude/settings.local.json, then .claude/settings.json of `directory` or of the nearest
// folder above it that has one; then the user's. Files that are not there, or above 1 MiB, are left out.
std::vector<SettingsFile> settings_files(const files::Tree& tree, const UserPlace& user, const std::string& directory);

}  // namespace cascade::client
