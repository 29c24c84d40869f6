// What a manifest of a project or plugin may not take for itself: a place in every session, and the name of one of the
// client's own agents.
#pragma once

#include <cascade/hook.h>
#include <cascade/registry.h>

#include <string>
#include <vector>

#include "client/dialect.h"

namespace cascade::hook {

// Whether the manifest claims to be in every session (metadata.cascade-pinned: "true").
bool claims_pin(const Registry& registry, ManifestId id);
// Whether it is an agent with the name of one that the client has by itself.
bool claims_client_name(const Registry& registry, ManifestId id, const client::Dialect& client);

// Whether such a claim is granted: the user's own manifests and those that come with Cascade may, others when the user
// allowed their file.
bool is_granted(const Workspace& workspace, const HookOptions& options, ManifestId id);

// The claims of manifests that are not granted by where they lie.
struct Claim {
  std::string what, path;  // path: absolute
};
std::vector<Claim> claims_of(const Workspace& workspace);

}  // namespace cascade::hook
