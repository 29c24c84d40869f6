// On which model, and with how much effort, a subagent is to run.
#pragma once

#include <optional>
#include <string>

#include "client/models.h"
#include "policy/policy.h"

namespace cascade::tiers {

// An agent that is about to start. Texts are empty where nothing is said.
struct Start {
  std::string tier;                         // its manifest's cascade-tier
  std::string own_model, own_effort;        // its manifest's `model` and `effort`
  bool is_read = true;                      // the client reads that manifest: what it sets holds without us
  std::string asked_model, asked_effort;    // by whoever calls it
  bool nested = false;                      // a subagent calls it: what is not set comes from that one
  std::optional<client::Family> session{};  // the main conversation's; nothing: not known
  bool raise = false;                       // one tier up, since it failed on its own
};

struct Choice {
  std::string tier;           // that it runs on; empty: none is configured for it
  bool raised = false;        // it is not its own
  std::string model, effort;  // to be set; empty: stays as it is
};

// What the caller set stays, and what the agent's own file sets. Nothing is above the session's model where the
// configuration does not allow it; where that model is not known, only the lightest family is surely not above it.
Choice choose(const Start& start, const policy::Tiers& tiers);

}  // namespace cascade::tiers
