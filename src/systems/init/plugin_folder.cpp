// Writes, updates and removes a plugin's folder without touching foreign files. A list in the folder names each file
// that we wrote, with its hash; a file is replaced or removed only if it is listed and unchanged. Before anything is
// written, every path is checked for obstacles, so that a refused run changes nothing. While files are exchanged, the
// list names the old and the new ones.
#include "init/plugin_folder.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "init/installation.h"

namespace cascade::init {
namespace {

constexpr std::string_view list_name = ".cascade-plugin";
constexpr std::uint64_t max_file_bytes = 256u << 20;
constexpr int deepest = 16;

using Known = std::map<std::string, std::string>;  // hashes by path

// Whether the path stays below the folder, whatever the list says.
bool is_below(const std::string& path) {
  return !path.empty() && !files::is_absolute(path) && files::is_normal(path) && path.compare(0, 2, "..") != 0;
}

std::string hash_of(std::string_view text) { return hash::to_hex(hash::hash64(text)); }

// Reads lines of a hash and a path. not_found: there is no such list.
Result<Known> read_list(const files::Tree& tree, const std::string& folder) {
  auto text = tree.read(files::join(folder, list_name), max_file_bytes);
  if (!text) return text.error();
  Known known;
  for (std::size_t at = 0; at < text->size();) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    const std::string line = text->substr(at, end - at);
    at = end + 1;
    const std::size_t blank = line.find(' ');
    if (blank == std::string::npos || !is_below(line.substr(blank + 1))) continue;
    known[line.substr(blank + 1)] = line.substr(0, blank);
  }
  return known;
}

// Whether the file's folder is within the plugin, with all links followed.
bool lies_within(const files::Tree& tree, const std::string& folder, const std::string& path) {
  const auto root = tree.real_path(folder);
  const auto real = tree.real_path(std::string(files::parent(path)));
  return !real || (root && files::is_within(*root, *real));
}

bool is_unchanged(const files::Tree& tree, const std::string& folder, const std::string& name,
                  const std::string& hash) {
  const std::string path = files::join(folder, name);
  const auto text = lies_within(tree, folder, path) ? tree.read(path, max_file_bytes) : Result<std::string>(Error{});
  return text && hash_of(*text) == hash;
}

void remove_with_folders(const std::string& folder, const std::string& name) {
  static_cast<void>(files::remove_file(files::join(folder, name)));
  for (std::string_view left = files::parent(name); !left.empty(); left = files::parent(left))
    files::remove_empty_folder(files::join(folder, left));
}

Result<void> add_tree(const files::Tree& tree, const std::string& from, const std::string& to, int depth,
                      std::vector<client::PluginFile>& files) {
  auto entries = tree.list(from);
  if (!entries) return entries.error();
  for (const files::Entry& entry : *entries) {
    const std::string source = files::join(from, entry.name), target = files::join(to, entry.name);
    if (entry.type == files::EntryType::directory && depth < deepest) {
      if (auto added = add_tree(tree, source, target, depth + 1, files); !added) return added;
    }
    if (entry.type != files::EntryType::file) continue;
    auto text = tree.read(source, max_file_bytes);
    if (!text) return text.error();
    files.push_back({target, *std::move(text)});
  }
  return {};
}

Result<void> add_file(const files::Tree& tree, const std::string& from, std::string_view to, bool executable,
                      std::vector<client::PluginFile>& files) {
  if (from.empty()) return {};
  auto text = tree.read(from, max_file_bytes);
  if (!text) return text.error();
  files.push_back({std::string(to), *std::move(text), executable});
  return {};
}

Result<void> add_sources(const files::Tree& tree, const PluginSources& sources,
                         std::vector<client::PluginFile>& files) {
  if (auto added = add_file(tree, sources.program, client::plugin_program, true, files); !added) return added;
  if (auto added = add_file(tree, sources.vocabulary, client::plugin_vocabulary, false, files); !added) return added;
  if (sources.library.empty()) return {};
  for (const std::string_view kind : {"skills", "agents", "commands"}) {
    const std::string to = files::join(client::plugin_library, kind);
    if (auto added = add_tree(tree, files::join(sources.library, kind), to, 0, files); !added) return added;
  }
  // The rules that the library is judged by.
  if (const std::string rules = files::join(sources.library, "cascade.yaml"); tree.stat(rules))
    return add_file(tree, rules, files::join(client::plugin_library, "cascade.yaml"), false, files);
  return {};
}

Error foreign_plugin(const std::string& path) {
  return {ErrorCode::unwritable, "this is not a plugin that init wrote", path,
          "name a folder that is empty or not there"};
}

// Checks for obstacles: anything in a folder that held nothing of ours, and files that differ from what we wrote.
Result<void> check(const files::Tree& tree, const std::string& folder, const Known& known,
                   const std::vector<client::PluginFile>& files) {
  const auto entries = tree.list(folder);
  if (known.empty() && entries && !entries->empty()) return foreign_plugin(folder);
  for (const client::PluginFile& file : files) {
    const std::string path = files::join(folder, file.path);
    if (!lies_within(tree, folder, path)) return foreign_plugin(path);
    const auto there = tree.stat(path);
    const auto one = known.find(file.path);
    if (there && one == known.end()) return foreign_plugin(path);
    if (there && !is_unchanged(tree, folder, file.path, one->second))
      return Error{ErrorCode::unwritable, "this file was changed since init wrote it", path,
                   "move it away, then run init again"};
  }
  return {};
}

}  // namespace

