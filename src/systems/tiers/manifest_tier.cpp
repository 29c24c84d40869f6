#include "tiers/manifest_tier.h"

#include "syntax/frontmatter.h"
#include "syntax/members.h"
#include "syntax/yaml.h"

namespace cascade::tiers {

ManifestTier manifest_tier(std::string_view text) {
  const syntax::Frontmatter at = syntax::find_frontmatter(text);
  const syntax::Parsed parsed = syntax::parse_yaml(text.substr(at.begin, at.end - at.begin));
  ManifestTier tier{{}, text_of(parsed.root, "model"), text_of(parsed.root, "effort")};
  if (const syntax::Node* const metadata = parsed.root.find("metadata")) {
    tier.tier = text_of(*metadata, "cascade-tier");
    // The name with Cascade's prefix wins: a plain `tier` may be meant for another tool.
    if (tier.tier.empty()) tier.tier = text_of(*metadata, "tier");
  }
  return tier;
}

}  // namespace cascade::tiers
