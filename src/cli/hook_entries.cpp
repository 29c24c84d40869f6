#include "cli/hook_entries.h"

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "init/settings_edit.h"

#include <algorithm>

namespace cascade::cli {
namespace {

constexpr std::uint64_t max_settings_bytes = 4 << 20;
constexpr std::size_t most_remembered = 1'000;

std::string memory_path(const Environment& environment) {
  return environment.state.empty() ? std::string() : files::join(environment.state, "settings.list");
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Where the client reads settings from, for the user and for the working directory.
std::vector<std::string> usual_settings(const Environment& environment) {
  const files::DiskTree tree;
  std::vector<std::string> paths;
  if (!environment.home.empty()) paths.push_back(files::join(environment.home, ".claude/settings.json"));
  if (auto here = tree.real_path("."))
    for (const char* name : {".claude/settings.json", ".claude/settings.local.json"})
      if (std::string path = files::join(*here, name); !contains(paths, path)) paths.push_back(std::move(path));
  return paths;
}

HookedSettings describe(const files::Tree& tree, const std::string& path, std::string_view text) {
  HookedSettings settings;
  settings.path = path;
  settings.systems = init::installed_systems(text);
  for (const std::string& program : init::hooked_programs(text)) {
    ++settings.entries;
    if (!files::is_absolute(program) || contains(settings.programs, program)) continue;
    settings.programs.push_back(program);
    if (!tree.stat(program)) settings.gone.push_back(program);
  }
  return settings;
}

}  // namespace

std::vector<HookedSettings> find_hooked_settings(const Environment& environment) {
  const files::DiskTree tree;
  std::vector<std::string> paths = usual_settings(environment);
  for (std::string& path : remembered_settings(environment))
    if (!contains(paths, path)) paths.push_back(std::move(path));
  std::vector<HookedSettings> found;
  for (const std::string& path : paths) {
    const auto text = tree.read(path, max_settings_bytes);
    if (!text) continue;
    HookedSettings settings = describe(tree, path, *text);
    if (settings.entries > 0) found.push_back(std::move(settings));
  }
  return found;
}

std::vector<std::string> find_disabled_hooks(const Environment& environment) {
  const files::DiskTree tree;
  std::vector<std::string> found;
  for (const std::string& path : usual_settings(environment))
    if (const auto text = tree.read(path, max_settings_bytes); text && init::disables_hooks(*text))
      found.push_back(path);
  return found;
}

std::vector<std::string> remembered_settings(const Environment& environment) {
  std::vector<std::string> paths;
  const std::string list = memory_path(environment);
  const auto text = list.empty() ? Result<std::string>(std::string()) : files::DiskTree().read(list, 1 << 20);
  for (std::size_t begin = 0; text && begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    std::string path = text->substr(begin, end - begin);
    if (files::is_absolute(path) && paths.size() < most_remembered) paths.push_back(std::move(path));
    begin = end + 1;
  }
  return paths;
}

void remember_settings(const Environment& environment, const std::string& path, bool hooked) {
  std::vector<std::string> paths = remembered_settings(environment);
  const auto at = std::find(paths.begin(), paths.end(), path);
  if ((at != paths.end()) == hooked || environment.state.empty()) return;
  if (hooked)
    paths.push_back(path);
  else
    paths.erase(at);
  std::string text;
  for (const std::string& each : paths) text += each + "\n";
  if (files::make_directories(environment.state))
    static_cast<void>(files::write_atomically(memory_path(environment), text, 0600));
}

}  // namespace cascade::cli
