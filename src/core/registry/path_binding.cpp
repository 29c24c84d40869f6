// Finds a manifest by a written path. Every candidate path is a hash look-up: the path from the file's own folder,
// from each folder above it, and last the final two components if only one manifest ends that way. Most links lead to
// files that are not manifests, so a table of all last names rejects those first.
#include "registry/path_binding.h"

#include <algorithm>

#include "client/names.h"
#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::registry {
namespace {

// "${CLAUDE_PLUGIN_ROOT}/agents/x.md#steps" -> "agents/x.md"
std::string_view plain(std::string_view written) {
  const auto* end = std::find_if(written.begin(), written.end(), [](char c) { return c == '#' || c == '?'; });
  written = written.substr(0, static_cast<std::size_t>(end - written.begin()));
  for (const std::string_view prefix :
       {client::variables::below_plugin[0], client::variables::below_project[0], client::variables::below_project[1],
        client::own_folder::in_home, std::string_view("@")})
    if (written.substr(0, prefix.size()) == prefix) written.remove_prefix(prefix.size());
  while (!written.empty() && written.back() == '/') written.remove_suffix(1);
  return written;
}

std::string_view tail(std::string_view path) {
  const std::size_t last = path.rfind('/');
  if (last == std::string_view::npos || last == 0) return path;
  const std::size_t before = path.rfind('/', last - 1);
  return before == std::string_view::npos ? path : path.substr(before + 1);
}

// "plan-core/risks", with nothing that marks it as a path: it may as well be a branch or a package.
bool is_bare(std::string_view written) {
  return written.find('.') == std::string_view::npos && written.back() != '/' && letters::is_lower(written.front());
}

// Paths of roots other than the first begin with a label ("user:"), which stays in front while folders are climbed.
std::size_t label_length(std::string_view path) {
  const std::size_t slash = path.find('/'), colon = path.find(':');
  return colon != std::string_view::npos && colon < slash ? colon + 1 : 0;
}

}  // namespace

PathBinder::PathBinder(const std::vector<Part>& manifests) : manifests_(manifests) {
  by_path_.reserve(manifests.size());
  by_tail_.reserve(manifests.size());
  for (std::uint32_t id = 0; id < manifests.size(); ++id) {
    if (manifests[id].document) continue;
    const std::string_view path = manifests[id].path;
    by_path_.try_add(path, id);
    const auto [entry, is_new] = by_tail_.try_add(tail(path), id);
    if (!is_new) *entry = no_manifest;
    add_end(path);
    if (const std::size_t label = label_length(path); label != 0) add_end(path.substr(label));
  }
}

void PathBinder::add_end(std::string_view path) {
  const std::string_view name = files::file_name(path);
  ends_.try_add(name, 0);
  if (name == "SKILL.md") ends_.try_add(files::file_name(files::parent(path)), 0);
}

// Most links lead to files that are not manifests: their last name shows that without trying folder after folder.
bool PathBinder::may_end(std::string_view path) const {
  const std::string_view end = files::file_name(path);
  return end == "." || end == ".." || ends_.find(end) != nullptr;
}

// Returns the manifest whose file, or whose skill's folder, is `path`; appends to `path`.
std::uint32_t PathBinder::exact(std::string& path) const {
  const std::uint32_t* found = by_path_.find(path);
  if (found == nullptr) found = by_path_.find(path += "/SKILL.md");
  return found == nullptr ? no_manifest : *found;
}

std::uint32_t PathBinder::find(std::uint32_t from, std::string_view written) const {
  const std::string_view path = plain(written);
  if (path.empty() || files::is_absolute(path) || !may_end(path)) return no_manifest;
  const std::string_view own = manifests_[from].path;
  const std::string label(own.substr(0, label_length(own)));
  std::string_view folder = files::parent(own.substr(label.size()));
  const bool is_normal =
      files::is_normal(path) && (folder.empty() || (files::is_normal(folder) && !files::is_absolute(folder)));
  std::string whole;
  while (true) {
    whole = label;
    if (!is_normal)
      whole += files::normalise(files::join(folder, path));
    else if (folder.empty())
      whole += path;
    else
      (whole += folder).append("/").append(path);
    const std::uint32_t id = exact(whole);
    if (id != no_manifest) return id;
    if (folder.empty()) break;
    folder = files::parent(folder);
  }
  if (path.find('/') == std::string_view::npos || is_bare(written)) return no_manifest;
  const std::uint32_t* found = by_tail_.find(tail(path));
  if (found == nullptr) found = by_tail_.find(std::string(files::file_name(path)) + "/SKILL.md");
  return found == nullptr ? no_manifest : *found;
}

}  // namespace cascade::registry
