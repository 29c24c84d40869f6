#include "cli/call.h"
#include "cli/data_files.h"
#include "cli/fault_log.h"
#include "cli/hook_entries.h"
#include "cli/hook_switch.h"
#include "files/atomic_write.h"
#include "files/tree.h"
#include "render/doctor.h"

#include <set>

namespace cascade::cli {
namespace {

using rendering::Check;
using rendering::CheckState;

Check vocabulary_check(const Environment& environment, const TokenCounter& counter) {
  Check check{"vocabulary", CheckState::good, std::string(counter.vocabulary()) + " " + vocabulary_path(environment),
              ""};
  if (!counter.exact()) {
    check.state = CheckState::warning;
    check.detail = "not there, tokens are estimated";
    check.help = "scripts/vocabulary makes the table";
  } else if (auto whole = counter.verify(); !whole) {
    check.state = CheckState::bad;
    check.detail += ": " + whole.error().message;
    check.help = "delete the file and run scripts/vocabulary";
  }
  return check;
}

Check index_check(const Workspace& workspace) {
  Check check{"index", CheckState::good, workspace.index_path(), ""};
  const RefreshReport& report = workspace.report();
  if (check.detail.empty()) {
    check.state = CheckState::warning;
    check.detail = "no folder for it: every run reads all manifests";
    check.help = "set HOME or CASCADE_CACHE";
  } else if (auto whole = workspace.check(); !whole) {
    const bool unkept = whole.error().code == ErrorCode::not_found;
    check.state = unkept ? CheckState::warning : CheckState::bad;
    check.detail += unkept ? ": cannot be kept" : ": " + whole.error().message;
    check.help = unkept ? "make its folder writable" : "cascade doctor --repair";
  } else {
    check.detail += report.rebuilt_because.empty() ? ", up to date" : ", written now: " + report.rebuilt_because;
  }
  return check;
}

// The call that shows the faults of all manifests, wherever they lie.
std::string validate_call(const Workspace& workspace) {
  const Registry registry = workspace.registry();
  std::set<std::uint32_t> roots;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (!registry.problems(ManifestId{i}).empty()) roots.insert(registry[ManifestId{i}].root);
  std::string call = "cascade validate";
  for (const std::uint32_t root : roots) call += " '" + workspace.roots()[root].path + "'";
  return call;
}

Check manifests_check(const Workspace& workspace) {
  const Registry registry = workspace.registry();
  const ProblemCount count = registry.count_problems();
  Check check{"manifests", CheckState::good, std::to_string(registry.size()), ""};
  if (registry.size() == 0) {
    check.state = CheckState::warning;
    check.help = "give a folder with --root, or see docs/formats/sources.md";
  } else if (count.problems > 0) {
    check.detail += ", " + std::to_string(count.problems) + (count.problems == 1 ? " problem" : " problems") + " in " +
                    std::to_string(count.files) + " of them";
    check.help = validate_call(workspace);
  }
  return check;
}

void add_hooks(const Environment& environment, std::vector<Check>& checks) {
  const std::vector<HookedSettings> all = find_hooked_settings(environment);
  if (all.empty()) checks.push_back({"hooks", CheckState::warning, "not in the client's settings", "cascade init"});
  for (const HookedSettings& settings : all) {
    Check check{
        "hooks", CheckState::good,
        settings.path + ", " + std::to_string(settings.entries) + (settings.entries == 1 ? " entry" : " entries"), ""};
    for (const std::string& program : settings.gone) {
      check.state = CheckState::bad;
      check.detail = settings.path + " calls " + program + ", which is gone";
      check.help = "cascade init";
    }
    checks.push_back(std::move(check));
  }
  if (environment.disabled)
    checks.push_back({"hooks", CheckState::warning, "CASCADE_DISABLE keeps them silent", "unset it"});
  if (are_hooks_off(environment))
    checks.push_back({"hooks", CheckState::warning, "switched off: they keep silent", "cascade hook --on"});
}

void add_faults(const Environment& environment, std::vector<Check>& checks) {
  for (const std::string& line : read_faults(environment.state, 5))
    checks.push_back(
        {"fault", CheckState::warning, "of a hook, " + line, "all of them: " + fault_log_path(environment.state)});
}

}  // namespace

Exit run_doctor(Call& call) {
  Arguments arguments("doctor");
  bool repair = false, stop = false;
  arguments.flag("--repair", repair);
  if (auto parsed = call.parse(arguments, stop); !parsed) return call.console().fail(parsed.error());
  if (stop) return Exit::yes;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  if (repair && !workspace->index_path().empty()) {
    if (auto removed = files::remove_file(workspace->index_path()); !removed)
      return call.console().fail(removed.error());
    if (auto refreshed = workspace->refresh(); !refreshed) return call.console().fail(refreshed.error());
  }
  std::vector<Check> checks = {{"program", CheckState::good, program_path() + " " CASCADE_VERSION, ""},
                               vocabulary_check(call.environment(), workspace->counter())};
  call.step("vocabulary");
  for (const Root& root : workspace->roots())
    checks.push_back({"root", CheckState::good, root.path + " (" + std::string(to_string(root.scope)) + ")", ""});
  checks.push_back(index_check(*workspace));
  call.step("index read anew");
  checks.push_back(manifests_check(*workspace));
  if (const auto router = workspace->router(); !router) return call.console().fail(router.error());
  call.step("router");
  for (const Diagnostic& problem : workspace->problems())
    checks.push_back({"source", CheckState::warning, problem.at.path + ": " + problem.message, problem.help});
  add_hooks(call.environment(), checks);
  add_faults(call.environment(), checks);
  call.step("hooks and faults");
  const auto text = rendering::doctor(checks, *format, rendering::Paint(call.console().colour()));
  if (!text) return call.console().fail(text.error());
  call.console().print(*text);
  for (const Check& check : checks)
    if (check.state == CheckState::bad) return Exit::no;
  return Exit::yes;
}

}  // namespace cascade::cli
