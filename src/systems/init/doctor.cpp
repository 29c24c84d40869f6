// The checks of `cascade doctor` for the hooks in the client's settings, and for each client on this machine.
#include "cli/call.h"
#include "cli/environment.h"
#include "cli/hook_entries.h"
#include "client/dialect.h"
#include "client/names.h"
#include "client/switches.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "init/installation.h"
#include "init/routers.h"
#include "render/overview.h"
#include "render/parts.h"
#include "rights/rights.h"
#include "syntax/put.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <map>
#include <set>

namespace cascade::cli {
namespace {

using rendering::Check;
using rendering::CheckState;

// A skill of the shipped library that a prompt can call by name; the client's own skills are not served. Empty if there
// is none.
std::string some_skill(const Registry& registry) {
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (const ManifestView manifest = registry[ManifestId{i}];
        manifest.kind == Kind::skill && manifest.scope == Scope::builtin && !manifest.document)
      return std::string(manifest.name);
  return {};
}

// Calls a hook as the client would, with a prompt that calls a skill by name, and with a state folder of its own, so
// that nothing is recorded as sent.
Check ask_hook(const std::string& program, const std::string& skill) {
  Check check{"hook", CheckState::good, program + " answers", ""};
  const auto folder = files::TemporaryFolder::make();
  if (!folder) return {"hook", CheckState::warning, "not asked: the folder for temporary files cannot be written", ""};
  const std::string& state = folder->path();
  syntax::JsonWriter event(syntax::JsonWriter::Style::compact);
  event.begin_object();
  put(event, client::event_keys::name, client::event_names::prompt);
  put(event, client::event_keys::session, "cascade-doctor");
  put(event, client::event_keys::transcript, state + "/projects/doctor/cascade-doctor.jsonl");
  put(event, "permission_mode", "default");
  put(event, "cwd", files::DiskTree().real_path(".").value_or("/"));
  put(event, "prompt", "use the " + skill + " skill");
  event.end_object();
  files::ProgramCall call;
  call.words = {program, "hook"};
  call.input = event.take();
  call.environment = files::process_environment();
  constexpr std::string_view variable = "XDG_STATE_HOME=";  // the first of two would count
  std::erase_if(call.environment, [&](const std::string& one) { return one.starts_with(variable); });
  call.environment.push_back(std::string(variable) + state);
  call.milliseconds = 10'000;
  const auto run = files::run_program(call);
  if (run && !run->timed_out && run->exit_code == 0 && run->output.find(skill) != std::string::npos) return check;
  check.state = CheckState::bad;
  if (!run)
    check.detail = program + " does not start: " + run.error().message;
  else if (run->timed_out)
    check.detail = program + " did not answer within 10 seconds";
  else
    check.detail = program + " says nothing to a prompt that calls " + skill + " by name, and ends with " +
                   std::to_string(run->exit_code);
  check.help = "run it by hand: echo '" + std::string(letters::trim(call.input)) + "' | '" + program + "' hook";
  return check;
}

// Whether this version's `init` would write other entries for the same program. Where these depend on the client's
// version its program is started, so no hook asks.
bool is_old(const Environment& environment, const HookedSettings& settings) {
  if (settings.programs.empty()) return false;
  const auto anew = init::plan_installation(
      files::DiskTree(), settings.path, settings.programs.front(), *settings.client,
      [&] { return version_of(environment, *settings.client); }, recorded_systems(environment, settings.path));
  return anew && anew->changes();
}

Check settings_check(const Environment& environment, const HookedSettings& settings) {
  Check check{"hooks", CheckState::good,
              settings.path + ", " + std::to_string(settings.entries) +
                  (settings.entries == 1 ? " hook entry" : " hook entries"),
              ""};
  const bool is_usual = settings.client == &client::usual_dialect();
  const std::string init = "cascade init" + (is_usual ? "" : " --client " + std::string(settings.client->name));
  if (is_old(environment, settings)) {
    check.state = CheckState::warning;
    check.detail += ", not those that this version writes";
    check.help = init;
  }
  for (const std::string& program : settings.astray)
    check = {"hooks", CheckState::bad,
             settings.path + " calls " + program + ", which is not an absolute path: it depends on the folder", init};
  for (const std::string& program : settings.gone)
    check = {"hooks", CheckState::bad, settings.path + " calls " + program + ", which is gone", init};
  return check;
}

Check silenced_check(const SilencedHooks& silenced) {
  const std::string key(silenced.key);
  const bool is_only_managed = key == client::managed_hooks_only_key;
  return {"hooks", CheckState::bad,
          silenced.path + " sets " + key + ": the client calls " +
              (is_only_managed ? "an administrator's hooks alone, and not these" : "none"),
          silenced.managed ? "ask who administers this machine to " +
                                 (is_only_managed ? "add these entries to that file" : "take " + key + " out of it")
                           : "take " + key + " out of it"};
}

// Whether the mod is the one that this program writes, and whether the client may run it.
void add_mod(const Environment& environment, std::vector<Check>& checks) {
  using State = init::Mod::State;
  const files::DiskTree tree;
  const init::Mod mod = init::find_mod(tree, environment.user.folder, program_path());
  if (mod.state == State::absent) return;
  Check check{"listing", CheckState::good, mod.folder + " keeps it short", ""};
  if (mod.state == State::other) {
    check = {"listing", CheckState::warning, mod.folder + " is not the mod that this version writes",
             "cascade init --listing short"};
  } else if (mod.state == State::changed) {
    check = {"listing", CheckState::bad, mod.folder + " was changed since init wrote it: it runs inside of the client",
             "look at hooks/register.js there, or delete the folder; then cascade init --listing short"};
  }
  if (const std::string file = forbids_mods(environment); !file.empty())
    check = {"listing", CheckState::warning, "mods are off here: " + file + " sets allowManagedModsOnly",
             "ask who administers this machine, or cascade init --listing full"};
  checks.push_back(std::move(check));
}

// Modules in folders of this project: the client runs them inside of itself as soon as the folder is trusted.
void add_modules_of_project(const Environment& environment, std::vector<Check>& checks) {
  const files::DiskTree tree;
  std::string folder = tree.real_path(".").value_or("/");
  for (bool is_top = false; !is_top; folder = std::string(files::parent(folder))) {
    is_top = tree.stat(files::join(folder, ".git")) || files::parent(folder) == folder;
    const std::string skills = files::join(folder, std::string(client::own_folder::name) + "/skills");
    if (files::is_within(environment.user.folder, skills)) continue;
    for (const files::Entry& skill : tree.list(skills).value_or(std::vector<files::Entry>())) {
      const std::string path = files::join(skills, skill.name + "/hooks/hooks.json");
      const auto rights =
          difference::file_rights(path, [&](const std::string& file) { return tree.read(file, 4 << 20); });
      for (const difference::Right& right : rights)
        if (right.kind == difference::RightKind::module)
          checks.push_back({"modules", CheckState::warning,
                            path + ": inside of the client runs " + unicode::displayable(right.what),
                            "read it: the client asks for the folder alone"});
    }
  }
}

// Asks the client itself which of our hooks it does not run. Its server ends when its input ends, so the connection
// stays open as long as needed.
Check trust_check(const Environment& environment, const HookedSettings& hooked, Check check) {
  const client::Settings& settings = hooked.client->settings;
  const std::string program = files::program_on_path(files::DiskTree(), environment.search_path, settings.program);
  if (settings.untrusted == nullptr || program.empty()) return check;
  files::ProgramCall call;
  call.words = {"/bin/sh", "-c", "{ cat; sleep 3; } | \"$0\" " + std::string(settings.trust_words), program};
  call.input = settings.trust_lines(files::DiskTree().real_path(".").value_or("/"));
  call.environment = files::process_environment();
  call.milliseconds = 20'000;
  const auto run = files::run_program(call);
  if (!run || run->output.find("hooks") == std::string::npos) {
    check.state = CheckState::warning;
    check.detail += "; whether it trusts them could not be asked";
  } else if (const std::uint32_t untrusted = settings.untrusted(run->output, hooked.path); untrusted > 0) {
    check.state = CheckState::bad;
    check.detail += "; it does not trust " + std::to_string(untrusted) + " of them and runs none of those";
    check.help = settings.remains;
  } else {
    check.detail += ", trusted";
  }
  return check;
}

// Plugins of one name from two marketplaces, where the client's call by name then reaches neither.
void add_namesakes(const Environment& environment, const client::Dialect& client, std::vector<Check>& checks) {
  const files::DiskTree tree;
  const auto list = [&](const std::string& path) { return tree.list(path).value_or(std::vector<files::Entry>()); };
  for (const init::PluginCache& cache : init::router_rows::caches) {
    const std::string folder = cache.client == client.name ? user_file(environment, client.settings, cache.folder) : "";
    if (folder.empty() || !tree.stat(folder)) continue;
    std::string off;  // what the user's settings say of plugins
    for (const client::SwitchRules& one :
         client::read_switches(tree, environment.user, tree.real_path(".").value_or("/")))
      for (const client::SwitchRule& rule : one.rules)
        if (rule.of == client::SwitchOf::plugin && rule.means == client::SwitchMeans::off) off += rule.said + "\n";
    std::map<std::string, std::vector<std::string>> plugins;
    for (const files::Entry& market : list(folder))
      for (const files::Entry& plugin : list(files::join(folder, market.name)))
        if (const std::string name = plugin.name + "@" + market.name; off.find(name) == std::string::npos)
          plugins[plugin.name].push_back(name);
    for (const auto& [name, all] : plugins)
      if (all.size() > 1)
        checks.push_back({"client", CheckState::warning,
                          std::string(client.title) + " has " + unicode::displayable(letters::listed(all)) +
                              ": it lists the skills of each, and a call by name (" + unicode::displayable(name) +
                              ":SKILL) brings none",
                          "keep one: " + std::string(client.settings.program) + " plugin remove " +
                              unicode::displayable(all.back())});
  }
}

// Checks the programs that clients start as MCP servers.
void add_servers(const Environment& environment, std::vector<Check>& checks) {
  const files::DiskTree tree;
  for (const ServedFile& file : find_served_files(environment)) {
    const std::string title(file.client->title);
    if (files::is_absolute(file.program) && !tree.stat(file.program))
      checks.push_back({"server", CheckState::bad, file.path + " names " + file.program + ", which is not there",
                        "cascade init --client " + std::string(file.client->name) + " --mcp"});
    else
      checks.push_back({"server", CheckState::good, title + " starts the MCP server of " + file.path, ""});
  }
}

}  // namespace

bool says_yes(const syntax::Node& root, std::string_view key) {
  const syntax::Node* at = &root;
  while (at != nullptr && !key.empty()) {
    const std::size_t end = std::min(key.find('.'), key.size());
    at = at->find(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return at != nullptr && at->kind == syntax::NodeKind::boolean && at->text == "true";
}

std::vector<std::string> own_routers(const Environment& environment, const client::Dialect& client) {
  constexpr std::uint64_t most_bytes = 1 << 20;
  const files::DiskTree tree;
  std::vector<std::string> said;
  const auto look = [&](const init::OwnRouter& row, const std::string& path) {
    const auto text = path.empty() ? Result<std::string>(Error{}) : tree.read(path, most_bytes);
    if (text && says_yes(syntax::parse_json(syntax::without_comments(*text)).root, row.key))
      said.push_back(std::string(client.title) + " chooses skills by itself as well: " + path + " sets " +
                     std::string(row.key) + ", so that a prompt may bring two choices");
  };
  for (const init::OwnRouter& row : init::router_rows::of_user)
    if (row.client == client.name) look(row, user_file(environment, client.settings, row.file));
  for (const init::OwnRouter& row : init::router_rows::of_project)
    if (row.client == client.name) look(row, tree.real_path(std::string(row.file)).value_or(""));
  return said;
}

// A check for each file of settings with our hooks, for each that keeps the client from calling them, and for each
// program that they name: whether it answers a prompt that calls a skill by name.
Result<void> check_hooks(Call& call, Workspace& library, bool /*repairs*/, std::vector<Check>& checks) {
  const Environment& environment = call.environment();
  const std::vector<HookedSettings> all = find_hooked_settings(environment);
  if (all.empty()) checks.push_back({"hooks", CheckState::warning, "not in the client's settings", "cascade init"});
  std::set<std::string> programs;
  for (const HookedSettings& settings : all) {
    checks.push_back(settings_check(environment, settings));
    if (settings.gone.empty() && settings.astray.empty())
      programs.insert(settings.programs.begin(), settings.programs.end());
  }
  for (const SilencedHooks& one : find_silenced_hooks(files::DiskTree(), environment))
    checks.push_back(silenced_check(one));
  if (!environment.user.folder.empty()) add_mod(environment, checks);
  add_modules_of_project(environment, checks);
  const bool silent = environment.disabled || are_hooks_off(environment);
  if (const std::string skill = some_skill(library.registry()); !skill.empty() && !silent)
    for (const std::string& program : programs) checks.push_back(ask_hook(program, skill));
  if (environment.disabled)
    checks.push_back({"hooks", CheckState::warning, "CASCADE_DISABLE keeps them silent", "unset it"});
  if (are_hooks_off(environment))
    checks.push_back({"hooks", CheckState::warning, "switched off: they keep silent", "cascade hook --on"});
  return {};
}

// A check for each client other than Claude Code whose program is on PATH or whose folder exists: whether it calls our
// hooks, and whether trust was given if the client asks for it. Never grants trust. Then one for each of their MCP
// server lists that names `cascade mcp`.
Result<void> check_clients(Call& call, Workspace& /*library*/, bool /*repairs*/, std::vector<Check>& checks) {
  const Environment& environment = call.environment();
  const files::DiskTree tree;
  const std::vector<HookedSettings> all = find_hooked_settings(environment);
  for (const client::Dialect* client : client::dialects()) {
    if (client == &client::usual_dialect()) continue;
    const std::string title(client->title);
    bool is_hooked = false;
    for (const HookedSettings& hooked : all) {
      if (hooked.client != client) continue;
      is_hooked = true;
      checks.push_back(trust_check(environment, hooked,
                                   {"client", CheckState::good, title + " calls the hooks of " + hooked.path, ""}));
    }
    for (const std::string& path : find_switches(environment, *client))
      checks.push_back(
          {"client", CheckState::bad,
           title + " calls no hooks: " + path + " switches them off with " + std::string(client->settings.switch_key),
           "take it out of the file"});
    for (const std::string& said : is_hooked ? own_routers(environment, *client) : std::vector<std::string>())
      checks.push_back({"client", CheckState::warning, said,
                        "set it to false there, or take the hooks out: cascade init --client " +
                            std::string(client->name) + " --remove"});
    const std::string folder = files::join(environment.home, std::string(client->settings.folder));
    const bool is_here = !files::program_on_path(tree, environment.search_path, client->settings.program).empty() ||
                         (!environment.home.empty() && tree.stat(folder));
    if (is_here) add_namesakes(environment, *client, checks);
    if (!is_hooked && is_here)
      checks.push_back({"client", CheckState::warning, title + " is installed, but has no hooks of Cascade",
                        "cascade init --client " + std::string(client->name)});
  }
  add_servers(environment, checks);
  return {};
}

}  // namespace cascade::cli
