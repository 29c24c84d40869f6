#include "cli/open_effects.h"

#include <algorithm>

#include "evidence/claims.h"
#include "systems/effects.h"

namespace cascade::cli {

tiers::HasOpenEffect open_effects() {
  return [](const session::Ledger& ledger, const std::string& id) {
    const auto claims = evidence::assess(systems::outside_events(ledger));
    return std::any_of(claims.begin(), claims.end(),
                       [&](const evidence::Claim& claim) { return claim.agent == id && claim.is_open(); });
  };
}

}  // namespace cascade::cli
