// BD002 and BD005: what the client lists of all skills of a folder together, and what a skill costs with all that its
// front matter binds. What is bound is counted once, however many ways lead to it.
#include <algorithm>
#include <map>

#include "files/paths.h"
#include "unicode/utf8.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

constexpr std::size_t named_largest = 10, room_of_newer_models = 30'000;

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
    // The usual limit is that of the smallest window; newer models have more room (client/models.h).
    const std::uint32_t limit = context.policy().limits.listing_budget;
    const bool fits_newer = limit == RuleLimits{}.listing_budget && sum <= room_of_newer_models;
    Diagnostic& finding =
        findings.add("BD002", fits_newer ? std::optional(Severity::info) : std::nullopt, at,
                     "names and descriptions of " + std::to_string(skills.size()) + " skills have " +
                         std::to_string(sum) + " characters, " + std::to_string(limit) +
                         (fits_newer ? " at most with models up to Claude 4.6; newer ones have room for "
                                       "30,000"
                                     : " at most"),
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

void check_memory_size(const Context&, const Document& document, Findings& findings) {
  if (document.role() != Role::memory || !findings.runs("BD008")) return;
  constexpr std::size_t most_characters = 40'000, most_bytes_of_agents = 32'768;
  const std::string_view text = document.text();
  const auto tell = [&](std::optional<Severity> severity, std::size_t size, std::string_view what) {
    findings.add("BD008", severity, document.whole(), "the memory file has " + std::to_string(size) + std::string(what),
                 "move what only some tasks need into rules with paths, or into skills");
  };
  if (files::file_name(document.path()) == "AGENTS.md") {
    if (text.size() > most_bytes_of_agents) tell(Severity::info, text.size(), " bytes; Codex reads the first 32,768");
  } else if (text.size() >= most_characters) {
    const std::size_t characters = unicode::count_code_points(text);
    if (characters >= most_characters)
      tell(std::nullopt, characters, " characters, all of them in every request; the client warns from 40,000 on");
  }
}

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
