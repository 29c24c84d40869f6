// The gates that are active here, each with its record.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "gate/record.h"
#include "policy/policy.h"

namespace cascade::cli {

struct GateView {
  gate::Rule rule;
  policy::Mode configured = policy::Mode::off;  // in cascade.yaml
  std::optional<policy::Check> check{};         // empty: built in
  std::string known_from{};                     // the origin of its first counts
  gate::Standing standing{};
  std::vector<gate::Trial> trials{};  // the newest first

  // The mode that is configured or was set.
  std::string configured_mode() const;
  std::string in_force() const;
};

// The configuration where the verb runs, and access to its records.
struct GatePlace {
  policy::Policy policy;
  std::string store;      // policy::store_of()
  std::string work_tree;  // or the directory itself
};
Result<GatePlace> gate_place(const Environment& environment);

// Built-in gates and configured checks, by name. Before that, looks at the history of the repositories in which they
// judged.
Result<std::vector<GateView>> gate_views(const Environment& environment, const GatePlace& place, std::int64_t now);

// The gate of this name; nothing if there is none here.
std::optional<GateView> find_gate(const GatePlace& place, const std::string& name);

// Looks at every work tree with flags that may have an outcome by now.
Result<void> look_at_histories(gate::Records& records, std::int64_t now);

}  // namespace cascade::cli
