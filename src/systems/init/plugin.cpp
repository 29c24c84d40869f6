// Writes, updates and removes a plugin's folder without touching foreign files. A list in the folder names each file
// that we wrote, with its hash; a file is replaced or removed only if it is listed and unchanged. Before anything is
// written, every path is checked for obstacles, so that a refused run changes nothing. While files are exchanged, the
// list names the old and the new ones.
//
// The mod of `--listing short` is a module in such a folder: of the plugin, or of one of its own where the client loads
// plugins from without being asked. The client writes the declarations of its interface into the folder of a module.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/environment.h"
#include "cli/hook_entries.h"
#include "client/names.h"
#include "client/plugin.h"
#include "client/settings_files.h"
#include "files/atomic_write.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "init/installation.h"
#include "syntax/json.h"
#include "text/lines.h"

namespace cascade::init {

// The files that a self-contained plugin includes; absolute paths. An empty one is left out.
struct PluginSources {
  std::string program, vocabulary, library;
};

// Removes the listed files that are unchanged, and folders that are empty then. `kept`: files that were changed.
// not_found: there is no plugin of ours.
struct PluginRemoval {
  std::size_t removed = 0;
  std::vector<std::string> kept;
};
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
  for (const std::string_view line : letters::lines(*text)) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string::npos || !is_below(std::string(line.substr(blank + 1)))) continue;
    known[std::string(line.substr(blank + 1))] = line.substr(0, blank);
  }
  return known;
}

// Whether the file's folder is within the plugin, with all links followed.
bool lies_within(const files::Tree& tree, const std::string& folder, const std::string& path) {
  const auto root = tree.real_path(folder);
  const auto real = tree.real_path(std::string(files::parent(path)));
  return !real || (root && files::is_within(*root, *real));
}

constexpr std::string_view module_path = "hooks/register.js";
constexpr std::string_view module_key = "{\n  \"modules\": [\"./register.js\"]\n}\n";

// The module, which calls this program; empty: the one of its own folder.
std::string module_text(const std::string& program) {
  constexpr std::string_view line = "const PROGRAM = null";
  std::string text(web_source("register.js"));
  if (program.empty()) return text;
  return text.replace(text.find(line), line.size(), "const PROGRAM = [" + syntax::quote_json(program) + "]");
}

std::vector<client::PluginFile> mod_contents(const std::string& program) {
  syntax::JsonWriter about;
  about.begin_object().key("name").string("cascade").key("version").string(CASCADE_VERSION).key("description");
  about.string("Takes skills and agents out of the client's listing; Cascade brings those that a prompt needs.");
  about.key("author").begin_object().key("name").string("Cascade").end_object().key("license").string("MIT");
  return {{".claude-plugin/plugin.json", about.end_object().take() + "\n"},
          {"hooks/hooks.json", std::string(module_key)},
          {std::string(module_path), module_text(program)}};
}

// Clients write the declarations of their interface beside a module, 1.2 MB, and a file that names them.
Result<void> remove_declarations(const files::Tree& tree, const std::string& folder) {
  constexpr std::string_view named = "./.claude-plugin/types/tsconfig.json";
  const std::string file = files::join(folder, "tsconfig.json");
  const auto text = tree.read_if_there(file, 4096);
  if (text && *text && (*text)->find(named) != std::string::npos && (*text)->size() < 2 * named.size())
    if (auto removed = files::remove_file(file); !removed) return removed;
  return files::remove_folder(files::join(folder, ".claude-plugin/types"));
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

// All files of the plugin. With `copy` it contains its program and library and can be moved; otherwise it calls
// `sources.program` in its current place. unreadable: a source.
Result<std::vector<client::PluginFile>> plugin_contents(const files::Tree& tree, const PluginSources& sources,
                                                        const std::string& version, bool copy, bool has_mod) {
  std::vector<HookEntry> entries = hook_entries(sources.program);
  if (copy)
    for (HookEntry& entry : entries) entry.command = client::plugin_hook;
  auto hooks = add_hooks(has_mod ? module_key : "", entries);
  if (!hooks) return hooks.error();
  const std::string program = copy ? std::string() : sources.program;
  std::vector<client::PluginFile> files = client::plugin_files({version, *std::move(hooks), program});
  if (has_mod) files.push_back({std::string(module_path), module_text(program)});
  if (copy)
    if (auto added = add_sources(tree, sources, files); !added) return added.error();
  return files;
}

// Writes the files and a list of them with their hashes below `folder`, which is created. Files of an older plugin that
// this one lacks are removed. unwritable: also if the folder contains anything else; then nothing is written.
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
  if (known->count(std::string(module_path)) > 0)
    if (auto done = remove_declarations(tree, folder); !done) return done.error();
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

// Whether the plugin that is there has the mod.
bool has_module(const files::Tree& tree, const std::string& folder) {
  const auto known = read_list(tree, folder);
  return known && known->count(std::string(module_path)) > 0;
}

Mod find_mod(const files::Tree& tree, const std::string& claude_folder, const std::string& program) {
  Mod mod{files::join(claude_folder, std::string(cli::mod_folder))};
  const auto known = read_list(tree, mod.folder);
  if (!known) return mod;
  Known wanted;
  for (const client::PluginFile& file : mod_contents(program)) wanted[file.path] = hash_of(file.text);
  mod.state = wanted == *known ? Mod::State::current : Mod::State::other;
  for (const auto& [name, hash] : *known)
    if (!is_unchanged(tree, mod.folder, name, hash)) mod.state = Mod::State::changed;
  return mod;
}

// Error: unwritable, also if the folder is somebody else's.
Result<void> write_mod(const files::Tree& tree, const Mod& mod, const std::string& program) {
  if (auto lasts = check_program(program, mod.folder); !lasts) return lasts;
  return write_plugin(tree, mod.folder, mod_contents(program));
}

// Takes away what was written there, and what the client put beside it. Files that were changed stay.
Result<void> remove_mod(const files::Tree& tree, const Mod& mod) {
  const auto removal = remove_plugin(tree, mod.folder);
  if (!removal) return removal.error();
  // The client makes a folder for what a module would keep; ours keeps nothing.
  const std::string plugins = files::join(std::string(files::parent(files::parent(mod.folder))), "plugins");
  for (const char* made : {"data/cascade-skills-dir", "data"}) files::remove_empty_folder(files::join(plugins, made));
  for (const std::string& folder : {plugins, std::string(files::parent(mod.folder))})
    files::remove_empty_folder(folder);
  if (removal->kept.empty()) return {};
  return Error{ErrorCode::unwritable, "this file was changed since init wrote it, and stays",
               files::join(mod.folder, removal->kept.front()), "remove it by hand"};
}

}  // namespace cascade::init

