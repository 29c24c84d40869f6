#include "registry/path_binding.h"

#include "files/paths.h"

namespace cascade::registry {
namespace {

// "${CLAUDE_PLUGIN_ROOT}/agents/x.md#steps" -> "agents/x.md"
std::string_view plain(std::string_view written) {
  written = written.substr(0, written.find_first_of("#?"));
  for (const std::string_view prefix :
       {"${CLAUDE_PLUGIN_ROOT}/", "${CLAUDE_PROJECT_DIR}/", "$CLAUDE_PROJECT_DIR/", "~/.claude/", "@"})
    if (written.substr(0, prefix.size()) == prefix) written.remove_prefix(prefix.size());
  while (!written.empty() && written.back() == '/') written.remove_suffix(1);
  return written;
}

std::string tail(std::string_view path) {
  const std::size_t last = path.rfind('/');
  if (last == std::string_view::npos || last == 0) return std::string(path);
  const std::size_t before = path.rfind('/', last - 1);
  return std::string(before == std::string_view::npos ? path : path.substr(before + 1));
}

// Paths of other roots than the first begin with a label ("user:"), which stays in front while folders are climbed.
std::size_t label_length(std::string_view path) {
  const std::size_t slash = path.find('/'), colon = path.find(':');
  return colon != std::string_view::npos && colon < slash ? colon + 1 : 0;
}

}  // namespace

PathBinder::PathBinder(const std::vector<Manifest>& manifests) : manifests_(manifests) {
  for (std::uint32_t id = 0; id < manifests.size(); ++id) {
    if (manifests[id].document) continue;
    by_path_.emplace(manifests[id].path, id);
    const auto [entry, is_new] = by_tail_.emplace(tail(manifests[id].path), id);
    if (!is_new) entry->second = no_manifest;
  }
}

std::uint32_t PathBinder::exact(const std::string& path) const {
  auto found = by_path_.find(path);
  if (found == by_path_.end()) found = by_path_.find(path + "/SKILL.md");
  return found == by_path_.end() ? no_manifest : found->second;
}

std::uint32_t PathBinder::find(std::uint32_t from, std::string_view written) const {
  const std::string_view path = plain(written);
  if (path.empty() || files::is_absolute(path)) return no_manifest;
  const std::string& own = manifests_[from].path;
  const std::string label = own.substr(0, label_length(own));
  std::string_view folder = files::parent(std::string_view(own).substr(label.size()));
  while (true) {
    const std::uint32_t id = exact(label + files::normalise(files::join(folder, path)));
    if (id != no_manifest) return id;
    if (folder.empty()) break;
    folder = files::parent(folder);
  }
  if (path.find('/') == std::string_view::npos) return no_manifest;
  auto found = by_tail_.find(tail(path));
  if (found == by_tail_.end()) found = by_tail_.find(std::string(files::file_name(path)) + "/SKILL.md");
  return found == by_tail_.end() ? no_manifest : found->second;
}

}  // namespace cascade::registry
