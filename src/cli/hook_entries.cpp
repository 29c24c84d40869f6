#include "cli/hook_entries.h"

#include "files/paths.h"
#include "files/tree.h"
#include "init/settings_edit.h"

namespace cascade::cli {

std::vector<HookedSettings> find_hooked_settings(const Environment& environment) {
  const files::DiskTree tree;
  std::vector<std::string> paths;
  if (!environment.home.empty()) paths.push_back(files::join(environment.home, ".claude/settings.json"));
  if (auto here = tree.real_path("."))
    for (const char* name : {".claude/settings.json", ".claude/settings.local.json"})
      paths.push_back(files::join(*here, name));
  std::vector<HookedSettings> found;
  for (const std::string& path : paths) {
    auto text = tree.read(path, 4 << 20);
    if (!text) continue;
    HookedSettings settings;
    settings.path = path;
    for (const std::string& program : init::hooked_programs(*text)) {
      ++settings.entries;
      if (files::is_absolute(program) && !tree.stat(program)) settings.gone.push_back(program);
    }
    if (settings.entries > 0) found.push_back(std::move(settings));
  }
  return found;
}

}  // namespace cascade::cli
