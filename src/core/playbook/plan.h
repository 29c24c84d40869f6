// The plan of a playbook: its steps and their order, read from its manifest.
#pragma once

#include <cascade/registry.h>

#include <optional>
#include <string>
#include <vector>

#include "chain/chain.h"

namespace cascade::playbook {

struct Step {
  std::uint32_t number = 0;
  std::string skill;                   // the name as the playbook writes it
  std::string enter, leave, result;    // from its table: the step's input, when it may end, its output
  std::uint32_t line = 0, column = 0;  // of the skill's name; 0: unknown
};

struct Plan {
  std::string root;  // "skill:fix-production-bug"
  std::vector<Step> steps;
  chain::Chain chain;
  chain::KeyFaults faults;  // faults of the keys; with any of them the plan must not be followed

  const Step* find(std::uint32_t number) const noexcept;  // null if there is none
  // The texts from which chain::read_chain builds the chain.
  std::string order_text() const, exits_text() const, branches_text() const;
};

// The plan of a manifest; nothing if it has no steps.
std::optional<Plan> plan_of(const Registry& registry, ManifestId id);

}  // namespace cascade::playbook
