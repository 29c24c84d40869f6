#include "cli/call.h"

#include <algorithm>
#include <map>
#include <memory>

#include "cli/system.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "policy/allowed.h"
#include "render/parts.h"
#include "request/task.h"
#include "system/system.h"
#include "workspace/configuration.h"
#include "workspace/contents.h"

namespace cascade::cli {

Call::Call(const Verb& verb, const CommandLine& line, const Environment& environment, Console& console)
    : verb_(verb), line_(line), environment_(environment), console_(console) {}

Exit run_verb(const Verb& verb, const CommandLine& line, const Environment& environment, Console& console) {
  if (line.fault) return console.fail(*line.fault);
  Call call(verb, line, environment, console);
  call.tick();
  const Exit exit = verb.run(call);
  call.step("rest");
  return exit;
}

Exit become_own_program(Call& call) {
  const std::string program = systems_program();
  if (program.empty())
    return call.console().fail({ErrorCode::unsupported,
                                "cascade-systems is not there",
                                {},
                                "scripts/install brings it (into libexec); scripts/demo builds without it"});
  std::vector<std::string> words = {program};
  words.insert(words.end(), call.line().arguments.begin(), call.line().arguments.end());
  end_ticking();
  return call.console().flush() ? call.console().fail(files::become(words, false, {})) : Exit::failed;
}

Error Call::unfit() const {
  const std::string name(verb_.name);
  return misuse(name + " takes " + std::string(verb_.takes), "cascade help " + name);
}

Result<void> Call::parse(Arguments& arguments, bool& stop) {
  stop = line_.words.size() == 1 && line_.words.front() == "--list-options";
  if (!stop) return arguments.parse(line_.words);
  for (const std::string& name : arguments.option_names()) console_.print(name + "\n");
  return {};
}

std::optional<Exit> Call::read(Arguments& arguments, std::initializer_list<Format> formats) {
  bool stop = false;
  if (const auto parsed = parse(arguments, stop); !parsed) return console_.fail(parsed.error());
  if (stop) return Exit::yes;
  if (formats.size() == 0) return std::nullopt;
  const auto chosen = format(formats);
  if (!chosen) return console_.fail(chosen.error());
  format_ = *chosen;
  return std::nullopt;
}

Result<Format> Call::format(std::initializer_list<Format> allowed) const {
  if (!line_.options.format) return *allowed.begin();
  const auto asked = parse_format(*line_.options.format);
  if (asked && std::ranges::find(allowed, *asked) != allowed.end()) return *asked;
  std::string help = "one of";
  for (Format format : allowed) help.append(help == "one of" ? " " : ", ").append(to_string(format));
  return Error{ErrorCode::misuse, std::string(verb_.name) + " has no format '" + *line_.options.format + "'", {}, help};
}

Result<std::optional<TokenModel>> Call::model(const std::string& preferred) const {
  if (!line_.options.model.empty()) return request::find_model(line_.options.model);
  const bool by_environment = !environment_.model.empty();
  auto model = request::find_model(by_environment ? environment_.model : preferred);
  if (model) return model;
  Error error = model.error();
  error.path = by_environment ? "CASCADE_MODEL" : "cascade.yaml";
  return error;
}

void Call::step(std::string_view name) {
  if (!line_.options.timings) return;
  const auto now = std::chrono::steady_clock::now();
  const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(now - last_step_).count();
  last_step_ = now;
  console_.complain("timing: " + std::string(name) + " " + std::to_string(spent) + " us");
}

// The list is read only when someone asks for it, which is rare. An unreadable list allows nothing.
std::function<bool(const std::string&)> allowed_by_user(const Environment& environment) {
  return [file = environment.allowed](const std::string& path) {
    if (file.empty()) return false;
    const files::DiskTree tree;
    const auto allowed = trust::Allowed::read(tree, file);
    return allowed && allowed->has(tree, path);
  };
}

WorkspaceOptions Call::workspace_options() const {
  WorkspaceOptions options;
  options.cache_directory = environment_.cache;
  options.vocabulary_path = vocabulary_path(environment_);
  options.builtin_library = builtin_library();
  options.home = environment_.home;
  options.users_configuration = environment_.users_configuration;
  options.client_folder = environment_.user.folder;
  for (const std::string& root : line_.options.roots) options.roots.push_back({root, Scope::project});
  options.default_roots = line_.options.default_roots;
  options.freshness = line_.options.freshness.value_or(Freshness::full);
  if (!console_.quiet()) options.log = make_log();
  options.building = [] {
    expect_much_memory();
    return Result<void>();
  };
  // The library's own rules come with the program, which may belong to another user.
  options.is_allowed = [own = files::join(options.builtin_library, "cascade.yaml"),
                        by_user = allowed_by_user(environment_)](const std::string& path) {
    return path == own || by_user(path);
  };
  return options;
}

void Call::tick() {
  if (console_.watched() && !console_.quiet() && verb_.group != Group::clients)
    begin_ticking("cascade " + std::string(verb_.name));
}

Result<Workspace> Call::open_anyhow(WorkspaceOptions options) {
  if (console_.watched()) options.progress = make_progress(console_);
  auto workspace = Workspace::open(std::move(options));
  console_.progress({});
  tick();
  step("open");
  return workspace;
}

Result<Workspace> Call::open(WorkspaceOptions options) {
  auto workspace = open_anyhow(std::move(options));
  if (!workspace) return workspace;
  if (const auto fault = workspace::first_setting_fault(workspace->problems())) return *fault;
  note_unread(*workspace);
  tick();
  return workspace;
}

Result<Workspace> Call::open_unconfirmed() {
  WorkspaceOptions options = workspace_options();
  options.check_later = true;
  return open(std::move(options));
}

void Call::note_unread(const Workspace& workspace) {
  constexpr std::size_t most = 3;
  std::size_t unread = 0;
  for (const Diagnostic& problem : workspace.problems())
    if (problem.rule == "ID009" && ++unread <= most)
      console_.note("not read: " + problem.at.path + ": " + problem.message);
  if (unread > most) console_.note("not read: " + std::to_string(unread - most) + " more");
}

rendering::Roots Call::roots(const Workspace& workspace) {
  rendering::Roots roots;
  for (const Root& root : workspace.roots()) {
    roots.added.push_back(WorkspaceContents::is_added(workspace, static_cast<std::uint32_t>(roots.paths.size())));
    roots.paths.push_back(root.path);
  }
  return roots;
}

void Call::note_problems(const Workspace& workspace) {
  if (line_.options.quiet) return;
  const ProblemCount found = workspace.registry().count_problems();
  const std::size_t outside = workspace.problems().size();
  const bool everywhere = line_.options.roots.empty();
  std::string text;
  if (found.problems != 0) text = "reading found faults in " + rendering::count_of(found.files, "manifest");
  if (outside != 0) text += (text.empty() ? "reading found faults" : " and") + std::string(" outside of manifests");
  if (!text.empty()) console_.note(text + "; run " + (everywhere ? "'cascade doctor'" : "'cascade validate'"));
  if (workspace.registry().size() == 0)
    console_.note("nothing to read below the roots\n  help: " +
                  std::string(everywhere ? "give a folder with --root, or see `cascade help sources`"
                                         : "a root holds skills/, agents/ or commands/, see `cascade help sources`"));
}

std::function<std::string(const ManifestView&)> vetting_by(const Environment& environment, const Workspace& workspace) {
  for (const core::System* system : core::systems())
    if (system->vets != nullptr) return system->vets(environment, workspace);
  return {};
}

listing::Switches switches_here(const Call& call, const Workspace& workspace) {
  const files::DiskTree tree;
  const Environment& environment = call.environment();
  listing::Switches switches = listing::read_switches(tree, {environment.user,
                                                             tree.real_path(".").value_or("."),
                                                             {},
                                                             WorkspaceContents::others_roots(workspace),
                                                             WorkspaceContents::named_roots(workspace),
                                                             environment.users_configuration,
                                                             environment.profile,
                                                             allowed_by_user(environment)});
  switches.unsafe =
      [vet = vetting_by(environment, workspace), named = switches.named,
       known = std::make_shared<std::map<std::string, std::string, std::less<>>>()](const ManifestView& manifest) {
        if (manifest.root < named) return std::string();  // the caller's word for it
        const auto [found, is_new] = known->try_emplace(std::string(manifest.path));
        if (is_new && vet) found->second = vet(manifest);
        return found->second;
      };
  return switches;
}

void note_waiting(Call& call, const Workspace& workspace) {
  const listing::Switches switches = switches_here(call, workspace);
  const std::size_t waiting = listing::count_waiting(workspace.registry(), switches);
  if (waiting != 0)
    call.console().note(rendering::count_of(waiting, "manifest") +
                        (waiting == 1 ? " of this clone waits" : " of this clone wait") +
                        " for your trust\n  help: cascade allow " + switches.untrusted);
}

void withhold(const Call& call, const Workspace& workspace, Query& query) {
  listing::Withheld all = listing::withheld(workspace.registry(), switches_here(call, workspace));
  query.only_by_name = std::move(all.by_name);
  query.hidden = std::move(all.off);
}

}  // namespace cascade::cli
