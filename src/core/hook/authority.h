// Two privileges that a project's or plugin's manifest may not claim without the user's leave: a place in every
// session, and the name of one of the client's own agents.
#pragma once

#include <cascade/hook.h>
#include <cascade/registry.h>

#include <string>
#include <vector>

#include "client/dialect.h"

namespace cascade::hook {

// Whether the manifest claims a place in every session (metadata.cascade-pinned: "true").
bool claims_pin(const Registry& registry, ManifestId id);
// Whether the manifest is an agent that has the name of one of the client's built-in agents.
bool claims_client_name(const Registry& registry, ManifestId id, const client::Dialect& client);

// Whether such a claim is granted. The user's own manifests and Cascade's built-in ones need no leave; any other needs
// the user to have allowed its file.
bool is_granted(const Workspace& workspace, const HookOptions& options, ManifestId id);

// A claim by a manifest that needs the user's leave.
struct Claim {
  std::string what, path;  // path: absolute
};
std::vector<Claim> claims_of(const Workspace& workspace);

}  // namespace cascade::hook
