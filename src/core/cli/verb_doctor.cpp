// Checks everything that Cascade needs, in the order in which the parts build on each other. Only a bad state makes the
// exit code 1; a warning is something that works worse than it could.
#include "cli/call.h"
#include "cli/environment.h"
#include "cli/hook_entries.h"
#include "cli/settings.h"
#include "cli/verb_hook.h"
#include "cli/verb_why.h"
#include "client/built_in.h"
#include "client/names.h"
#include "client/tables.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/process.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "policy/policy.h"
#include "policy/setting.h"
#include "render/overview.h"
#include "render/why.h"
#include "system/system.h"
#include "text/suggestion.h"
#include "workspace/configuration.h"
#include "workspace/contents.h"

#include <algorithm>
#include <vector>

namespace cascade::cli {
namespace {

using rendering::Check, rendering::CheckState;

Result<void> check_vocabulary(Call& call, Workspace& library, bool /*repairs*/, std::vector<Check>& checks) {
  const TokenCounter& counter = library.counter();
  Check check{"vocabulary", CheckState::good,
              std::string(counter.vocabulary()) + " " + vocabulary_path(call.environment()), ""};
  if (!counter.exact()) {
    check.state = CheckState::warning;
    check.detail = "not there, tokens are estimated";
    check.help = vocabulary_help();
  } else if (auto whole = counter.verify(); !whole) {
    check.state = CheckState::bad;
    check.detail += ": " + whole.error().message;
    check.help = "delete the file; " + vocabulary_help();
  }
  checks.push_back(std::move(check));
  call.step("vocabulary");
  return {};
}

Result<void> check_index(Call& call, Workspace& workspace, bool /*repairs*/, std::vector<Check>& checks) {
  Check check{"index", CheckState::good, workspace.index_path(), ""};
  const RefreshReport& report = workspace.report();
  if (check.detail.empty()) {
    check.state = CheckState::warning;
    check.detail = "no folder for it: every run reads all manifests";
    check.help = "set HOME or CASCADE_CACHE";
  } else if (auto whole = workspace.check(); !whole) {
    const bool unkept = whole.error().code == ErrorCode::not_found;
    check.state = unkept ? CheckState::warning : CheckState::bad;
    check.detail = unkept ? "not there, so every run reads all manifests; " + report.not_kept_because
                          : check.detail + ": " + whole.error().message;
    check.help = unkept ? "mend that, or name another folder with CASCADE_CACHE" : "cascade doctor --repair";
  } else {
    check.detail += report.rebuilt_because.empty() ? ", up to date" : ", written now: " + report.rebuilt_because;
  }
  checks.push_back(std::move(check));
  call.step("index read again");
  return {};
}

Check manifests_check(const Registry& registry) {
  const std::size_t count = registry.size();
  if (count == 0)
    return {"manifests", CheckState::warning, "0", "give a folder with --root, or see `cascade help sources`"};
  std::size_t own = 0;
  for (std::uint32_t i = 0; i < count; ++i)
    if (const Scope scope = registry[ManifestId{i}].scope; scope == Scope::user || scope == Scope::project) ++own;
  std::string detail = std::to_string(count);
  if (own < count)
    detail += " read: " + std::to_string(own) + " yours, " + std::to_string(count - own) +
              " of others (the shipped library, libraries that were added, plugins)";
  return {"manifests", CheckState::good, detail, ""};
}

Result<void> check_settings(Call& call, Workspace& workspace, bool /*repairs*/, std::vector<Check>& checks) {
  const std::string here = files::DiskTree().real_path(".").value_or("/");
  std::vector<Diagnostic> problems = workspace.problems();
  for (const std::string& fault : WorkspaceContents::unmet(workspace))
    problems.push_back(workspace::overlay_fault(fault));
  for (const Diagnostic& fault : faults_of_settings(call, {here}, problems))
    checks.push_back({"settings", fault.severity == Severity::error ? CheckState::bad : CheckState::warning,
                      fault.at.path + ": " + fault.message, fault.help});
  if (const std::string& file = workspace.preferences().no_library; !file.empty())
    checks.push_back({"library", CheckState::good, "the shipped one is left out: library: off in " + file, ""});
  return {};
}

// The path of cascade by the folders of PATH in order; entries that are not absolute cannot be relied on.
std::string find_on_path(const Environment& environment) {
  const files::DiskTree tree;
  const std::string file = files::program_on_path(tree, environment.search_path, "cascade");
  return file.empty() ? file : tree.real_path(file).value_or(file);
}

Result<void> check_program(Call& call, Workspace& /*library*/, bool /*repairs*/, std::vector<Check>& checks) {
  const std::string program = program_path(), found = find_on_path(call.environment());
  Check check{"program", CheckState::good, program + " " CASCADE_VERSION, ""};
  if (found != program) {
    check.state = CheckState::warning;
    const std::string folder = files::in_shell_path(std::string(files::parent(program)));
    check.detail += found.empty() ? ", not on the PATH" : "; the PATH finds " + found + " first";
    check.help = "export PATH=\"" + folder + ":$PATH\" in the shell's start file";
  }
  checks.push_back(std::move(check));
  return {};
}

std::string names_of(const Registry& registry, const std::vector<ManifestId>& ids, const listing::Switches& switches) {
  constexpr std::size_t most = 3;
  std::string names;
  for (std::size_t i = 0; i < ids.size() && i < most; ++i)
    names += (i == 0 ? "" : ", ") + std::string(registry[ids[i]].name) + " (" +
             listing::reason(registry, ids[i], switches) + ")";
  return names + (ids.size() > most ? " and " + std::to_string(ids.size() - most) + " more" : "");
}

// Reports the manifests that hooks keep from the model because of the user's settings or the authors' switches.
void add_switches(const Call& call, const Workspace& library, std::vector<Check>& checks) {
  const Registry registry = library.registry();
  const listing::Switches switches = switches_here(call, library);
  listing::Withheld all = listing::withheld(registry, switches);
  const auto is_no_manifest = [&](ManifestId id) {
    return registry[id].document || client::is_entry_name(registry[id].name);
  };
  for (std::vector<ManifestId>* ids : {&all.by_name, &all.off}) std::erase_if(*ids, is_no_manifest);
  const std::string why = "cascade skills shows them all";
  if (!all.by_name.empty())
    checks.push_back({"switches", CheckState::good,
                      "only when the user calls them by name: " + names_of(registry, all.by_name, switches), why});
  if (!all.off.empty())
    checks.push_back({"switches", CheckState::good, "off: " + names_of(registry, all.off, switches), why});
}

// A manifest of the user's or the project's that another of its name keeps from ever coming.
void add_hidden(const Workspace& library, std::vector<Check>& checks) {
  const Registry registry = library.registry();
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    const auto winner = registry.shadowed_in_favour_of(ManifestId{i});
    if (!winner || manifest.scope == Scope::builtin || manifest.scope == Scope::plugin) continue;
    checks.push_back({"hidden", CheckState::warning,
                      std::string(manifest.path) + ", by " + std::string(registry[*winner].path) +
                          ", which has its name and goes first",
                      "give one of the two another name"});
  }
}

// Manifests that no conversation gets because their files are not safe, each with the first reason. The shipped ones
// and those of added libraries were judged before.
void add_unsafe(const Call& call, const Workspace& library, std::vector<Check>& checks) {
  const Registry registry = library.registry();
  const listing::Switches switches = switches_here(call, library);
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (manifest.document || registry.shadowed_in_favour_of(ManifestId{i})) continue;
    if (const std::string fault = switches.fault(manifest); !fault.empty())
      checks.push_back({"unsafe", CheckState::warning,
                        to_string(symbol_of(manifest)) + " is not loaded, because its files are not safe: " + fault,
                        rendering::mend_unsafe(place_on_disk(library, manifest))});
  }
}