Result<std::vector<client::PluginFile>> plugin_contents(const files::Tree& tree, const PluginSources& sources,
                                                        const std::string& version, bool copy) {
  std::vector<HookEntry> entries = hook_entries(sources.program);
  if (copy)
    for (HookEntry& entry : entries) entry.command = client::plugin_hook;
  auto hooks = add_hooks("", entries);
  if (!hooks) return hooks.error();
  std::vector<client::PluginFile> files =
      client::plugin_files({version, *std::move(hooks), copy ? std::string() : sources.program});
  if (copy)
    if (auto added = add_sources(tree, sources, files); !added) return added.error();
  return files;
}

Result<void> write_plugin(const files::Tree& tree, const std::string& folder,
                          const std::vector<client::PluginFile>& files) {
  auto known = read_list(tree, folder);
  if (!known && known.error().code != ErrorCode::not_found) return known.error();
  const Known before = known ? *std::move(known) : Known();
  if (auto fits = check(tree, folder, before, files); !fits) return fits;
  std::string list;
  std::set<std::string> names;
  for (const client::PluginFile& file : files) {
    list += hash_of(file.text) + " " + file.path + "\n";
    names.insert(file.path);
  }
  if (auto made = files::make_directories(folder, 0755); !made) return made;
  // The list is written first, so that files left by a killed run are known to be ours.
  std::string both = list;
  for (const auto& [name, hash] : before)
    if (names.count(name) == 0) both += hash + " " + name + "\n";
  if (auto written = files::write_atomically(files::join(folder, list_name), both); !written) return written;
  for (const client::PluginFile& file : files) {
    const std::string path = files::join(folder, file.path);
    if (auto made = files::make_directories(std::string(files::parent(path)), 0755); !made) return made;
    if (auto written = files::write_atomically(path, file.text, file.executable ? 0755 : 0644); !written)
      return written;
  }
  for (const auto& [name, hash] : before)
    if (names.count(name) == 0 && is_unchanged(tree, folder, name, hash)) remove_with_folders(folder, name);
  return files::write_atomically(files::join(folder, list_name), list);
}

Result<PluginRemoval> remove_plugin(const files::Tree& tree, const std::string& folder) {
  const auto known = read_list(tree, folder);
  if (!known)
    return known.error().code == ErrorCode::not_found
               ? Error{ErrorCode::not_found, "there is no plugin that init wrote", folder, ""}
               : known.error();
  PluginRemoval removal;
  for (const auto& [name, hash] : *known) {
    if (!tree.stat(files::join(folder, name))) continue;
    if (!is_unchanged(tree, folder, name, hash)) {
      removal.kept.push_back(name);
      continue;
    }
    remove_with_folders(folder, name);
    ++removal.removed;
  }
  if (auto removed = files::remove_file(files::join(folder, list_name)); !removed) return removed.error();
  files::remove_empty_folder(folder);
  return removal;
}

}  // namespace cascade::init
