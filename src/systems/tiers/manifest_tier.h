// Reads from an agent's manifest on which model it wants to run.
#pragma once

#include <string>
#include <string_view>

namespace cascade::tiers {

struct ManifestTier {
  std::string tier;           // metadata: cascade-tier
  std::string model, effort;  // for the client itself
};
ManifestTier manifest_tier(std::string_view text);  // reads the manifest's text; values that it does not set are empty

}  // namespace cascade::tiers
