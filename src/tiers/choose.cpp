#include "tiers/choose.h"

#include <utility>
#include <vector>

namespace cascade::tiers {
namespace {

using client::Family;
using policy::Tier;

// A tier that says nothing of a model runs on the session's.
std::pair<int, int> strength(const Tier& tier, std::optional<Family> session) {
  const std::optional<Family> family = tier.model ? tier.model : session;
  const auto effort = client::effort_rank(tier.effort);
  return {family ? static_cast<int>(*family) : static_cast<int>(Family::fable), effort ? static_cast<int>(*effort) : 0};
}

// The weakest of those that are stronger; null: there is none.
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

// Where a tier's model is too much the session's own is the most there may be: what the client takes where nothing is
// set, but for a subagent's subagent, which gets its caller's.
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
  // A manifest that Cascade serves in the client's place keeps its own word by being passed on.
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
