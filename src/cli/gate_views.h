// The gates that hold here, each with its record.
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
  std::optional<policy::Check> check{};         // none: built in
  std::string known_from{};                     // where its first counts come from
  gate::Standing standing{};
  std::vector<gate::Trial> trials{};  // the newest first

  // What is configured, or was set.
  std::string configured_mode() const;
  std::string in_force() const;
};

// What is configured where the verb runs, and the door to its records.
struct GatePlace {
  policy::Policy policy;
  std::string store;      // policy::store_of()
  std::string work_tree;  // or the directory itself
};
Result<GatePlace> gate_place(const Environment& environment);

// Gates that are built in and the checks that are configured, by name. The history of the repositories that they judged
// in is looked at first.
Result<std::vector<GateView>> gate_views(const Environment& environment, const GatePlace& place, std::int64_t now);

// The rule of a gate of this name; nothing: there is none here.
std::optional<GateView> find_gate(const GatePlace& place, const std::string& name);

// Every work tree with flags that may have got an outcome.
Result<void> look_at_histories(gate::Records& records, std::int64_t now);

}  // namespace cascade::cli
