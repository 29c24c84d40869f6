// Who may bring a manifest into a conversation: its author's and the user's switches.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <vector>

#include "client/skill_overrides.h"

namespace cascade::listing {

// open: whoever needs it. by_name: only a user who calls it by name; nothing else brings it in. off: nobody.
enum class Standing : std::uint8_t { open, by_name, off };

// Of skills and commands; agents are open. Manual-only is what `disable-model-invocation` or the user's
// "user-invocable-only" makes of a manifest; "name-only" is the client's own listing's matter and served as ever.
Standing standing(const Registry& registry, ManifestId id, const client::SkillOverrides& overrides);

// "disable-model-invocation in skills/x/SKILL.md", "skillOverrides: off in …/settings.json"; empty when it is open.
std::string reason(const Registry& registry, ManifestId id, const client::SkillOverrides& overrides);

// All that are not open, by id. Looks at every manifest's fields.
struct Withheld {
  std::vector<ManifestId> by_name, off;
};
Withheld withheld(const Registry& registry, const client::SkillOverrides& overrides);

}  // namespace cascade::listing
