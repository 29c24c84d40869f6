// Plans changes of settings files. A plan holds the whole text before and after, so it can be shown before anything is
// written, and carry_out() refuses if the file has changed since. On removal, adding our entries to the backup must
// give the current text; then the user changed nothing and the backup is restored byte for byte. Otherwise our entries
// are cut out and all else stays.
#include "init/installation.h"

#include <cascade/result.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/environment.h"
#include "client/events.h"
#include "client/models.h"
#include "client/names.h"
#include "client/plugin.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "files/user_file.h"
#include "hash/content_hash.h"
#include "init/settings_edit.h"
#include "policy/setting.h"
#include "syntax/json.h"
#include "text/suggestion.h"

namespace cascade::init {

// The files that a self-contained plugin includes; absolute paths. An empty one is left out.
struct PluginSources {
  std::string program, vocabulary, library;
};

// All files of the plugin. With `copy` it contains its program and library and can be moved; otherwise it calls
// `sources.program` in its current place. unreadable: a source.
Result<std::vector<client::PluginFile>> plugin_contents(const files::Tree& tree, const PluginSources& sources,
                                                        const std::string& version, bool copy);

// Writes the files and a list of them with their hashes below `folder`, which is created. Files of an older plugin that
// this one lacks are removed. unwritable: also if the folder contains anything else; then nothing is written.
Result<void> write_plugin(const files::Tree& tree, const std::string& folder,
                          const std::vector<client::PluginFile>& files);

// Removes the listed files that are unchanged, and folders that are empty then. `kept`: files that were changed.
// not_found: there is no plugin of ours.
struct PluginRemoval {
  std::size_t removed = 0;
  std::vector<std::string> kept;
};
Result<PluginRemoval> remove_plugin(const files::Tree& tree, const std::string& folder);

namespace {

constexpr std::uint64_t max_settings_bytes = 4 << 20;

Error at_path(Error error, const std::string& path) {
  error.path = error.path.empty() ? path : path + ":" + error.path;
  return error;
}

// A link stays in place; the file that it points to is changed.
Result<Plan> start(const files::Tree& tree, const std::string& settings_path,
                   std::string_view backup_ending = ".cascade-backup") {
  Plan plan;
  plan.path = settings_path;
  plan.backup_path = settings_path + std::string(backup_ending);
  if (auto real = tree.real_path(settings_path))
    plan.path = std::move(*real);
  else if (tree.link_target(settings_path))
    return Error{ErrorCode::unreadable, "the settings are a link to a file that is not there", settings_path,
                 "mend the link, or remove it"};
  auto before = tree.read_if_there(plan.path, max_settings_bytes);
  if (!before) return before.error();
  plan.before = std::move(*before);
  return plan;
}

// The programs that may have installed our entries: the one named there, then the one that runs now.
std::vector<std::string> installers(const std::string& settings, const std::string& binary, bool comments) {
  std::vector<std::string> programs = hooked_programs(settings, comments);
  programs.resize(std::min<std::size_t>(programs.size(), 1));
  programs.push_back(binary);
  return programs;
}

bool is_temporary(const std::string& path) {
  for (const char* folder : {"/tmp", "/var/tmp", "/dev/shm", "/private/tmp", "/private/var/tmp",
                             "/private/var/folders"})  // as macOS resolves them
    if (files::is_within(folder, path)) return true;
  return false;
}

using EntriesOf = std::function<std::vector<HookEntry>(const std::string& program)>;

Result<Plan> begin_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary) {
  if (auto lasts = check_program(binary, settings_path); !lasts) return lasts.error();
  return start(tree, settings_path);
}

// The form of a client's settings. `usual`: the content for a file that was missing or empty.
struct Writing {
  std::string usual;
  bool comments = false;

