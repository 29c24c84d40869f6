#include "client/settings_files.h"

#include "files/paths.h"

#include <algorithm>
#include <utility>

namespace cascade::client {
namespace {

constexpr std::uint64_t max_bytes = 1 << 20;
#ifdef __APPLE__
constexpr const char* managed_settings = "/Library/Application Support/ClaudeCode/managed-settings";
#elif defined(_WIN32)
constexpr const char* managed_settings = "C:/Program Files/ClaudeCode/managed-settings";
#else
constexpr const char* managed_settings = "/etc/claude-code/managed-settings";
#endif

// False: the file does not exist.
bool add(const files::Tree& tree, std::string path, bool managed, std::vector<SettingsFile>& found) {
  auto text = tree.read(path, max_bytes);
  if (!text) return false;
  found.push_back({std::move(path), *std::move(text), managed});
  return true;
}

}  // namespace

std::vector<SettingsFile> settings_files(const files::Tree& tree, const UserPlace& user, const std::string& directory) {
  std::vector<SettingsFile> found;
  // A folder of further files may lie beside it; the last of these counts most.
  if (const auto further = tree.list(std::string(managed_settings) + ".d")) {
    std::vector<std::string> names;
    for (const files::Entry& entry : *further)
      if (entry.name.ends_with(".json") && entry.name[0] != '.') names.push_back(entry.name);
    std::sort(names.rbegin(), names.rend());
    for (const std::string& name : names)
      add(tree, files::join(std::string(managed_settings) + ".d", name), true, found);
  }
  add(tree, std::string(managed_settings) + ".json", true, found);
  // The client reads the folder in which the session started; a session that moved on works somewhere below it.
  for (std::string folder = files::normalise(directory); !folder.empty() && folder != user.home;) {
    const bool local = add(tree, files::join(folder, ".claude/settings.local.json"), false, found);
    const bool shared = add(tree, files::join(folder, ".claude/settings.json"), false, found);
    if (local || shared) break;
    const std::string above(files::parent(folder));
    if (above == folder) break;
    folder = above;
  }
  if (!user.folder.empty()) add(tree, files::join(user.folder, "settings.json"), false, found);
  return found;
}

}  // namespace cascade::client
