// Reads from an agent's manifest on which model it wants to run.
#pragma once

#include <string>
#include <string_view>

namespace cascade::tiers {

struct ManifestTier {
  std::string tier;           // metadata: cascade-tier
  std::string model, effort;  // for the client itself
};
// Reads the manifest's text; values that it does not set are empty.
ManifestTier manifest_tier(std::string_view text);

}  // namespace cascade::tiers
