// What an agent's manifest says of the model that it is to run on.
#pragma once

#include <string>
#include <string_view>

namespace cascade::tiers {

struct ManifestTier {
  std::string tier;           // metadata: cascade-tier
  std::string model, effort;  // for the client itself
};
// Of the manifest's text; empty members for what it does not say.
ManifestTier manifest_tier(std::string_view text);

}  // namespace cascade::tiers
