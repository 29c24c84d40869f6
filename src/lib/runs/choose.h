// Decides on which model, and with how much effort, a subagent runs.
#pragma once

#include <optional>
#include <string>

#include "client/models.h"
#include "policy/policy.h"

namespace cascade::tiers {

// An agent that is about to start. A text is empty if the value is unset.
struct Start {
  std::string tier;                         // its manifest's cascade-tier
  std::string own_model, own_effort;        // its manifest's `model` and `effort`
  bool is_read = true;                      // the client reads that manifest: its values take effect without us
  std::string asked_model, asked_effort;    // by its caller
  bool nested = false;                      // a subagent calls it and passes on what is not set
  std::optional<client::Family> session{};  // the main conversation's; nothing: unknown
  bool raise = false;                       // one tier up, because it failed on its own tier
};

struct Choice {
  std::string tier;           // the tier that it runs on; empty: none is configured for it
  bool raised = false;        // that tier is not its own
  std::string model, effort;  // to be set; empty: left as it is
};

// The values that the caller or the agent's own file sets are kept. Nothing exceeds the session's model unless the
// configuration allows it; if that model is unknown, only the lightest family is certain not to exceed it.
Choice choose(const Start& start, const policy::Tiers& tiers);

}  // namespace cascade::tiers
