// Chooses a subagent's model and effort. The manifest's tier gives both; a raised call takes the next stronger tier. A
// model above the session's is used only if the configuration allows it; otherwise the session's own model is the
// limit. What the agent's manifest or the caller sets takes precedence, so the tier fills only what they leave open.
#include "runs/choose.h"

#include <utility>

namespace cascade::tiers {
namespace {

using client::Family;
using policy::Tier;

// A tier that names no model runs on the session's.
std::pair<int, int> strength(const Tier& tier, std::optional<Family> session) {
  const std::optional<Family> family = tier.model ? tier.model : session;
  const auto effort = client::effort_rank(tier.effort);
  return {family ? static_cast<int>(*family) : static_cast<int>(Family::fable), effort ? static_cast<int>(*effort) : 0};
}

// The weakest of the stronger tiers; null if there is none.
const Tier* next(const Tier& own, const policy::Tiers& tiers, std::optional<Family> session) {
  const Tier* found = nullptr;
  for (const Tier& tier : tiers.all) {
    if (strength(tier, session) <= strength(own, session)) continue;
    if (found == nullptr || strength(tier, session) < strength(*found, session)) found = &tier;
  }
  return found;
}

bool may_run(Family family, std::optional<Family> session, bool raise) {
  return raise || family == Family::haiku || (session && family <= *session);
}

// The limit if a tier's model is too strong: the session's own model. Unset, the client uses that by itself, except for
// a subagent's subagent, which would get its caller's.
std::string most(const Start& start) {
  return start.nested && start.session ? std::string(to_string(*start.session)) : std::string();
}

}  // namespace

Choice choose(const Start& start, const policy::Tiers& tiers) {
  const Tier* tier = tiers.find(start.tier);
  Choice choice;
  if (tier == nullptr) return choice;
  choice.tier = tier->name;
  std::string effort = tier->effort;
  std::string model;
  if (start.raise) {
    choice.raised = true;
    tier = next(*tier, tiers, start.session);
    choice.tier = tier == nullptr ? "session" : tier->name;
    effort = tier == nullptr ? std::string() : tier->effort;
  }
  if (tier == nullptr)
    model = most(start);
  else if (tier->model)
    model = may_run(*tier->model, start.session, tiers.raise || tier->raise) ? std::string(to_string(*tier->model))
                                                                             : most(start);
  // If the client does not read the manifest because Cascade serves it, its own model must be passed on.
  if (!start.own_model.empty()) {
    const auto own = client::find_family(start.own_model);
    const bool passed = !start.is_read && own && may_run(*own, start.session, tiers.raise);
    model = passed ? start.own_model : std::string();
  }
  if (!start.own_effort.empty())
    effort = !start.is_read && client::effort_rank(start.own_effort) ? start.own_effort : std::string();
  if (start.asked_model.empty()) choice.model = model;
  if (start.asked_effort.empty()) choice.effort = effort;
  return choice;
}

}  // namespace cascade::tiers