bool is_on(const policy::Policy& policy, const policy::System& system) {
  return policy.mode_of(system.mode) != policy::Mode::off &&
         (system.usual == policy::Mode::off || !policy.checks.empty());
}

// Compares what is switched on here with what is called.
void add_systems(const Environment& environment, const policy::Policy& policy, const std::vector<std::string>& called,
                 std::vector<Check>& checks) {
  std::vector<std::string> deaf, idle;
  std::string with;
  for (const policy::System& system : policy::systems()) {
    const std::string name(system.name);
    if (!is_on(policy, system)) {
      if (system.usual == policy::Mode::off && std::ranges::find(called, name) != called.end()) idle.push_back(name);
    } else if (const auto lacking = unheard_here(environment, name); !lacking.empty()) {
      deaf.push_back(name + " on " + letters::listed(lacking));
      with += (with.empty() ? "" : ",") + name;
    }
  }
  for (const std::string& one : deaf)
    checks.push_back({"systems", CheckState::warning, "switched on, and not called: " + one,
                      &one == &deaf.back() ? "cascade init --with " + with : ""});
  if (!idle.empty())
    checks.push_back({"systems", CheckState::good, "called, and off here: " + letters::listed(idle),
                      "switch on: `systems: { " + idle.front() + ": on }` in cascade.yaml"});
}

// What the guard does for one of its systems here.
std::string guarding(const Environment& environment, const policy::Policy& policy, std::string_view system) {
  const policy::System* const known = policy::find_system(system);
  const policy::Mode mode = known == nullptr ? policy::Mode::off : policy.mode_of(known->mode);
  const auto lacking = mode == policy::Mode::off ? std::vector<std::string>() : unheard_here(environment, system);
  const bool is_deaf = std::ranges::find(lacking, client::event_names::tool_call) != lacking.end();
  return std::string(system) + " " + (is_deaf ? "not called" : std::string(to_string(mode)));
}

