// Which systems guard a session, and how: `systems` and the related keys of cascade.yaml.
#pragma once

#include <cascade/result.h>

#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/overlay_tree.h"
#include "files/tree.h"
#include "policy/checks.h"
#include "policy/effect_rule.h"
#include "policy/mode.h"
#include "policy/tiers.h"
#include "syntax/node.h"

namespace cascade::policy {

// What the user gave a name, with the calls that are of it, under a key that holds such (setting.h): `leases: {
// staging: { bash: [psql, "*staging*"], tools: ["mcp__db__*"] } }`.
struct Declared {
  std::string name;
  // `bash`: patterns for a program and for words that must all follow it. `tools`: patterns of which one must match.
  std::vector<std::string> bash, tools;
};

// The modes of all systems where no file speaks of them.
const std::array<Mode, std::size(known_systems)>& usual_modes() noexcept;

struct Policy {
  std::array<Mode, std::size(known_systems)> modes = usual_modes();
  Tiers tier_list;                 // of agents' models
  std::string team;                // the team that facts are shared with; empty: none
  std::vector<Declared> declared;  // resources besides browsers and files
  // `effects:`. A project's file can only add effects: calling something a witness, or nothing, loosens the guard.
  std::vector<evidence::OwnRule> effect_rules;
  std::vector<std::string> protected_branches;  // patterns of branches that must not be moved
  bool git_hooks = false;                       // git itself asks the guard as well
  // "postgresql://...", of the user's own file or one that was allowed; empty: a file in the state folder.
  std::string store;
  // A project's file that names a store other than the user's own. State is then written nowhere: a project must not
  // send it elsewhere, and keeping it here would be a surprise.
  std::string project_with_store;
  bool announces = true;      // false in the user's own file: hooks show no line about what they loaded
  std::vector<Check> checks;  // from the user's own file, and from a project's that was allowed
  std::string
      asleep;  // a project's file whose store, team, gates or tiers.raise sleep until it is allowed; empty: none

  // Whether one of the patterns is of this branch.
  bool protects(const std::string& branch) const;
  // How strict a system is; off where it is not built in. As rows of systems.tsv know it, or policy.mode_of("leases").
  Mode mode_of(SystemKey system) const noexcept { return modes[system.at]; }
  Mode& mode_of(SystemKey system) noexcept { return modes[system.at]; }
  // Whether the guard has nothing to judge: no system is on that does (`guards` in systems.tsv), and there is no check.
  bool is_off() const noexcept;
  // Whether no system needs to know what tools did (`watches`).
  bool is_blind() const noexcept;
};

// Of systems, store, announce and the keys of built-in systems; others are ignored. The first fault, or nothing.
std::optional<Fault> read_key(std::string_view key, const syntax::Node& value, Policy& policy);

// Where state is kept: an address; empty: a file in the state folder. misuse: a project names another one.
Result<std::string> store_of(const Policy& policy);

// Combines both: the stricter mode, the branches of both. A project can tighten but never loosen.
Policy tightened(const Policy& users, const Policy& projects);

// Of the user's own file and the nearest cascade.yaml at or above where the session began. Errors: misuse for an
// invalid value; malformed; unreadable. The guard then fails, because the unreadable part may have been strict.
Result<Policy> read_policy(const files::Tree& tree, const std::string& users_file, const std::string& project);

// What can be read, for who judges nothing. Without a `store` nothing is kept, without `tiers` no model is chosen.
Policy readable_policy(const files::Tree& tree, const std::string& users_file, const std::string& project);

// Reads each place's configuration when first asked for, and only once.
class Policies {
 public:
  // `users_file`: see read_policy(). `read`: for a caller that reads these files as well; empty: from the disk.
  explicit Policies(std::string users_file, files::ReadText read = {})
      : users_file_(std::move(users_file)), tree_(std::move(read)) {}
  // Never an error (policy::readable_policy). The result lives as long as this object.
  const Result<Policy>& at(const std::string& directory);

 private:
  std::string users_file_;
  files::ReadingTree tree_;
  std::map<std::string, Result<Policy>> known_;
};

}  // namespace cascade::policy
