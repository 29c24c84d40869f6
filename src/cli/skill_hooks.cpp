// An event reaches skill hooks in one of two ways. Where `cascade hook` answers it from the library anyway, that
// workspace is used (hooks_on_answer). Elsewhere the ledger is asked first which manifests are active, and a workspace
// is opened only if there are any (with_skill_hooks): most events pay nothing.
#include "cli/skill_hooks.h"

#include "files/paths.h"
#include "hook/event.h"
#include "session/ledger.h"

namespace cascade::cli {
namespace {

using client::EventKind;

bool is_answered_by_hook(EventKind kind) {
  return kind == EventKind::session_start || kind == EventKind::prompt || kind == EventKind::subagent_start;
}

bool is_answered_by_systems(EventKind kind) {
  return kind == EventKind::tool_result || kind == EventKind::tool_failure || kind == EventKind::turn_end ||
         kind == EventKind::subagent_stop || kind == EventKind::before_compaction ||
         kind == EventKind::after_compaction || kind == EventKind::session_end;
}

// The mode of skill hooks where the event comes from. Also off without a session, since it is then unknown which
// manifests are active.
policy::Mode mode_of(const HookEvent& event, const Environment& environment, EventPolicy& configured) {
  if (event.client != client::usual_dialect().name || environment.state.empty()) return policy::Mode::off;
  if (event.input->event.session_id.empty()) return policy::Mode::off;
  const Result<policy::Policy>& policy = configured.get();
  return policy ? policy->trust : policy::Mode::off;
}

}  // namespace

systems::HookPlace hook_place(const Environment& environment, std::int64_t now) {
  systems::HookPlace place;
  place.state_directory = environment.state;
  place.allowed_file = environment.allowed;
  place.project = environment.project_directory;
  place.home = environment.home;
  place.now = now;
  return place;
}

std::vector<systems::Hooked> hooked_there(WorkspaceOptions options, const std::vector<std::string>& manifests,
                                          const std::string& directory) {
  options.directory = directory;
  options.freshness = Freshness::off;
  options.log = {};
  const auto workspace = Workspace::open(std::move(options));
  if (!workspace) return {};
  return systems::hooked_among(
      workspace->registry(), [&](const ManifestView& manifest) { return workspace->folder(manifest); }, manifests);
}

std::vector<systems::CalledManifest> called_there(WorkspaceOptions options, const std::string& name,
                                                  const std::string& directory) {
  options.directory = directory;
  options.freshness = Freshness::partial;
  options.log = {};
  const auto workspace = Workspace::open(std::move(options));
  std::vector<systems::CalledManifest> called;
  if (!workspace) return called;
  const Registry registry = workspace->registry();
  for (const ManifestId id : registry.candidates(name)) {
    const ManifestView view = registry[id];
    if (view.document || (view.kind != Kind::skill && view.kind != Kind::command)) continue;
    called.push_back({symbol_of(view), files::join(workspace->folder(view), files::file_name(view.path))});
  }
  return called;
}

std::function<std::pair<std::string, std::string>(const std::vector<std::string>& active)> hooks_on_answer(
    Call& call, const HookEvent& event, std::string_view event_json, EventPolicy& configured,
    const Workspace& workspace, std::int64_t now) {
  if (!is_answered_by_hook(event.input->event.kind)) return {};
  const policy::Mode mode = mode_of(event, call.environment(), configured);
  if (mode == policy::Mode::off) return {};
  return [&call, &event, &workspace, event_json, mode,
          now](const std::vector<std::string>& active) -> std::pair<std::string, std::string> {
    const auto hooked = systems::hooked_among(
        workspace.registry(), [&](const ManifestView& manifest) { return workspace.folder(manifest); }, active);
    if (hooked.empty()) return {};
    session::Ledger ledger(call.environment().state, event.input->event.session_id);
    systems::HookWords words = systems::run_skill_hooks(hooked, event.input->event, event_json, mode, ledger,
                                                        hook_place(call.environment(), now));
    return {std::move(words.context), std::move(words.notice)};
  };
}

std::string with_skill_hooks(Call& call, const HookEvent& event, std::string_view event_json, EventPolicy& configured,
                             std::string answer, std::int64_t now) {
  if (event.input == nullptr || !is_answered_by_systems(event.input->event.kind)) return answer;
  const policy::Mode mode = mode_of(event, call.environment(), configured);
  if (mode == policy::Mode::off) return answer;
  session::Ledger ledger(call.environment().state, event.input->event.session_id);
  const std::vector<std::string> active = session::in_force(ledger, event.input->event.agent_id);
  if (active.empty()) return answer;
  const auto hooked = hooked_there(call.workspace_options(), active, event.working_directory);
  return systems::with_words(answer, event.input->event,
                             systems::run_skill_hooks(hooked, event.input->event, event_json, mode, ledger,
                                                      hook_place(call.environment(), now)));
}

}  // namespace cascade::cli
