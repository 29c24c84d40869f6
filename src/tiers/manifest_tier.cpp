#include "tiers/manifest_tier.h"

#include "syntax/frontmatter.h"
#include "syntax/yaml.h"

namespace cascade::tiers {
namespace {

std::string string_at(const syntax::Node* object, std::string_view key) {
  const syntax::Node* value = object == nullptr ? nullptr : object->find(key);
  return value != nullptr && value->kind == syntax::NodeKind::string ? value->text : std::string();
}

}  // namespace

ManifestTier manifest_tier(std::string_view text) {
  const syntax::Frontmatter at = syntax::find_frontmatter(text);
  const syntax::Parsed parsed = syntax::parse_yaml(text.substr(at.begin, at.end - at.begin));
  ManifestTier tier{{}, string_at(&parsed.root, "model"), string_at(&parsed.root, "effort")};
  const syntax::Node* const metadata = parsed.root.find("metadata");
  tier.tier = string_at(metadata, "cascade-tier");
  if (tier.tier.empty()) tier.tier = string_at(metadata, "tier");
  return tier;
}

}  // namespace cascade::tiers