namespace cascade::cli {
namespace {

std::string files_text(std::size_t count) { return std::to_string(count) + (count == 1 ? " file" : " files"); }

Exit remove(Call& call, const files::Tree& tree, const std::string& folder, bool dry_run) {
  if (dry_run) return call.console().show("would remove what init wrote below " + folder + "\n");
  const auto removal = init::remove_plugin(tree, folder);
  if (!removal) return call.console().fail(removal.error());
  call.console().print("removed " + files_text(removal->removed) + " below " + folder + "\n");
  for (const std::string& kept : removal->kept) call.console().complain(folder + "/" + kept + " was changed, it stays");
  return removal->kept.empty() ? Exit::yes : Exit::no;
}

constexpr const char* what_it_does =
    "  a mod, code that runs inside of Claude Code 2.1.287 or later: it takes skills and agents that Cascade serves\n"
    "  out of the client's listing, and brings what a prompt needs whole. Each can still be called by its name. When\n"
    "  it fails, the listing is whole. `cascade init --listing full` keeps the client's own listing\n";

std::string next_steps(const std::string& folder) {
  return "next, in the client that should have it:\n"
         "  claude plugin marketplace add '" +
         folder +
         "' && claude plugin install cascade@cascade\n"
         "  codex plugin marketplace add '" +
         folder +
         "' && codex plugin add cascade@cascade\n"
         "  gemini extensions link '" +
         folder +
         "'\n"
         "  copilot plugin marketplace add '" +
         folder + "' && copilot plugin install cascade@cascade\n";
}

}  // namespace

std::string forbids_mods(const Environment& environment) {
  constexpr std::string_view managed_mods_only =
      "pluginConfigs.cc-plugin-sec-default@builtin.options.allowManagedModsOnly";
  const files::DiskTree tree;
  for (const client::SettingsFile& file :
       client::settings_files(tree, environment.user, tree.real_path(".").value_or("/")))
    if (file.managed && says_yes(syntax::parse_json(file.text).root, managed_mods_only)) return file.path;
  return {};
}

Exit init_plugin(Call& call, const PluginOptions& options) {
  const files::DiskTree tree;
  const std::string here = tree.real_path(".").value_or("/");
  const std::string folder = files::normalise(files::join(here, options.folder));
  if (options.remove) return remove(call, tree, folder, options.dry_run);
  const init::PluginSources sources{program_path(), vocabulary_path(call.environment()), builtin_library()};
  if (!options.copy)
    if (auto lasts = init::check_program(sources.program, folder); !lasts) return call.console().fail(lasts.error());
  const bool has_mod = options.short_listing.value_or(init::has_module(tree, folder));
  const auto files = init::plugin_contents(tree, sources, CASCADE_VERSION, options.copy, has_mod);
  if (!files) return call.console().fail(files.error());
  if (!options.dry_run)
    if (auto written = init::write_plugin(tree, folder, *files); !written) return call.console().fail(written.error());
  call.console().print(
      (options.dry_run ? "would write " : "wrote ") + files_text(files->size()) + " below " + folder + "\n  " +
      (options.copy ? "with its own program and library: the folder can be moved" : "calls " + sources.program) + "\n");
  if (has_mod) call.console().print(what_it_does);
  if (!options.dry_run) call.console().print(next_steps(folder));
  return Exit::yes;
}

Result<void> change_mod(Call& call, const std::string& claude_folder, std::optional<bool> wanted, bool dry_run) {
  using State = init::Mod::State;
  const files::DiskTree tree;
  const init::Mod mod = init::find_mod(tree, claude_folder, program_path());
  const bool writes = wanted.value_or(mod.state == State::other);
  if (writes ? mod.state == State::current : mod.state == State::absent || !wanted) {
    if (wanted && writes) call.console().print(mod.folder + " has the mod already\n");
    return {};
  }
  if (!dry_run)
    if (auto done = writes ? init::write_mod(tree, mod, program_path()) : init::remove_mod(tree, mod); !done)
      return done;
  call.console().print((dry_run ? "would " : "") +
                       std::string(writes ? (dry_run ? "write " : "wrote ") : (dry_run ? "remove " : "removed ")) +
                       mod.folder + "\n");
  if (writes) call.console().print(what_it_does);
  if (writes && !dry_run) call.console().print("  the client loads it at its next start, without a question\n");
  return {};
}

}  // namespace cascade::cli
