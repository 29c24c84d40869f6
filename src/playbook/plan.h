// What a playbook plans: its steps and how they follow one another, of its manifest.
#pragma once

#include <cascade/registry.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/chain.h"

namespace cascade::playbook {

struct Step {
  std::uint32_t number = 0;
  std::string skill;                   // the name as the playbook writes it
  std::string enter, leave, result;    // of its table: what it begins with, when it may end, what it hands on
  std::uint32_t line = 0, column = 0;  // of the skill's name; 0: not known
};

struct Plan {
  std::string root;  // "skill:fix-production-bug"
  std::vector<Step> steps;
  chain::Chain chain;
  chain::KeyFaults faults;  // of the keys: with one of them the plan is not to be followed

  const Step* find(std::uint32_t number) const noexcept;  // null when there is none
  // Texts that chain::read_chain makes the chain of.
  std::string order_text() const, exits_text() const, branches_text() const;
};

// Nothing for a manifest without steps.
std::optional<Plan> plan_of(const Registry& registry, ManifestId id);

}  // namespace cascade::playbook