// Checks that configured systems are also started and can work.
Result<void> check_guard(Call& call, Workspace& /*library*/, bool /*repairs*/, std::vector<Check>& checks) {
  const Environment& environment = call.environment();
  bool is_started = false;
  std::vector<std::string> called;
  for (const HookedSettings& settings : find_hooked_settings(environment)) {
    is_started = is_started || settings.guards;
    for (std::string& system : installed_systems(environment, settings.path))
      if (std::ranges::find(called, system) == called.end()) called.push_back(std::move(system));
  }
  const files::DiskTree tree;
  const auto policy = policy::read_policy(tree, environment.users_configuration, tree.real_path(".").value_or("/"));
  if (!policy) {
    const Error& fault = policy.error();
    checks.push_back({"guard", is_started ? CheckState::bad : CheckState::warning,
                      (is_started ? "refuses every tool: " : "") + fault.path + ": " + fault.message, fault.help});
    return {};
  }
  add_systems(environment, *policy, called, checks);
  if (!is_started) return {};
  if (git_program().empty())
    checks.push_back({"guard", CheckState::bad,
                      "cascade-git is not there: everything that writes to a repository is refused",
                      "install all of Cascade, with libgit2"});
  checks.push_back({"guard", CheckState::good,
                    guarding(environment, *policy, "repository") + ", " + guarding(environment, *policy, "tools") +
                        ", " + guarding(environment, *policy, "leases") +
                        (policy->checks.empty() ? "" : ", own checks " + std::to_string(policy->checks.size())) +
                        (policy->git_hooks ? ", git asks as well" : ""),
                    policy->is_off() ? "no system is on here: `cascade help topic guard`" : ""});
  return {};
}

Result<void> check_manifests(Call& call, Workspace& library, bool /*repairs*/, std::vector<Check>& checks) {
  checks.push_back(manifests_check(library.registry()));
  if (const auto router = library.router(); !router) return router.error();
  call.step("router");
  return {};
}

Result<void> check_sources(Call& /*call*/, Workspace& library, bool /*repairs*/, std::vector<Check>& checks) {
  for (const Diagnostic& problem : library.problems())
    if (!problem.rule.empty() && problem.rule != "SEC021")  // those of settings
      checks.push_back({"source", CheckState::warning, problem.at.path + ": " + problem.message, problem.help});
  return {};
}

Result<void> check_switches(Call& call, Workspace& library, bool /*repairs*/, std::vector<Check>& checks) {
  add_hidden(library, checks);
  add_switches(call, library, checks);
  add_unsafe(call, library, checks);
  return {};
}

Result<void> add_faults(Call& call, Workspace& /*library*/, bool /*repairs*/, std::vector<Check>& checks) {
  const std::string& state = call.environment().state;
  for (const std::string& line : read_faults(state, 5))
    checks.push_back({"fault", CheckState::warning, "of a hook, " + line, "all of them: " + fault_log_path(state)});
  return {};
}

// Of the systems, and the core's own: each once, in order.
std::vector<core::Examination> examinations() {
  static constexpr core::Examination own[] = {
      {core::Examined::program, check_program},     {core::Examined::vocabulary, check_vocabulary},
      {core::Examined::settings, check_settings},   {core::Examined::index, check_index},
      {core::Examined::manifests, check_manifests}, {core::Examined::sources, check_sources},
      {core::Examined::switches, check_switches},   {core::Examined::guard, check_guard},
      {core::Examined::faults, add_faults},
  };
  std::vector<core::Examination> all(std::begin(own), std::end(own));
  for (const core::System* const system : core::systems())
    for (const core::Examination& one : system->doctor)
      if (std::ranges::none_of(all, [&](const core::Examination& known) { return known.add == one.add; }))
        all.push_back(one);
  std::ranges::stable_sort(all, [](const core::Examination& a, const core::Examination& b) { return a.what < b.what; });
  return all;
}

}  // namespace

Exit run_doctor(Call& call) {
  Arguments arguments("doctor");
  bool repair = false;
  arguments.flag("--repair", repair);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  WorkspaceOptions options = call.workspace_options();
  options.log = {};  // what would be logged is among the checks
  auto workspace = call.open_anyhow(std::move(options));
  if (!workspace) return call.console().fail(workspace.error());
  if (repair && !workspace->index_path().empty()) {
    if (auto removed = files::remove_file(workspace->index_path()); !removed)
      return call.console().fail(removed.error());
    if (auto refreshed = workspace->refresh(); !refreshed) return call.console().fail(refreshed.error());
  }
  std::vector<Check> checks;
  for (const core::Examination& one : examinations())
    if (const auto done = one.add(call, *workspace, repair, checks); !done) return call.console().fail(done.error());
  call.step("hooks and faults");
  const auto text = rendering::doctor(checks, call.format(), call.console().paint());
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  const bool is_bad = std::ranges::any_of(checks, [](const Check& check) { return check.state == CheckState::bad; });
  return is_bad ? Exit::no : Exit::yes;
}

}  // namespace cascade::cli
