#include "cli/hook_checks.h"

#include <set>

#include "client/entry_skill.h"
#include "client/names.h"
#include "client/settings_files.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "files/temporary_folder.h"
#include "files/tree.h"
#include "init/hook_entries.h"
#include "init/hook_switch.h"
#include "render/parts.h"
#include "syntax/json.h"
#include "text/ascii.h"
#include "text/suggestion.h"

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
  event.key(client::event_keys::name);
  event.string(client::event_names::prompt);
  event.key(client::event_keys::session);
  event.string("cascade-doctor");
  event.key(client::event_keys::transcript);
  event.string(state + "/projects/doctor/cascade-doctor.jsonl");
  event.key("permission_mode");
  event.string("default");
  event.key("cwd");
  event.string(files::DiskTree().real_path(".").value_or("/"));
  event.key("prompt");
  event.string("use the " + skill + " skill");
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
  for (const std::string& program : settings.astray) {
    check.state = CheckState::bad;
    check.detail = settings.path + " calls " + program + ", which is not an absolute path: it depends on the folder";
    check.help = init;
  }
  for (const std::string& program : settings.gone) {
    check.state = CheckState::bad;
    check.detail = settings.path + " calls " + program + ", which is gone";
    check.help = init;
  }
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

}  // namespace

void add_hooks(const Environment& environment, const Registry& registry, std::vector<Check>& checks) {
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
  const bool silent = environment.disabled || are_hooks_off(environment);
  if (const std::string skill = some_skill(registry); !skill.empty() && !silent)
    for (const std::string& program : programs) checks.push_back(ask_hook(program, skill));
  if (environment.disabled)
    checks.push_back({"hooks", CheckState::warning, "CASCADE_DISABLE keeps them silent", "unset it"});
  if (are_hooks_off(environment))
    checks.push_back({"hooks", CheckState::warning, "switched off: they keep silent", "cascade hook --on"});
}

}  // namespace cascade::cli
