#include "tiers/manifest_tier.h"

#include "syntax/frontmatter.h"
#include "syntax/yaml.h"

namespace cascade::tiers {
namespace {

std::string text_of(const syntax::Node* object, std::string_view key) {
  const syntax::Node* value = object == nullptr ? nullptr : object->find(key);
  return value != nullptr && value->kind == syntax::NodeKind::string ? value->text : std::string();
}

}  // namespace

ManifestTier manifest_tier(std::string_view text) {
  const syntax::Frontmatter at = syntax::find_frontmatter(text);
  const syntax::Parsed parsed = syntax::parse_yaml(text.substr(at.begin, at.end - at.begin));
  ManifestTier tier{{}, text_of(&parsed.root, "model"), text_of(&parsed.root, "effort")};
  const syntax::Node* const metadata = parsed.root.find("metadata");
  tier.tier = text_of(metadata, "cascade-tier");
  if (tier.tier.empty()) tier.tier = text_of(metadata, "tier");
  return tier;
}

}  // namespace cascade::tiers
