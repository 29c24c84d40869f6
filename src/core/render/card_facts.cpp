// Collects what `cascade show` prints about a manifest, for text and JSON alike.
#include "render/card_facts.h"

namespace cascade::rendering {

CardFacts card_facts(const Registry& registry, ManifestId id, std::optional<std::uint32_t> section) {
  CardFacts facts;
  facts.manifest = registry[id];
  facts.shorter.resize(facts.manifest.sections);
  for (std::uint32_t index = 0; index < facts.manifest.sections; ++index) {
    const SectionView view = registry.section(id, index);
    if (view.shorter_of != index) {
      facts.shorter[view.shorter_of].push_back(index);
      continue;
    }
    if (!facts.sections.empty() && view.line > facts.sections.back().line) facts.sections.back().last = view.line - 1;
    facts.sections.push_back({index, view.line, 0});
  }
  if (section)
    for (const SectionLines& lines : std::vector<SectionLines>(facts.sections))
      if (lines.index == *section) facts.sections = {lines};
  const auto is_shown = [&](std::uint32_t line) { return !section || facts.sections.front().contains(line); };
  for (const Link& link : registry.links(id))
    if (is_shown(link.line)) facts.out.push_back(link);
  if (!section)
    for (const Link& link : registry.links_to(id)) facts.in.push_back(link);
  for (Unbound& unbound : registry.unbound())
    if (unbound.from == id && is_shown(unbound.reference.at.line)) facts.unbound.push_back(std::move(unbound));
  for (Diagnostic& problem : registry.problems(id))
    if (is_shown(problem.at.line)) facts.problems.push_back(std::move(problem));
  return facts;
}

}  // namespace cascade::rendering