  Result<std::string> add(const std::string& before, const std::vector<HookEntry>& entries) const {
    return add_hooks(before.empty() ? usual : before, entries, comments);
  }
};

Result<Plan> with_entries(Plan plan, const std::string& settings_path, const Writing& writing) {
  auto after = writing.add(plan.before.value_or(""), plan.entries);
  if (!after) return at_path(after.error(), settings_path);
  plan.after = std::move(*after);
  if (plan.changes() && plan.before) {
    // An installation over an older one keeps the backup from before both.
    auto bare = remove_hooks(*plan.before, writing.comments);
    if (bare && *bare == *plan.before) plan.backup = plan.before;
  }
  return plan;
}

Result<Plan> without_entries(const files::Tree& tree, Plan plan, const std::string& settings_path,
                             const Writing& writing, const std::string& binary, const EntriesOf& entries_of) {
  auto bare = remove_hooks(*plan.before, writing.comments);
  if (!bare) return at_path(bare.error(), settings_path);
  plan.after = std::move(*bare);
  auto backup = tree.read_if_there(plan.backup_path, max_settings_bytes);
  if (!backup) return backup.error();
  if (*backup) {
    for (const std::string& program : installers(*plan.before, binary, writing.comments)) {
      auto again = writing.add(**backup, entries_of(program));
      if (again && *again == *plan.before) plan.after = **backup;
    }
    plan.removes_backup = true;
  } else if (plan.changes() && *plan.after == writing.usual) {
    plan.after.reset();  // the file held nothing else
  }
  return plan;
}

Writing writing_of(const client::Dialect& client) {
  const bool is_flat = client.settings.form == client::SettingsForm::flat;
  return {is_flat ? "{\n  \"version\": 1\n}\n" : "{}\n", client.settings.comments};
}

constexpr std::string_view server_backup_ending = ".cascade-mcp-backup";

// The content of a file of servers that contains no server.
std::string_view empty_file(const client::ServerSettings& settings) {
  return settings.form == client::ServerForm::toml ? "" : "{}\n";
}

// Whether some version of `init` wrote this file for this client.
bool is_own_file(const client::Dialect& client, const std::string& text) {
  return !hooked_programs(client, text).empty();
}

// Takes out of the plan's entries what came after the client's version, which is asked for if that matters.
void leave_out_newer(Plan& plan, const ClientVersion& client_version) {
  const auto since = [](const HookEntry& entry) {
    const client::Event* const event = client::find_event(entry.event);
    return event == nullptr ? std::string_view() : event->since;
  };
  if (!client_version ||
      std::all_of(plan.entries.begin(), plan.entries.end(), [&](const auto& entry) { return since(entry).empty(); }))
    return;
  plan.client_version = client_version();
  std::erase_if(plan.entries, [&](const HookEntry& entry) {
    const bool is_newer = client::is_before(plan.client_version, since(entry));
    if (is_newer) plan.left_out.push_back(entry.event);
    return is_newer;
  });
}

Error foreign(const std::string& path) {
  return {ErrorCode::unwritable, "a file of that name is somebody else's", path, "move it away, then run init again"};
}

}  // namespace

Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const std::optional<std::vector<std::string>>& systems,
                               const ClientVersion& client_version, const std::vector<std::string>& recorded) {
  for (const std::string& system : systems.value_or(std::vector<std::string>{}))
    if (policy::find_system(system) == nullptr) {
      if (const std::string_view folder = policy::left_out(system); !folder.empty())
        return Error{ErrorCode::misuse, "this cascade is built without " + std::string(folder), "",
                     "leave out " + system};
      const auto known = letters::names_of(policy::systems());
      return Error{ErrorCode::misuse, "there is no system \"" + system + "\"", "",
                   "known systems: " + letters::listed({known.data(), known.size()})};
    }
  auto plan = begin_installation(tree, settings_path, binary);
  if (!plan) return plan;
  plan->systems = systems ? *systems : installed_systems(plan->before.value_or(""), recorded);
  plan->entries = hook_entries(binary, plan->systems);
  leave_out_newer(*plan, client_version);
  return with_entries(*std::move(plan), settings_path, {"{}\n"});
}

Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary) {
  auto plan = start(tree, settings_path);
  if (!plan || !plan->before) return plan;
  const std::string before = *plan->before;
  const std::vector<std::string> systems = installed_systems(before);
  return without_entries(tree, *std::move(plan), settings_path, {"{}\n"}, binary, [&](const std::string& program) {
    // What is not there was left out for an older client.
    std::vector<HookEntry> entries = hook_entries(program, systems);
    std::erase_if(entries,
                  [&](const HookEntry& entry) { return before.find('"' + entry.event + '"') == std::string::npos; });
    return entries;
  });
}

Result<Plan> plan_server_installation(const files::Tree& tree, const std::string& path, const std::string& binary,
                                      const client::ServerSettings& settings) {
  if (auto lasts = check_program(binary, path); !lasts) return lasts.error();
  auto plan = start(tree, path, server_backup_ending);
  if (!plan) return plan;
  auto after = add_server(plan->before.value_or(""), settings, binary);
  if (!after) return at_path(after.error(), path);
  plan->after = std::move(*after);
  const bool is_first = plan->before && served_program(*plan->before, settings).empty();
  const auto back = remove_server(*plan->after, settings);
  if (is_first && (!back || *back != *plan->before || *back == empty_file(settings))) plan->backup = plan->before;
  return plan;
}

