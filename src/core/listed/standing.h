// Who may bring a manifest into a conversation, according to its author's, the user's and the clients' switches.
#pragma once

#include <cascade/registry.h>

#include <functional>
#include <string>
#include <vector>

#include "client/dialect.h"
#include "client/settings_files.h"
#include "client/switches.h"
#include "policy/skill_switches.h"

namespace cascade::listing {

// open: anyone. offered: it may be named, and comes when it is asked for. by_name: only a user who calls it by name.
// off: no one.
enum class Standing : std::uint8_t { open, offered, by_name, off };

std::string_view to_string(Standing standing) noexcept;  // "open", "offered", "by_name", "off"

// Whether it may come into a conversation that nobody called it into by name.
constexpr bool may_be_named(Standing standing) noexcept { return standing <= Standing::offered; }

// All that decides, read once.
struct Switches {
  Switches() = default;
  Switches(client::SkillOverrides given) : overrides(std::move(given)) {}  // NOLINT(google-explicit-constructor)

  client::SkillOverrides overrides;          // of the usual client
  std::vector<client::SwitchRules> clients;  // of all clients, in their own settings
  policy::SkillSwitches own;                 // `skills` of cascade.yaml
  std::string client;                        // whose conversation it is; empty: the usual client's
  std::vector<std::string> roots;            // absolute paths of the registry's; empty for the shipped library
  std::size_t named = 0;                     // how many of the first roots the caller named: his word for them
  std::string clone;                         // the repository around the directory, if it comes from elsewhere
  std::string untrusted;                     // the same, if nobody trusts it: its manifests come by name alone
  // Why a manifest must not be loaded, although nobody says no: it is not safe. Empty: nobody looks.
  std::function<std::string(const ManifestView& manifest)> unsafe;

  std::string fault(const ManifestView& manifest) const { return unsafe ? unsafe(manifest) : std::string(); }
};

struct SwitchRequest {
  client::UserPlace user;
  std::string directory, client;
  std::vector<std::string> roots;
  std::size_t named = 0;                                    // as in Switches
  std::string users_configuration, profile;                 // CASCADE_PROFILE
  std::function<bool(const std::string& path)> is_allowed;  // by `cascade allow`
};
Switches read_switches(const files::Tree& tree, const SwitchRequest& request);

// The standing of a manifest. by_name results from `disable-model-invocation`, from a policy of agents/openai.yaml,
// from the user's words for it, or from a clone that nobody trusts.
Standing standing(const Registry& registry, ManifestId id, const Switches& switches);

// Whether it is off, without a look at what its author wrote beside it.
bool is_off(const Registry& registry, ManifestId id, const Switches& switches);

// Whether the client itself hides it from its model, by its own settings or by what it reads beside the skill.
bool is_hidden_by_client(const Registry& registry, ManifestId id, const Switches& switches);

// "disable-model-invocation in skills/x/SKILL.md", "permissions.deny: Skill(x) in …/settings.json"; empty: it is open.
std::string reason(const Registry& registry, ManifestId id, const Switches& switches);

// The reason if nothing but trust in the clone is lacking.
std::string trust_reason(const Switches& switches);

// All manifests that nobody may name unasked, by id. Looks at every manifest's fields.
struct Withheld {
  std::vector<ManifestId> by_name, off;
};
Withheld withheld(const Registry& registry, const Switches& switches);

// How many that could otherwise be offered wait for the user's trust in the clone.
std::size_t count_waiting(const Registry& registry, const Switches& switches);

// The path below its root. Paths of all roots except the first begin with the root's label.
std::string_view below_root(const ManifestView& view);
// Whose folder a manifest is in, for client::reads().
client::Owner owner_of(Scope scope);

// Whether nothing calls the manifest and work does not start there either, as `cascade list --orphans` has it.
bool is_orphan(const Registry& registry, ManifestId id);

// The repository around a directory, if it comes from elsewhere, as its remotes say; empty: none does.
std::string clone_around(const files::Tree& tree, const std::string& directory, const std::string& home);
// Whether the user allowed the clone around a directory, or a client's record of trusted folders names it.
bool is_trusted(const files::Tree& tree, const SwitchRequest& request, const std::string& clone);

}  // namespace cascade::listing
