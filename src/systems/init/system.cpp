// Puts Cascade's entries into a client's files or takes them out. A change is planned from the file as it is, then
// carried out as a whole, or with --dry-run only described. The path of each changed file is remembered in the state
// folder, so that --remove --everywhere and `cascade doctor` find it again.
#include <algorithm>
#include <iterator>

#include "cli/call.h"
#include "cli/environment.h"
#include "cli/hook_entries.h"
#include "cli/settings.h"
#include "cli/system.h"
#include "cli/verbs.h"
#include "client/events.h"
#include "client/models.h"
#include "client/names.h"
#include "discovery/discovery.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "git/words.h"
#include "init/installation.h"
#include "policy/policy.h"
#include "system/system.h"
#include "text/lines.h"
#include "text/suggestion.h"

namespace cascade::cli {
namespace {

struct InitOptions {
  bool project = false, local = false, user = false, dry_run = false, remove = false, everywhere = false, mcp = false;
  std::optional<std::string> with;  // systems, comma separated
  std::optional<bool> short_listing;
  const client::Dialect* client = &client::usual_dialect();

  bool is_usual() const { return client == &client::usual_dialect(); }
};

std::string where(const init::HookEntry& entry) {
  return "on " + entry.event + (entry.matcher.empty() ? "" : " (" + entry.matcher + ")");
}

// What comes and goes of the hooks.
std::string hooks_text(const init::Plan& plan, const InitOptions& options) {
  std::string text;
  for (const init::HookEntry& entry : plan.added)
    text += "  " + where(entry) + ": " + entry.command + (entry.blocks ? ", which refuses when it fails" : "") + "\n";
  for (const init::HookEntry& entry : plan.gone) text += "  no longer " + where(entry) + ": " + entry.command + "\n";
  if (!plan.dropped.empty()) text += "  no longer called: " + letters::listed(plan.dropped) + "\n";
  for (const std::string& event : plan.left_out)
    text += "  not on " + event + ": " + std::string(options.client->title) + " " + plan.client_version +
            " does not know it; when you have " + std::string(client::find_event(event)->since) +
            " or later, run init again\n";
  return text;
}

// Describes what happened, or with --dry-run what would happen. `what`: "hooks" or "server"; `added`: of these, where
// they are put in.
std::string describe(const init::Plan& plan, const InitOptions& options, const std::string& what,
                     const std::string& added) {
  const auto verb = [&](const char* done, const char* planned) {
    return options.dry_run ? "would " + std::string(planned) : std::string(done);
  };
  if (!plan.changes() && !options.remove) return plan.path + " has the " + what + " already\n";
  if (!plan.changes())
    return (what == "hooks" ? "nothing to take out of " : "no server of ours in ") + plan.path + "\n";
  std::string text;
  if (!options.remove)
    text = (plan.before ? verb("changed ", "change ") : verb("created ", "create ")) + plan.path + "\n" + added;
  else
    text = (plan.after ? verb("took", "take") + " the " + what + " out of " : verb("removed ", "remove ")) + plan.path +
           "\n";
  if (plan.backup) text += verb("kept ", "keep ") + "what was there as " + plan.backup_path + "\n";
  if (plan.removes_backup) text += verb("removed ", "remove ") + plan.backup_path + "\n";
  return text;
}

Result<void> check(const Call& call, const InitOptions& options) {
  if (options.project + options.local + options.user + options.everywhere > 1)
    return misuse("init takes one of --user, --project, --local and --everywhere", "cascade init --help");
  if (options.everywhere && !options.remove)
    return misuse("--everywhere can only be used with --remove", "cascade init --help");
  if (options.mcp && (options.with || options.local || options.everywhere))
    return misuse("--mcp can only be combined with --client, --user, --project, --dry-run and --remove",
                  "cascade init --help");
  if (options.with && !options.is_usual())
    return misuse("the systems know the tools of " + std::string(client::usual_dialect().title) +
                      " alone: --with goes without --client",
                  "cascade init --help");
  if (options.short_listing && (!options.is_usual() || options.project || options.local || options.mcp))
    return misuse("--listing is for your own settings of " + std::string(client::usual_dialect().title) +
                      " or for --plugin: a mod is code that runs inside of the client",
                  "cascade init --listing short");
  if (options.local && options.client->settings.project_local_file.empty())
    return misuse(std::string(options.client->title) + " has no unshared settings for a folder", "use --project");
  const bool in_project = options.project || options.local || options.everywhere;
  if (!in_project && user_settings(call.environment(), options.client->settings).empty())
    return Error{ErrorCode::not_found, "HOME is not set", {}, "use --project or --local, or set HOME"};
  return {};
}

// Adds or removes the skill by which the model asks for what it was offered.
Result<void> change_entry(Call& call, const std::string& claude_folder, const InitOptions& options) {
  const files::DiskTree tree;
  const init::EntryPlan plan = init::plan_entry(tree, claude_folder, !options.remove);
  using Step = init::EntryPlan::Step;
  if (!options.dry_run)
    if (auto done = init::carry_out(plan); !done) return done;
  if (plan.step == Step::write) call.console().print((options.dry_run ? "would write " : "wrote ") + plan.path + "\n");
  if (plan.step == Step::remove)
    call.console().print((options.dry_run ? "would remove " : "removed ") + plan.path + "\n");
  if (plan.step == Step::foreign)
    call.console().note(plan.path +
                        " is another skill, or was changed: it stays, and the model cannot accept an offer");
  return {};
}

// Removes the folders of the file as far as they are empty, up to the user's or the project's.
void remove_empty_folders(const std::string& settings, std::string_view below) {
  std::string folder(files::parent(settings));
  for (std::string_view left = files::parent(below); !left.empty(); left = files::parent(left)) {
    files::remove_empty_folder(folder);
    folder = std::string(files::parent(folder));
  }
}

// The cascade.yaml that switches systems for these settings: the user's own, or the nearest one of the project, which
// is made where there is none. Empty: settings that are not shared belong to no file that is.
std::string switches_of(const Call& call, const InitOptions& options) {
  if (options.local) return {};
  if (!options.project) return call.environment().users_configuration;
  return projects_settings(call.environment());
}

// The folder of the repository around this one; empty: there is none.
std::string repository_here(const files::Tree& tree) {
  const std::string folder = discovery::repository_around(tree, tree.real_path(".").value_or(""));
  return tree.stat(files::join(folder, ".git")) ? folder : std::string();
}

// What is not to be shared is still taken by `git add`, unless somebody told git.
std::string told_to_git(const files::Tree& tree, const std::string& settings) {
  const std::string root = repository_here(tree), folder(files::parent(settings));
  if (root.empty() || !files::is_within(root, settings)) return {};
  const auto pattern = [&](const std::string& path) { return repository::shell_word(path.substr(root.size())); };
  return "for you to do, if git does not ignore " + folder + " yet: printf '%s\\n' " + pattern(settings + "*") + " " +
         pattern(files::join(folder, "skills/cascade/")) + " >> \"$(git rev-parse --git-path info/exclude)\"\n";
}

// The branch that the remote of this folder's repository calls its default one; empty: it is not known.
std::string default_branch(const files::Tree& tree) {
  constexpr std::string_view remote = "ref: refs/remotes/origin/";
  const std::string folder = repository_here(tree);
  const auto head = tree.read(files::join(folder, ".git/refs/remotes/origin/HEAD"), 1'024);
  if (folder.empty() || !head || !head->starts_with(remote)) return {};
  return head->substr(remote.size(), head->find('\n') - remote.size());
}

// What a system that was just switched on does not do yet.
std::string proposal(const std::string& system, const std::string& text, const files::Tree& tree) {
  if (system == "effects")
    return "for you to decide: `effects: on` is shadow, which only records; `effects: warn` speaks as far as its "
           "record has earned that\n";
  if (system != "repository" || text.find("protected:") != std::string::npos) return {};
  const std::string branch = default_branch(tree);
  return "for you to decide: `repository: { protected: [" + (branch.empty() ? "main" : branch) +
         "] }`, so that nobody commits to that branch, pushes to it or deletes it in a session\n";
}

// Entries alone do nothing: a system that is called and off keeps silent.
Result<void> switch_on(Call& call, const std::vector<std::string>& systems, const InitOptions& options) {
  const files::DiskTree tree;
  const std::string named = switches_of(call, options), path = tree.real_path(named).value_or(named);
  const auto before = named.empty() ? Result<std::optional<std::string>>(std::nullopt)
                                    : tree.read_if_there(path, std::uint64_t{1} << 20);
  if (!before) return before.error();
  init::SwitchEdit edit = init::switch_on(before->value_or(""), systems);
  if (named.empty()) edit.left.insert(edit.left.end(), edit.switched.begin(), edit.switched.end());
  if (!named.empty() && !edit.switched.empty()) {
    if (!options.dry_run) {
      if (auto made = files::make_directories(std::string(files::parent(path))); !made) return made;
      const auto written =
          *before ? files::replace_user_file(path, **before, edit.text) : files::write_user_file(path, edit.text, 0644);
      if (!written) return written;
    }
    call.console().print((options.dry_run ? "would switch on in " : "switched on in ") + path + ": " +
                         letters::listed(edit.switched) + "\n");
    for (const std::string& system : edit.switched) call.console().print(proposal(system, edit.text, tree));
  }
  for (const std::string& system : edit.left)
    call.console().print("for you to do: `systems: { " + system + ": on }` in " +
                         (named.empty() ? "cascade.yaml" : path) + "\n");
  return {};
}

// The first installation brings the mod where the client is known to run mods; a later one leaves it as it is.
std::optional<bool> wants_mod(const Call& call, const InitOptions& options, const init::Plan& plan) {
  if (options.remove) return false;
  if (options.short_listing || !init::hooked_programs(plan.before.value_or("")).empty()) return options.short_listing;
  const std::string version = version_of(call.environment(), *options.client);
  if (version.empty() || client::is_before(version, client::first_with_mods)) return std::nullopt;
  return forbids_mods(call.environment()).empty() ? std::optional(true) : std::nullopt;
}

// What --with wrote stays, since the user may have written there as well. `called`: systems that entries still call.
void tell_what_stays(Call& call, const InitOptions& options, const std::vector<std::string>& called = {}) {
  const std::string file = switches_of(call, options);
  SwitchedOn on = switched_on_in(file);
  std::erase_if(on.systems, [&](const std::string& one) { return std::ranges::find(called, one) != called.end(); });
  if (on.systems.empty()) return;
  call.console().print(file + ":" + std::to_string(on.line) + " still switches on " + letters::listed(on.systems) +
                       ", without effect now that no hook calls " + (on.systems.size() == 1 ? "it" : "them") +
                       "; to take that back as well, delete its `systems:`\n");
}

// What --with names: a system by its key, or by its verb, as people who read `cascade help` call it ("guard").
std::vector<std::string> systems_in(const std::string& list) {
  std::vector<std::string> systems = split_list(list);
  for (std::string& system : systems)
    for (const policy::KnownName& known : policy::known_systems)
      if (!known.folder.empty() && system == known.folder) system = known.name;
  return systems;
}

// Plans and carries out the change of one settings file, and then reports it. A failed change is not reported as done.
Result<void> change(Call& call, const std::string& settings, const std::string& binary, const InitOptions& options) {
  const files::DiskTree tree;
  std::optional<std::vector<std::string>> systems;
  if (options.with) systems = systems_in(*options.with);
  const auto client_version = [&] { return version_of(call.environment(), *options.client); };
  const auto recorded = recorded_systems(call.environment(), tree.real_path(settings).value_or(settings));
  const auto plan = options.remove ? init::plan_removal(tree, settings, binary, *options.client)
                    : options.is_usual()
                        ? init::plan_installation(tree, settings, binary, systems, client_version, recorded)
                        : init::plan_installation(tree, settings, binary, *options.client);
  if (!plan) return plan.error();
  if (!options.dry_run) {
    if (auto done = init::carry_out(*plan); !done) return done;
    remember(call.environment(), {plan->path, plan->systems}, !options.remove);
  }
  call.console().print(describe(*plan, options, "hooks", hooks_text(*plan, options)));
  if (options.is_usual())
    if (auto done = change_entry(call, std::string(files::parent(settings)), options); !done) return done;
  if (options.is_usual() && !options.project && !options.local)
    if (auto done =
            change_mod(call, std::string(files::parent(settings)), wants_mod(call, options, *plan), options.dry_run);
        !done) {
      if (options.remove || options.short_listing) return done;
      static_cast<void>(call.console().fail(done.error()));  // nobody asked for it: the hooks are there
    }
  if (systems && !options.remove)
    if (auto done = switch_on(call, *systems, options); !done) return done;
  if (options.local && !options.remove && plan->changes()) call.console().print(told_to_git(tree, settings));
  if (!plan->dropped.empty()) tell_what_stays(call, options, plan->systems);
  if (options.remove && !options.dry_run && !plan->after)
    remove_empty_folders(settings,
                         options.project ? options.client->settings.project_file : options.client->settings.user_file);
  if (!options.remove && !options.client->settings.remains.empty())
    call.console().print("for you to do: " + std::string(options.client->settings.remains) + "\n");
  if (!options.remove)
    for (const std::string& said : own_routers(call.environment(), *options.client))
      call.console().note(said + "\n  help: set it to false there; Cascade's hooks choose for you");
  if (!options.dry_run && !options.remove && plan->changes())
    call.console().print("next: start the client and type a prompt; `cascade doctor` asks the hooks for an answer\n");
  return {};
}

// Adds or removes the MCP server in one of a client's files.
Result<void> change_server(Call& call, const std::string& path, const std::string& binary, const InitOptions& options) {
  const files::DiskTree tree;
  const client::ServerSettings& servers = options.client->servers;
  const auto plan = options.remove ? init::plan_server_removal(tree, path, servers)
                                   : init::plan_server_installation(tree, path, binary, servers);
  if (!plan) return plan.error();
  if (!options.dry_run) {
    if (auto done = init::carry_out(*plan); !done) return done;
    remember(call.environment(), {plan->path, {}}, !options.remove, Remembered::servers);
  }
  call.console().print(
      describe(*plan, options, "server", "  server " + std::string(init::server_name) + ": " + binary + " mcp\n"));
  if (options.remove) {
    if (!options.dry_run && plan->changes() && !plan->after)
      remove_empty_folders(path, ends_in(path, servers.user_file) ? servers.user_file : servers.project_file);
    return {};
  }
  const bool has_more = options.project && !servers.remains_of_project.empty();
  const std::string_view remains = has_more ? servers.remains_of_project : servers.remains;
  if (!remains.empty()) call.console().print("for you to do: " + std::string(remains) + "\n");
  return {};
}

// Removes our entries from all settings that call this very program, wherever `init` put it.
Exit remove_everywhere(Call& call, const InitOptions& options) {
  const std::string binary = name_for_shells(program_path());
  Exit exit = Exit::yes;
  bool found = false;
  for (const HookedSettings& settings : find_hooked_settings(call.environment())) {
    const std::vector<std::string>& called = settings.programs;
    InitOptions of_this = options;
    of_this.client = settings.client;
    if (std::ranges::find(called, binary) == called.end()) continue;
    found = true;
    if (auto done = change(call, settings.path, binary, of_this); !done) exit = call.console().fail(done.error());
  }
  for (const ServedFile& file : find_served_files(call.environment())) {
    if (file.program != binary) continue;
    found = true;
    InitOptions of_this = options;
    of_this.client = file.client;
    if (auto done = change_server(call, file.path, binary, of_this); !done) exit = call.console().fail(done.error());
  }
  if (!found) call.console().print("no settings call " + binary + "\n");
  if (found) tell_what_stays(call, options);
  return exit;
}

}  // namespace

Exit run_init(Call& call) {
  InitOptions options;
  Arguments arguments("init");
  arguments.flag("--project", options.project);
  arguments.flag("--local", options.local);
  arguments.flag("--user", options.user);
  arguments.flag("--dry-run", options.dry_run);
  arguments.flag("--remove", options.remove);
  arguments.flag("--everywhere", options.everywhere);
  arguments.flag("--mcp", options.mcp);
  arguments.text("--with", options.with);
  std::optional<std::string> client, plugin, listing;
  bool copy = false;
  arguments.text("--client", client);
  arguments.text("--plugin", plugin);
  arguments.text("--listing", listing);
  arguments.flag("--copy", copy);
  if (const auto ended = call.read(arguments, {Format::text})) return *ended;
  if (listing && (options.remove || (*listing != "short" && *listing != "full")))
    return call.console().fail(
        misuse("--listing takes short or full, and goes without --remove", "cascade init --help"));
  if (listing) options.short_listing = *listing == "short";
  if (copy && !plugin)
    return call.console().fail(misuse("--copy can only be used with --plugin", "cascade init --help"));
  if (plugin) {
    if (plugin->empty() || client || options.with || options.mcp ||
        options.project + options.local + options.user + options.everywhere > 0)
      return call.console().fail(
          misuse("--plugin takes a folder and goes only with --copy, --listing, --remove and --dry-run",
                 "cascade init --help"));
    return init_plugin(call, {*plugin, copy, options.remove, options.dry_run, options.short_listing});
  }
  if (client) {
    options.client = client::find_dialect(*client);
    if (options.client == nullptr) return call.console().fail(unknown_client(*client));
  }
  if (auto checked = check(call, options); !checked) return call.console().fail(checked.error());
  const std::string binary = name_for_shells(program_path());
  if (options.everywhere) return remove_everywhere(call, options);
  const bool in_project = options.project || options.local;
  const std::string base =
      in_project ? files::DiskTree().real_path(".").value_or(".") : std::string(call.environment().home);
  const client::Settings& settings = options.client->settings;
  if (options.mcp) {
    const client::ServerSettings& servers = options.client->servers;
    const std::string file = options.project ? files::join(base, std::string(servers.project_file))
                                             : user_file(call.environment(), settings, servers.user_file);
    if (auto done = change_server(call, file, binary, options); !done) return call.console().fail(done.error());
    return Exit::yes;
  }
  const std::string path = options.local     ? files::join(base, std::string(settings.project_local_file))
                           : options.project ? files::join(base, std::string(settings.project_file))
                                             : user_settings(call.environment(), settings);
  if (auto done = change(call, path, binary, options); !done) return call.console().fail(done.error());
  if (options.remove && options.is_usual()) tell_what_stays(call, options);
  return Exit::yes;
}

// The places tell: npm keeps packages in node_modules, a build tree has CMake's cache, scripts/install leaves a record,
// a Debian package is known to dpkg, and an archive leaves the files alone.
namespace {

// A package in .../node_modules/cascade-context-linux-x64. npm keeps global ones in lib/node_modules, npx its own in
// _npx.
std::string of_npm(const files::Tree& tree, const std::string& program, std::size_t modules) {
  const std::string outer = program.substr(0, program.find("/node_modules/"));
  if (const std::size_t npx = outer.find("/_npx/"); npx != std::string::npos)
    return "# npx keeps it in its cache\nrm -r " + repository::shell_word(outer) + "\n";
  if (program.find("/.pnpm/") < modules)
    return files::file_name(outer) == "global" || outer.find("/global/") != std::string::npos
               ? "pnpm remove --global cascade-context\n"
               : "pnpm --dir " + repository::shell_word(outer) + " remove cascade-context\n";
  if (files::file_name(outer) == "lib" && !tree.stat(files::join(outer, "package.json")))
    return "npm uninstall --global cascade-context --prefix " +
           repository::shell_word(std::string(files::parent(outer))) + "\n";
  return "npm uninstall cascade-context --prefix " + repository::shell_word(outer) + "\n";
}

// The files that the archive holds, as far as they are there.
std::string of_archive(const files::Tree& tree, const std::string& prefix, const std::string& program) {
  constexpr const char* kept[] = {"libexec/cascade", "share/cascade", "share/bash-completion/completions/cascade",
                                  "share/zsh/vendor-completions/_cascade",
                                  "share/fish/vendor_completions.d/cascade.fish"};
  std::string words = repository::shell_word(program);
  const auto add = [&](const std::string& path, const std::string& written) {
    if (tree.stat(path)) words += " " + written;
  };
  for (const char* path : kept) add(files::join(prefix, path), repository::shell_word(files::join(prefix, path)));
  const std::string pages = files::join(prefix, "share/man/man1");
  for (const char* ending : {".1", ".1.gz"})
    add(files::join(pages, std::string("cascade") + ending), repository::shell_word(pages) + "/cascade" + ending + " " +
                                                                 repository::shell_word(pages) + "/cascade-*" + ending);
  return "# unpacked from an archive\nrm -r " + words + "\n";
}

}  // namespace

std::string removal_commands(const files::Tree& tree, const std::string& program) {
  const std::string folder(files::parent(program)), prefix(files::parent(folder));
  if (const std::size_t modules = program.find("/node_modules/cascade-context-"); modules != std::string::npos)
    return of_npm(tree, program, modules);
  if (tree.stat(files::join(folder, "CMakeCache.txt")))
    return "# it runs from its build tree\nrm -r " + repository::shell_word(folder) + "\n";
  if (program == "/usr/bin/cascade" && tree.stat("/var/lib/dpkg/info/cascade.list")) return "sudo apt remove cascade\n";
  if (tree.stat(files::join(prefix, "share/cascade/installed")))
    return "# in the folder of the sources; what it installed is listed in " +
           files::join(prefix, "share/cascade/installed") + "\nscripts/install --remove --prefix " +
           repository::shell_word(prefix) + "\n";
  if (tree.stat(files::join(prefix, "share/cascade/library"))) return of_archive(tree, prefix, program);
  return "rm " + repository::shell_word(program) + "\n";
}

// Takes the hooks out and says how the program itself is removed. The hooks come first: settings that call a program
// which is gone make every prompt of the client fail.

Exit run_uninstall(Call& call) {
  InitOptions options;
  options.remove = options.everywhere = true;
  Arguments arguments("uninstall");
  arguments.flag("--dry-run", options.dry_run);
  if (const auto ended = call.read(arguments, {Format::text})) return *ended;
  if (const Exit exit = remove_everywhere(call, options); exit != Exit::yes) {
    call.console().complain(
        "the hooks stay in the settings named above, so the program must stay, too\n"
        "  help: mend these files, or take the entries out by hand; then run cascade uninstall again");
    return exit;
  }
  const files::DiskTree tree;
  call.console().print("\nthe program and what it keeps, for you to remove:\n");
  const std::string commands = removal_commands(tree, program_path());
  for (const letters::Line line : letters::lines(commands)) call.console().print("  " + std::string(line) + "\n");
  const Environment& environment = call.environment();
  const auto tell = [&](const char* what, const std::string& folder) {
    if (!folder.empty() && tree.stat(folder))
      call.console().print("  # " + std::string(what) + "\n  rm -r " + repository::shell_word(folder) + "\n");
  };
  tell("the index", environment.cache);
  tell("what is remembered of sessions, and facts", environment.state);
  // An archive's folder of data may hold them, and goes whole.
  const std::string data = data_folder(environment), word = repository::shell_word(data);
  const bool goes_whole =
      commands.find(word + " ") != std::string::npos || commands.find(word + "\n") != std::string::npos;
  if (!data.empty() && !goes_whole) tell("libraries of others", files::join(data, "libraries"));
  tell("your settings", std::string(files::parent(environment.users_configuration)));
  return Exit::yes;
}

core::AddChecks check_hooks, check_clients;

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group;
constexpr cli::Verb init_verbs[] = {
    {"init", Group::day, 10, "put the hooks into the client's settings, or take them out", cli::run_init},
    {"uninstall", Group::set_up, 60, "take all hooks out and say how the program goes", cli::run_uninstall},
};

constexpr Examination init_examinations[] = {{Examined::hooks, cli::check_hooks},
                                             {Examined::clients, cli::check_clients}};

}  // namespace

extern const System init_system = {
    .name = "init",
    .verbs = {init_verbs, std::size(init_verbs)},
    .doctor = {init_examinations, std::size(init_examinations)},
};

}  // namespace cascade::core
