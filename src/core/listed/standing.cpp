// The user's switch comes before the author's: `skillOverrides` may hide a skill that its author lets the model call,
// and what the author marks as manual stays so unless the user switches the skill off. Agents have no switch in the
// client.
#include "listed/standing.h"

#include "client/built_in.h"
#include "text/ascii.h"

#include <algorithm>
#include <iterator>

namespace cascade::listing {
namespace {

constexpr std::string_view manual_key = "disable-model-invocation";

// The client accepts `true`, `"true"` and `yes` (2.1.328); an author who writes another word for yes means the same.
bool is_manual(const Registry& registry, ManifestId id) {
  const std::string word = letters::to_lower(registry.field(id, manual_key).value_or(std::string_view()));
  constexpr std::string_view words[] = {"true", "yes", "on", "y", "1"};
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

const client::SkillOverride* override_of(const Registry& registry, ManifestId id,
                                         const client::SkillOverrides& overrides) {
  const ManifestView manifest = registry[id];
  return overrides.find(manifest.name, manifest.scope == Scope::plugin);
}

}  // namespace

Standing standing(const Registry& registry, ManifestId id, const client::SkillOverrides& overrides) {
  if (registry[id].kind == Kind::agent) return Standing::open;
  if (client::is_entry_name(registry[id].name)) return Standing::off;  // it fetches others and is never fetched itself
  const client::SkillOverride* said = override_of(registry, id, overrides);
  if (said != nullptr && said->listing == client::SkillListing::off) return Standing::off;
  if (said != nullptr && said->listing == client::SkillListing::user_invocable_only) return Standing::by_name;
  return is_manual(registry, id) ? Standing::by_name : Standing::open;
}

std::string reason(const Registry& registry, ManifestId id, const client::SkillOverrides& overrides) {
  if (standing(registry, id, overrides) == Standing::open) return {};
  if (client::is_entry_name(registry[id].name))
    return "it is Cascade's own entry, with which the model takes what is offered";
  const client::SkillOverride* said = override_of(registry, id, overrides);
  if (said != nullptr && said->listing != client::SkillListing::on && said->listing != client::SkillListing::name_only)
    return "skillOverrides: " + std::string(to_string(said->listing)) + " in " + said->path;
  return std::string(manual_key) + " in " + std::string(registry[id].path);
}

Withheld withheld(const Registry& registry, const client::SkillOverrides& overrides) {
  Withheld found;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestId id{i};
    const Standing is = standing(registry, id, overrides);
    if (is == Standing::by_name) found.by_name.push_back(id);
    if (is == Standing::off) found.off.push_back(id);
  }
  return found;
}

bool is_orphan(const Registry& registry, ManifestId id) {
  const ManifestView manifest = registry[id];
  if (manifest.document || manifest.layer == Layer::playbook || manifest.kind == Kind::skill) return false;
  if (registry.shadowed_in_favour_of(id)) return false;
  if (registry.field(id, "metadata.cascade-entry") == std::string_view("true")) return false;
  for (const Link& link : registry.links_to(id))
    if (link.strength == Strength::required || link.strength == Strength::invoked) return false;
  return true;
}

}  // namespace cascade::listing
