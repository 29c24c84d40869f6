#include "hook/authority.h"

#include "files/paths.h"
#include "workspace/contents.h"

namespace cascade::hook {
namespace {

bool is_users_own(const Workspace& workspace, const ManifestView& manifest) {
  switch (manifest.scope) {
    case Scope::user:
    case Scope::managed: return true;
    case Scope::builtin: return !WorkspaceContents::is_added(workspace, manifest.root);
    case Scope::project:
    case Scope::plugin: return false;
  }
  return false;
}

std::string path_of(const Workspace& workspace, const ManifestView& manifest) {
  return files::join(workspace.folder(manifest), std::string(files::file_name(manifest.path)));
}

}  // namespace

bool claims_pin(const Registry& registry, ManifestId id) {
  return registry.field(id, "metadata.cascade-pinned") == "true";
}

bool claims_client_name(const Registry& registry, ManifestId id, const client::Dialect& client) {
  const ManifestView manifest = registry[id];
  return manifest.kind == Kind::agent && client.subagents.is_reserved(manifest.name);
}

bool is_granted(const Workspace& workspace, const HookOptions& options, ManifestId id) {
  const ManifestView manifest = workspace.registry()[id];
  if (is_users_own(workspace, manifest)) return true;
  return options.is_allowed && options.is_allowed(path_of(workspace, manifest));
}

std::vector<Claim> claims_of(const Workspace& workspace) {
  std::vector<Claim> claims;
  const Registry registry = workspace.registry();
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (manifest.document || is_users_own(workspace, manifest)) continue;
    if (claims_pin(registry, manifest.id)) claims.push_back({"in every session", path_of(workspace, manifest)});
    if (claims_client_name(registry, manifest.id, client::usual_dialect()))
      claims.push_back({"an agent of the client's", path_of(workspace, manifest)});
  }
  return claims;
}

}  // namespace cascade::hook
