// Which systems guard a session, and how: cascade.yaml's `systems` and what belongs to them.
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

// A resource that calls are known by: `leases: { staging: { bash: [psql, "*staging*"], tools: ["mcp__db__*"] } }`.
struct Declared {
  std::string name;
  // Patterns (* for any characters) of a program and of words that all stand behind it; of tools, one of which is it.
  std::vector<std::string> bash, tools;
};

struct Policy {
  Mode repository = Mode::off;     // writes to another repository than the session's
  Mode tools = Mode::off;          // tools that an agent's manifest does not name
  Mode leases = Mode::off;         // what only one can use at a time
  Mode effects = Mode::off;        // outside effects that nobody looked at; `on` is shadow
  Mode playbooks = Mode::off;      // playbooks in motion: off, or on, which is block
  Mode memory = Mode::off;         // what outlives conversations; any mode but off is on
  Mode tiers = Mode::off;          // on which model agents run: off, shadow (only counted), or on, which is block
  Tiers tier_list;                 // what the tiers are
  Mode trust = Mode::off;          // hooks of skills (docs/trust.md)
  std::string team;                // whose facts are shared; empty: nobody's
  std::vector<Declared> declared;  // such resources, besides browsers and files
  // What calls do outside, besides what is known (`effects:`). A project's file only adds effects: what it calls a
  // witness, or nothing, would loosen.
  std::vector<evidence::OwnRule> effect_rules;
  std::vector<std::string> protected_branches;  // patterns of branches that are not to be moved
  bool git_hooks = false;                       // git itself asks as well
  // "postgresql://...": of the user's own file, or of a project's that was allowed; empty: a file in the state folder
  std::string store;
  // A project's file names another store than the user's own: where it lies. State goes nowhere then, since a project
  // must not send it anywhere, and to keep it on this machine would be a surprise.
  std::string project_with_store;
  bool announces = true;      // off in the user's own file: no line on the screen about what a hook loaded
  std::vector<Check> checks;  // of the user's own file, and of a project's that was allowed
  std::string
      asleep;  // a project's file whose store, team, gates or tiers.raise sleep until it is allowed; empty: none

  // Whether the guard has nothing to judge.
  bool is_off() const noexcept {
    return repository == Mode::off && tools == Mode::off && leases == Mode::off && playbooks == Mode::off &&
           effects == Mode::off && memory == Mode::off && trust == Mode::off && checks.empty();
  }
  // Whether what tools did is nobody's business.
  bool is_blind() const noexcept { return effects == Mode::off && playbooks == Mode::off; }
};

// Takes the value of one of cascade.yaml's keys over: systems, repository, leases, effects, gates, store, team, tiers;
// others are not ours. The first fault, or nothing.
std::optional<Fault> read_key(std::string_view key, const syntax::Node& value, Policy& policy);

// Where state is kept: an address, or empty for a file in the state folder. misuse: a project names another one.
Result<std::string> store_of(const Policy& policy);

// What holds when both speak: the stricter mode, the branches of both. A project can tighten and never loosen.
Policy tightened(const Policy& users, const Policy& projects);

// The user's own file and the nearest cascade.yaml at or above `project`, the directory that the session began in.
// Other keys of these files are not looked at. misuse: a value that cannot be one; malformed: no YAML; unreadable. A
// guard fails then: what cannot be read might have been strict.
Result<Policy> read_policy(const files::Tree& tree, const std::string& users_file, const std::string& project);

}  // namespace cascade::policy
