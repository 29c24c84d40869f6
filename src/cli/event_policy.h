// What is configured where an event comes from.
#pragma once

#include <cascade/hook.h>

#include <optional>

#include "cli/environment.h"
#include "policy/policy.h"

namespace cascade::cli {

// Read when it is first asked for, and once: several systems ask, and most events concern none.
class EventPolicy {
 public:
  // Both outlive it.
  EventPolicy(const Environment& environment, const HookEvent& event) noexcept
      : environment_(environment), event_(event) {}
  // Error: the configuration cannot be read (policy::read_policy).
  const Result<policy::Policy>& get();

 private:
  const Environment& environment_;
  const HookEvent& event_;
  std::optional<Result<policy::Policy>> policy_;
};

}  // namespace cascade::cli
