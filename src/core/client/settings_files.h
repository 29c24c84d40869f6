// The client's settings files for a session, in order of precedence (client 2.1.328).
#pragma once

#include <string>
#include <vector>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::client {

// A key in an administrator's settings: the client then calls no hooks but those of such settings.
constexpr const char* managed_hooks_only_key = "allowManagedHooksOnly";

struct SettingsFile {
  std::string path, text;
  bool managed = false;  // an administrator's: applies to plugins too
};

// The managed settings, with the files of their folder managed-settings.d first; then .claude/settings.local.json and
// .claude/settings.json of `directory`, or of the nearest folder above with one; then the user's. Files that are
// missing or above 1 MiB are left out.
std::vector<SettingsFile> settings_files(const files::Tree& tree, const UserPlace& user, const std::string& directory);

}  // namespace cascade::client
