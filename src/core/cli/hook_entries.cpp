// Looks for Cascade in all settings files that clients read: those of the user and of the working directory, by each
// client's dialect, and those that `cascade init` wrote elsewhere, which the state folder remembers.
#include "cli/hook_entries.h"

#include <algorithm>

#include "cli/arguments.h"
#include "client/events.h"
#include "client/names.h"
#include "client/settings_files.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "installed/entries.h"
#include "text/lines.h"
#include "text/word_set.h"

namespace cascade::cli {
namespace {

constexpr std::uint64_t max_settings_bytes = 4 << 20;
constexpr std::size_t most_remembered = 1'000;
using Names = std::vector<std::string>;

// A path on each line, and behind a tab the systems; always rewritten as a whole.
std::string memory_path(const Environment& environment, Remembered what) {
  const char* const name = what == Remembered::hooks ? "settings.list" : "servers.list";
  return environment.state.empty() ? std::string() : files::join(environment.state, name);
}

void add(const client::Dialect& client, std::string path, std::vector<client::HookPlace>& places) {
  for (const client::HookPlace& place : places)
    if (place.path == path) return;
  places.push_back({&client, std::move(path)});
}

// All settings files that clients read for the user and for the working directory.
std::vector<client::HookPlace> usual_settings(const Environment& environment) {
  std::vector<client::HookPlace> places;
  const auto here = files::DiskTree().real_path(".");
  for (const client::Dialect* client : client::dialects()) {
    const client::Settings& settings = client->settings;
    if (std::string path = user_settings(environment, settings); !path.empty()) add(*client, std::move(path), places);
    for (const std::string_view name : {settings.project_file, settings.project_local_file})
      if (here && !name.empty()) add(*client, files::join(*here, name), places);
  }
  return places;
}

// The client whose settings files have this ending; Claude Code if none has.
const client::Dialect& client_of(const std::string& path) {
  for (const client::Dialect* client : client::dialects())
    if (ends_in(path, client->settings.user_file) || ends_in(path, client->settings.project_file)) return *client;
  return client::usual_dialect();
}

// `astray`: programs whose path is relative; `gone`: programs that are not there.
HookedSettings describe(const files::Tree& tree, const client::HookPlace& place, std::string_view text) {
  HookedSettings settings;
  settings.client = place.client;
  settings.path = place.path;
  for (const init::HookEntry& entry : init::entries_in(text, place.client->settings.comments))
    settings.guards = settings.guards || entry.blocks;
  for (const std::string& program : init::hooked_programs(*place.client, text)) {
    ++settings.entries;
    if (!files::is_absolute(program) && !letters::is_one_of(program, settings.astray))
      settings.astray.push_back(program);
    if (!files::is_absolute(program) || letters::is_one_of(program, settings.programs)) continue;
    settings.programs.push_back(program);
    if (!tree.stat(program)) settings.gone.push_back(program);
  }
  return settings;
}

std::string marker(const Environment& environment) { return files::join(environment.state, "off"); }

Result<void> write_marker(const Environment& environment, bool off) {
  if (environment.state.empty()) return Error{ErrorCode::unwritable, "there is no state folder", "", "set HOME"};
  if (!off) return files::remove_file(marker(environment));
  if (auto made = files::make_directories(environment.state); !made) return made;
  return files::write_atomically(marker(environment), "", 0600);
}

}  // namespace

bool ends_in(const std::string& path, std::string_view name) {
  return !name.empty() && path.ends_with("/" + std::string(name));
}

Error unknown_client(const std::string& name) {
  return {ErrorCode::misuse, "there is no client \"" + name + "\"", "",
          "known clients: " +
              letters::joined(client::dialects(), ", ", [](const client::Dialect* one) { return one->name; })};
}

std::vector<HookedSettings> find_hooked_settings(const Environment& environment) {
  const files::DiskTree tree;
  std::vector<client::HookPlace> places = usual_settings(environment);
  for (const Installation& one : remembered(environment)) add(client_of(one.path), one.path, places);
  std::vector<HookedSettings> found;
  for (const client::HookPlace& place : places) {
    const auto text = tree.read(place.path, max_settings_bytes);
    if (!text) continue;
    HookedSettings settings = describe(tree, place, *text);
    if (settings.entries > 0) found.push_back(std::move(settings));
  }
  return found;
}

// Where only managed hooks count, ours may be among them.
std::vector<SilencedHooks> find_silenced_hooks(const files::Tree& tree, const Environment& environment) {
  const auto here = tree.real_path(".");
  std::vector<SilencedHooks> found;
  bool is_managed_entry = false;
  for (const client::SettingsFile& file : client::settings_files(tree, environment.user, here ? *here : "/")) {
    is_managed_entry =
        is_managed_entry || (file.managed && !init::hooked_programs(client::usual_dialect(), file.text).empty());
    const std::string_view key = init::silencing_key(file.text, file.managed);
    if (!key.empty()) found.push_back({file.path, key, file.managed});
  }
  if (is_managed_entry)
    std::erase_if(found, [](const SilencedHooks& one) { return one.key == client::managed_hooks_only_key; });
  return found;
}

std::vector<std::string> find_switches(const Environment& environment, const client::Dialect& client) {
  const client::Settings& settings = client.settings;
  std::vector<std::string> found;
  if (settings.switched_off == nullptr) return found;
  const files::DiskTree tree;
  const auto here = tree.real_path(".");
  std::vector<std::string> places = {user_file(environment, settings, settings.switch_file)};
  if (here) places.push_back(files::join(*here, settings.switch_file));
  for (const std::string& path : places) {
    const auto text = tree.read(path, max_settings_bytes);
    if (text && settings.switched_off(*text) && !letters::is_one_of(path, found)) found.push_back(path);
  }
  return found;
}

std::vector<ServedFile> find_served_files(const Environment& environment) {
  const files::DiskTree tree;
  const auto here = tree.real_path(".");
  std::vector<client::HookPlace> places;
  for (const client::Dialect* client : client::dialects()) {
    const client::ServerSettings& servers = client->servers;
    if (std::string path = user_file(environment, client->settings, servers.user_file); !path.empty())
      add(*client, std::move(path), places);
    if (here) add(*client, files::join(*here, servers.project_file), places);
  }
  for (const auto& [path, systems] : remembered(environment, Remembered::servers))
    for (const client::Dialect* client : client::dialects())
      if (ends_in(path, client->servers.user_file) || ends_in(path, client->servers.project_file))
        add(*client, path, places);
  std::vector<ServedFile> found;
  for (const client::HookPlace& place : places) {
    const auto text = tree.read(place.path, max_settings_bytes);
    std::string program = text ? init::served_program(*text, place.client->servers) : std::string();
    if (!program.empty()) found.push_back({place.client, place.path, std::move(program)});
  }
  return found;
}

std::vector<Installation> remembered(const Environment& environment, Remembered what) {
  std::vector<Installation> all;
  const std::string list = memory_path(environment, what);
  const auto text = list.empty() ? Result<std::string>(std::string()) : files::DiskTree().read(list, 1 << 20);
  if (!text) return all;
  for (const std::string_view line : letters::lines(*text)) {
    const std::size_t tab = std::min(line.rfind('\t'), line.size());
    if (files::is_absolute(line) && all.size() < most_remembered)
      all.push_back({std::string(line.substr(0, tab)), split_list(line.substr(std::min(tab + 1, line.size())))});
  }
  return all;
}

std::vector<std::string> recorded_systems(const Environment& environment, const std::string& path) {
  for (Installation& one : remembered(environment))
    if (one.path == path) return std::move(one.systems);
  return {};
}

void remember(const Environment& environment, const Installation& done, bool is_there, Remembered what) {
  std::vector<Installation> all = remembered(environment, what);
  const auto at = std::ranges::find_if(all, [&](const Installation& one) { return one.path == done.path; });
  const bool is_known = at != all.end();
  if (environment.state.empty() || (is_known == is_there && (!is_known || at->systems == done.systems))) return;
  if (!is_there)
    all.erase(at);
  else if (is_known)
    at->systems = done.systems;
  else
    all.push_back(done);
  std::string text;
  for (const Installation& each : all) {
    text += each.path;
    for (const std::string& system : each.systems) text += (&system == each.systems.data() ? "\t" : ",") + system;
    text += '\n';
  }
  if (files::make_directories(environment.state))
    static_cast<void>(files::write_atomically(memory_path(environment, what), text, 0600));
}

std::vector<std::string> unheard_here(const Environment& environment, std::string_view system) {
  const files::DiskTree tree;
  std::vector<init::HookEntry> present;
  if (find_silenced_hooks(tree, environment).empty())
    for (const client::SettingsFile& file :
         client::settings_files(tree, environment.user, tree.real_path(".").value_or("/")))
      for (init::HookEntry& entry : init::entries_in(file.text)) present.push_back(std::move(entry));
  return init::unheard(system, present);
}

std::vector<std::string> unheard_in(const std::string& settings, std::string_view system) {
  return init::unheard(system, init::entries_in(files::DiskTree().read(settings, max_settings_bytes).value_or("")));
}

std::vector<std::string> installed_systems(const Environment& environment, const std::string& path) {
  const auto text = files::DiskTree().read(path, max_settings_bytes);
  return text ? init::installed_systems(*text, recorded_systems(environment, path)) : Names();
}

bool are_hooks_off(const Environment& environment) {
  return !environment.state.empty() && files::DiskTree().stat(marker(environment)).has_value();
}

Exit switch_hooks(Call& call, bool off) {
  if (auto switched = write_marker(call.environment(), off); !switched) return call.console().fail(switched.error());
  call.console().note(off ? "hooks are silent until `cascade hook --on`" : "hooks answer again");
  return Exit::yes;
}

}  // namespace cascade::cli
