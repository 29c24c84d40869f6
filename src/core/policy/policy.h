// Which systems guard a session, and how: `systems` and the related keys of cascade.yaml.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/finding.h"
#include "files/tree.h"
#include "policy/checks.h"
#include "policy/mode.h"
#include "policy/tiers.h"
#include "syntax/node.h"

namespace cascade::policy {

// A resource, with the calls that use it: `leases: { staging: { bash: [psql, "*staging*"], tools: ["mcp__db__*"] } }`.
struct Declared {
  std::string name;
  // `bash`: patterns (* for any characters) for a program and for words that must all follow it. `tools`: patterns of
  // which one must match.
  std::vector<std::string> bash, tools;
};

struct Policy {
  Mode repository = Mode::off;     // writes to repositories other than the session's
  Mode tools = Mode::off;          // tools that an agent's manifest does not name
  Mode leases = Mode::off;         // resources that only one caller can use at a time
  Mode effects = Mode::off;        // outside effects that no one has looked at; `on` means shadow
  Mode playbooks = Mode::off;      // playbooks in motion: off or on, which means block
  Mode memory = Mode::off;         // memory across conversations; any mode except off means on
  Mode past = Mode::block;         // the offer of past conversations: off or on, and only for who uses them
  Mode tiers = Mode::off;          // the models of agents: off, shadow (only counted), or on, which means block
  Tiers tier_list;                 // the tiers themselves
  Mode trust = Mode::off;          // hooks of skills (docs/trust.md)
  Mode gates = Mode::block;        // the user's own checks: off or on; each has a mode of its own
  std::string team;                // the team that facts are shared with; empty: none
  std::vector<Declared> declared;  // resources besides browsers and files
  // The effects of calls, besides the known ones (`effects:`). A project's file can only add effects: declaring a call
  // a witness, or nothing, would loosen the guard.
  std::vector<evidence::OwnRule> effect_rules;
  std::vector<std::string> protected_branches;  // patterns of branches that must not be moved
  bool git_hooks = false;                       // git itself asks the guard as well
  // "postgresql://...", from the user's own file or from a project's that was allowed; empty: a file in the state
  // folder
  std::string store;
  // The path of a project's file that names a store other than the user's own. State is then written nowhere: a project
  // must not send it elsewhere, and keeping it on this machine would be a surprise.
  std::string project_with_store;
  bool learns = false;         // what was learned about the use of sections moves their values (docs/usage.md)
  std::uint32_t explores = 0;  // how likely chance keeps a section out, in millionths
  bool announces = true;       // false in the user's own file: hooks show no line about what they loaded
  std::vector<Check> checks;   // from the user's own file, and from a project's that was allowed
  std::string
      asleep;  // a project's file whose store, team, gates or tiers.raise sleep until it is allowed; empty: none

  // Whether one of the patterns is of this branch.
  bool protects(const std::string& branch) const;
  // Whether the guard has nothing to judge.
  bool is_off() const noexcept {
    return repository == Mode::off && tools == Mode::off && leases == Mode::off && playbooks == Mode::off &&
           effects == Mode::off && memory == Mode::off && trust == Mode::off && checks.empty();
  }
  // Whether no system needs to know what tools did.
  bool is_blind() const noexcept { return effects == Mode::off && playbooks == Mode::off; }
};

// Reads the value of one of cascade.yaml's keys: systems, repository, leases, effects, gates, store, team, tiers,
// learn, explore. Other keys are ignored. Returns the first fault, or nothing.
std::optional<Fault> read_key(std::string_view key, const syntax::Node& value, Policy& policy);

// The place where state is kept: an address, or empty for a file in the state folder. misuse: a project names another
// one.
Result<std::string> store_of(const Policy& policy);

// Combines both: the stricter mode, the branches of both. A project can tighten but never loosen.
Policy tightened(const Policy& users, const Policy& projects);

// Reads the user's own file and the nearest cascade.yaml at or above `project`, the directory in which the session
// began. Ignores other keys of these files. Errors: misuse for an invalid value; malformed if it is not YAML;
// unreadable. The guard then fails, because the unreadable part may have been strict.
Result<Policy> read_policy(const files::Tree& tree, const std::string& users_file, const std::string& project);

}  // namespace cascade::policy
