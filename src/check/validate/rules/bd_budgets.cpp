// BD002 and BD005: what the client lists of all skills of a folder together, and what a skill costs with all that its
// front matter binds. What is bound is counted once, however many ways lead to it.
#include <algorithm>
#include <map>

#include "unicode/utf8.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

constexpr std::size_t named_largest = 10;

// The client looks one folder deep, and where plugin.json says.
bool is_loaded(const Context& context, const ManifestFacts& facts) {
  const std::string& path = facts.name_at.path;
  std::string_view below = path;
  if (!facts.base.empty() && below.starts_with(facts.base)) below.remove_prefix(facts.base.size() + 1);
  return !below.starts_with("skills/") || std::count(below.begin(), below.end(), '/') <= 2 ||
         context.facts.is_listed(path);
}

// The part of the client's listing used by one plugin, or one folder of skills.
void check_listings(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  std::map<std::string_view, std::vector<const ManifestFacts*>> by_base;
  for (const ManifestFacts& facts : manifests)
    if (facts.role == Role::skill && facts.for_model && is_loaded(context, facts))
      by_base[facts.base].push_back(&facts);
  for (auto& [base, skills] : by_base) {
    std::size_t sum = 0;
    for (const ManifestFacts* skill : skills) sum += skill->listed;
    if (sum <= context.policy().limits.listing_budget) continue;
    std::stable_sort(skills.begin(), skills.end(),
                     [](const ManifestFacts* a, const ManifestFacts* b) { return a->listed > b->listed; });
    Location at;
    at.path = base.empty() ? "." : std::string(base);
    Diagnostic& finding = findings.add("BD002", at,
                                       "names and descriptions of " + std::to_string(skills.size()) + " skills have " +
                                           std::to_string(sum) + " characters, " +
                                           std::to_string(context.policy().limits.listing_budget) + " at most",
                                       "shorten the longest, or close some to the model with disable-model-invocation");
    for (std::size_t i = 0; i < std::min(named_largest, skills.size()); ++i)
      finding.related.push_back({skills[i]->description_at, std::to_string(skills[i]->listed) + " characters"});
  }
}

// The bodies of a manifest and of everything its fields bind, directly or indirectly.
std::uint64_t closure_cost(const Registry& registry, ManifestId root) {
  std::vector<std::uint32_t> found = {index(root)};
  std::vector<bool> seen(registry.size(), false);
  seen[index(root)] = true;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    sum += registry[ManifestId{found[i]}].body.tokens;
    for (const Link& link : registry.links(ManifestId{found[i]})) {
      if (link.via != Via::frontmatter || link.strength > Strength::invoked || seen[index(link.to)]) continue;
      seen[index(link.to)] = true;
      found.push_back(index(link.to));
    }
  }
  return sum;
}

}  // namespace

void check_budgets(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings) {
  if (findings.runs("BD002")) check_listings(context, manifests, findings);
  if (!findings.runs("BD005")) return;
  const std::uint32_t limit = context.policy().limits.bundle_budget;
  for (const ManifestFacts& facts : manifests) {
    if (facts.role != Role::skill) continue;
    const std::uint64_t cost = closure_cost(context.registry, facts.id);
    if (cost > limit)
      findings.add("BD005", facts.name_at,
                   "with all that it binds the skill has " + std::to_string(cost) + " tokens, " +
                       std::to_string(limit) + " at most",
                   "split it, or bind less");
  }
}

}  // namespace cascade::validation
