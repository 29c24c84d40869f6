// Who may bring a manifest into a conversation, according to its author's and the user's switches.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <vector>

#include "client/settings_files.h"

namespace cascade::listing {

// open: anyone. by_name: only a user who calls it by name. off: no one.
enum class Standing : std::uint8_t { open, by_name, off };

// The standing of skills and commands; agents are open. by_name results from `disable-model-invocation` or the user's
// "user-invocable-only". "name-only" only concerns the client's own listing, so such a manifest is open.
Standing standing(const Registry& registry, ManifestId id, const client::SkillOverrides& overrides);

// "disable-model-invocation in skills/x/SKILL.md", "skillOverrides: off in …/settings.json"; empty if it is open.
std::string reason(const Registry& registry, ManifestId id, const client::SkillOverrides& overrides);

// All manifests that are not open, by id. Looks at every manifest's fields.
struct Withheld {
  std::vector<ManifestId> by_name, off;
};
Withheld withheld(const Registry& registry, const client::SkillOverrides& overrides);

// Whether nothing calls the manifest and work does not start there either, as `cascade list --orphans` has it.
bool is_orphan(const Registry& registry, ManifestId id);

}  // namespace cascade::listing
