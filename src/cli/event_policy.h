// The configuration at the place where an event comes from.
#pragma once

#include <cascade/hook.h>

#include <optional>

#include "cli/environment.h"
#include "policy/policy.h"

namespace cascade::cli {

// Read once, when first asked for: several systems ask, and most events concern none of them.
class EventPolicy {
 public:
  // Both references must outlive it.
  EventPolicy(const Environment& environment, const HookEvent& event) noexcept
      : environment_(environment), event_(event) {}
  // Error: the configuration cannot be read (see policy::read_policy).
  const Result<policy::Policy>& get();

 private:
  const Environment& environment_;
  const HookEvent& event_;
  std::optional<Result<policy::Policy>> policy_;
};

}  // namespace cascade::cli
