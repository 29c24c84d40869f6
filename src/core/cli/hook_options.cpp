// What an answer needs that the event does not say.
#include "cli/hook_options.h"

#include <algorithm>

#include "cli/data_files.h"
#include "cli/hook_entries.h"
#include "files/tree.h"
#include "policy/policy.h"

namespace cascade::cli {

namespace {

// Whether an entry of `init` tells us of this system's events: by its record, or by the entries.
bool is_called(const Environment& environment, std::string_view system) {
  const auto names = [&](const std::vector<std::string>& systems) {
    return std::find(systems.begin(), systems.end(), system) != systems.end();
  };
  for (const Installation& one : remembered(environment))
    if (names(one.systems)) return true;
  const std::vector<HookedSettings> all = find_hooked_settings(environment);
  return std::any_of(all.begin(), all.end(), [&](const HookedSettings& settings) {
    return names(installed_systems(environment, settings.path));
  });
}

// Whether tools that an agent's manifest does not name are refused: it is configured so, and an entry starts the guard.
bool refuses_tools(systems::EventSession& session, const Environment& environment) {
  const client::EventKind kind = session.event().kind;
  if (!session.event().task && kind != client::EventKind::subagent_start) return false;
  if (session.mode("tools") != policy::Mode::block) return false;
  const std::vector<HookedSettings> all = find_hooked_settings(environment);
  return std::any_of(all.begin(), all.end(), [](const HookedSettings& settings) { return settings.guards; });
}

// What only an event needs.
HookOptions event_options(const Call& call, systems::EventSession& session, const Workspace& workspace) {
  HookOptions options = hook_options(call, workspace);
  if (session.event().kind == client::EventKind::prompt)
    options.missing_sight = missing_sight(call.environment(), session.policy());
  options.refuses_tools = refuses_tools(session, call.environment());
  if (const Result<policy::Policy>& policy = session.policy()) {
    options.announces = policy->announces;
    options.explores = policy->explores;
  }
  return options;
}

}  // namespace

std::string missing_sight(const Environment& environment, const Result<policy::Policy>& policy) {
  const bool is_on = policy && policy->mode_of("playbooks") != policy::Mode::off;
  return is_on && is_called(environment, "playbooks") ? std::string() : "`cascade init --with playbooks`";
}

HookOptions hook_options(const Call& call, const Workspace& workspace) {
  HookOptions options;
  const auto model = call.model(workspace.preferences().model);
  if (model && *model) options.model = (*model)->name;
  auto limit = parse_token_limit(call.environment().budget);
  if (!limit) limit = workspace.preferences().budget;
  options.prompt_budget = options.agent_budget = *limit;
  options.search_path = call.environment().search_path;
  options.is_allowed = allowed_by_user(call.environment());
  options.home = call.environment().home;
  options.client_folder = call.environment().user.folder;
  options.plugin_folder = call.environment().plugin_folder;
  options.program = program_path();
  return options;
}

systems::Program event_program(Call& call, systems::EventSession& session) {
  systems::Program program;
  program.library = call.workspace_options();
  program.keeps_freshness = call.options().freshness.has_value();
  program.options = [&](const Workspace& library) { return event_options(call, session, library); };
  program.write = [&](std::string_view text) {
    call.console().print(text);
    if (!text.ends_with('\n')) call.console().print("\n");
    return call.console().flush();
  };
  return program;
}

}  // namespace cascade::cli