Result<Plan> plan_server_removal(const files::Tree& tree, const std::string& path,
                                 const client::ServerSettings& settings) {
  auto plan = start(tree, path, server_backup_ending);
  if (!plan || !plan->before) return plan;
  auto after = remove_server(*plan->before, settings);
  if (!after) return at_path(after.error(), path);
  plan->after = std::move(*after);
  if (!plan->changes()) return plan;
  auto backup = tree.read_if_there(plan->backup_path, max_settings_bytes);
  if (!backup) return backup.error();
  if (*backup) {
    const auto again = add_server(**backup, settings, served_program(*plan->before, settings));
    if (again && *again == *plan->before) plan->after = **backup;
    plan->removes_backup = true;
  } else if (*plan->after == empty_file(settings)) {
    plan->after.reset();  // the file held nothing else
  }
  return plan;
}

Result<void> check_program(const std::string& binary, const std::string& target) {
  if (!files::is_absolute(binary)) return Error{ErrorCode::misuse, "the program's path is not absolute", binary, ""};
  if (binary.find("/_npx/") != std::string::npos)
    return Error{ErrorCode::misuse, "the program lies in npx's cache, which is emptied", binary,
                 "install the package (npm install --global), then run init from there"};
  if (is_temporary(binary) && !is_temporary(target))
    return Error{ErrorCode::misuse, "the program lies in a folder for temporary files", binary,
                 "install it first (scripts/install), then run init from there"};
  return {};
}

Result<Plan> plan_installation(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                               const client::Dialect& client, const ClientVersion& client_version,
                               const std::vector<std::string>& recorded) {
  if (&client == &client::usual_dialect())
    return plan_installation(tree, settings_path, binary, std::nullopt, client_version, recorded);
  auto plan = begin_installation(tree, settings_path, binary);
  if (!plan) return plan;
  plan->entries = hook_entries(client, binary);
  if (client.settings.form != client::SettingsForm::own_file)
    return with_entries(*std::move(plan), settings_path, writing_of(client));
  if (plan->before && !is_own_file(client, *plan->before)) return foreign(plan->path);
  plan->after = client.settings.text(hook_command(client, binary));
  return plan;
}

Result<Plan> plan_removal(const files::Tree& tree, const std::string& settings_path, const std::string& binary,
                          const client::Dialect& client) {
  if (&client == &client::usual_dialect()) return plan_removal(tree, settings_path, binary);
  auto plan = start(tree, settings_path);
  if (!plan || !plan->before) return plan;
  if (client.settings.form != client::SettingsForm::own_file)
    return without_entries(tree, *std::move(plan), settings_path, writing_of(client), binary,
                           [&](const std::string& program) { return hook_entries(client, program); });
  plan->after = plan->before;
  if (!is_own_file(client, *plan->before)) return foreign(plan->path);
  plan->after.reset();
  return plan;
}

// Writes, updates and removes a plugin's folder without touching foreign files. A list in the folder names each file
// that we wrote, with its hash; a file is replaced or removed only if it is listed and unchanged. Before anything is
// written, every path is checked for obstacles, so that a refused run changes nothing. While files are exchanged, the
// list names the old and the new ones.
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

namespace cascade::cli {
namespace {

std::string files_text(std::size_t count) { return std::to_string(count) + (count == 1 ? " file" : " files"); }

Exit remove(Call& call, const files::Tree& tree, const std::string& folder, bool dry_run) {
  if (dry_run) {
    call.console().print("would remove what init wrote below " + folder + "\n");
    return Exit::yes;
  }
  const auto removal = init::remove_plugin(tree, folder);
  if (!removal) return call.console().fail(removal.error());
  call.console().print("removed " + files_text(removal->removed) + " below " + folder + "\n");
  for (const std::string& kept : removal->kept) call.console().complain(folder + "/" + kept + " was changed, it stays");
  return removal->kept.empty() ? Exit::yes : Exit::no;
}

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

Exit init_plugin(Call& call, const PluginOptions& options) {
  const files::DiskTree tree;
  const std::string here = tree.real_path(".").value_or("/");
  const std::string folder = files::normalise(files::join(here, options.folder));
  if (options.remove) return remove(call, tree, folder, options.dry_run);
  const init::PluginSources sources{program_path(), vocabulary_path(call.environment()), builtin_library()};
  if (!options.copy)
    if (auto lasts = init::check_program(sources.program, folder); !lasts) return call.console().fail(lasts.error());
  const auto files = init::plugin_contents(tree, sources, CASCADE_VERSION, options.copy);
  if (!files) return call.console().fail(files.error());
  if (!options.dry_run)
    if (auto written = init::write_plugin(tree, folder, *files); !written) return call.console().fail(written.error());
  call.console().print(
      (options.dry_run ? "would write " : "wrote ") + files_text(files->size()) + " below " + folder + "\n  " +
      (options.copy ? "with its own program and library: the folder can be moved" : "calls " + sources.program) + "\n");
  if (!options.dry_run) call.console().print(next_steps(folder));
  return Exit::yes;
}

}  // namespace cascade::cli
