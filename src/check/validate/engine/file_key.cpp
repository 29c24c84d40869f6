// A key names everything that the rules read without asking the tree; what they ask it for is noted beside the result
// (Looks). Texts go in with their lengths, so that no two lists of parts give the same bytes. If a rule starts to read
// something new, it belongs here or in Looks: otherwise the cache gives results of yesterday.
#include "validate/engine/file_key.h"

#include "files/paths.h"
#include "registry/tables.h"

namespace cascade::validation {
namespace {

// Concatenates parts so that different lists of parts give different bytes.
class Parts {
 public:
  Parts& add(std::string_view text) {
    add(text.size());
    bytes_ += text;
    return *this;
  }
  Parts& add(std::uint64_t number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof(number));
    return *this;
  }
  template <typename List>
  Parts& all(const List& texts) {
    add(texts.size());
    for (const std::string& text : texts) add(text);
    return *this;
  }

  hash::Hash128 hash() const { return hash::hash128(bytes_); }

 private:
  std::string bytes_;
};

void add_policy(Parts& parts, const RulePolicy& policy) {
  parts.add(policy.profile).add(policy.rules.size());
  for (const RuleSetting& setting : policy.rules)
    parts.add(setting.rule).add(static_cast<std::uint64_t>(setting.severity));
  parts.add(policy.limits.listing_budget).add(policy.limits.bundle_budget);
  parts.add(policy.limits.max_agents_per_skill).add(policy.limits.max_depth);
  parts.all(policy.known.tools).all(policy.known.mcp_servers).all(policy.known.models).all(policy.known.agents);
  parts.all(policy.known.tiers);
}

void add_manifest(Parts& parts, const ManifestView& manifest) {
  parts.add(static_cast<std::uint64_t>(manifest.kind)).add(manifest.name).add(manifest.title).add(manifest.plugin);
  parts.add(manifest.description).add(manifest.document ? 1 : 0);
}

}  // namespace

hash::Hash128 key_of_all(const Context& context, std::string_view program) {
  Parts parts;
  parts.add(program);
  add_policy(parts, context.policy());
  for (const PluginFacts& plugin : context.facts.plugins)
    parts.add(plugin.base).add(plugin.name).all(plugin.listed).all(plugin.hook_files).all(plugin.replaced);
  parts.add(context.facts.servers.size());
  for (const ServerFacts& servers : context.facts.servers) parts.add(servers.base).all(servers.servers);
  parts.all(context.facts.vendors).add(context.facts.grouped_skills ? 1 : 0);
  return parts.hash();
}

hash::Hash128 file_key(const hash::Hash128& all, const Context& context, const std::string& path,
                       const hash::Hash128& content, const Place& place) {
  Parts parts;
  parts.add(all.high).add(all.low).add(path).add(content.high).add(content.low);
  parts.add(static_cast<std::uint64_t>(place.role)).add(place.base).add(place.in_plugin ? 1 : 0);
  parts.add(place.skill ? 1 : 0).add(place.skill.value_or(std::string_view()));
  std::optional<ManifestId> manifest = place.manifest;
  parts.add(manifest ? 1 : 0);
  if (!manifest && place.skill) manifest = context.layout.manifest_at(files::join(*place.skill, "SKILL.md"));
  if (manifest) add_manifest(parts, context.registry[*manifest]);
  return parts.hash();
}

hash::Hash128 key_of_tree(const hash::Hash128& all, const Context& context,
                          const std::vector<hash::Hash128>& of_files) {
  Parts parts;
  parts.add(all.high).add(all.low).all(context.tree.files());
  for (const hash::Hash128& file : of_files) parts.add(file.high).add(file.low);
  const hash::Hash128 registry = hash::hash128(RegistryTables::bytes(context.registry));
  parts.add(registry.high).add(registry.low).add(context.policy().ignore.size());
  for (const Ignore& ignore : context.policy().ignore) parts.add(ignore.path).all(ignore.rules);
  for (const Diagnostic& known : context.request.known) {
    parts.add(known.rule).add(known.at.path).add(known.at.line).add(known.message).add(known.help);
    parts.add(static_cast<std::uint64_t>(known.severity));
  }
  return parts.hash();
}

}  // namespace cascade::validation
