// Skill hooks run with the workspace that the event is answered from, where there is one. Elsewhere the ledger is asked
// first which manifests are active, and a workspace is opened only if there are any: most events pay nothing.
#include "cli/skill_hooks.h"

#include "cli/event_systems.h"
#include "files/paths.h"
#include "hook/event.h"
#include "session/ledger.h"

namespace cascade::cli {
namespace {

std::vector<systems::Hooked> hooked_in(const Workspace& workspace, const std::vector<std::string>& manifests) {
  return systems::hooked_among(
      workspace.registry(), [&](const ManifestView& manifest) { return workspace.folder(manifest); }, manifests);
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
  return workspace ? hooked_in(*workspace, manifests) : std::vector<systems::Hooked>();
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

Result<client::Answer> run_skill_hooks(EventSession& session) {
  if (!session.is_of_usual_client() || !session.has_memory()) return client::Answer();
  const policy::Mode mode = session.mode(&policy::Policy::trust);
  if (mode == policy::Mode::off) return client::Answer();
  const std::vector<std::string> active = session::in_force(session.ledger(), session.event().agent_id);
  if (active.empty()) return client::Answer();
  const auto hooked = session.workspace != nullptr
                          ? hooked_in(*session.workspace, active)
                          : hooked_there(session.call().workspace_options(), active, session.event().working_directory);
  return systems::run_skill_hooks(hooked, session.event(), session.json(), mode, session.ledger(),
                                  hook_place(session.environment(), session.now()))
      .answer;
}

}  // namespace cascade::cli
