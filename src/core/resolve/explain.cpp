// Explains why a manifest is in a bundle or not: a breadth-first search from the roots over the same links that
// resolve() follows, remembering by which link each manifest was first reached. Going back over these links from the
// goal gives a shortest chain. It is a search of its own, because resolve() orders by levels and keeps the best link,
// not a path.
#include <cascade/resolve.h>

#include <algorithm>
#include <deque>

#include "resolve/walk.h"
#include "text/names.h"

namespace cascade {
namespace {

// Returns the shortest chain of followed links from a root to `goal`; the first in canonical order among equals.
// Empty: none.
std::vector<Link> shortest_path(const Registry& registry, const Request& request, const std::vector<ManifestId>& roots,
                                const std::vector<ManifestId>& excluded, ManifestId goal) {
  std::vector<std::optional<Link>> came_by(registry.size());
  std::vector<char> seen(registry.size(), 0);
  std::deque<ManifestId> queue;
  // What is excluded counts as seen, so that no chain leads through it.
  for (const ManifestId id : excluded) seen[index(id)] = 1;
  for (const ManifestId id : roots) {
    if (seen[index(id)] != 0) continue;
    seen[index(id)] = 1;
    queue.push_back(id);
  }
  const auto reach = [&](const Link& link) {
    if (index(link.to) >= seen.size() || seen[index(link.to)] != 0) return;
    seen[index(link.to)] = 1;
    came_by[index(link.to)] = link;
    queue.push_back(link.to);
  };
  while (!queue.empty()) {
    const ManifestId from = queue.front();
    queue.pop_front();
    for (const Link& link : registry.links(from))
      if (resolve_detail::is_followed(request, link)) reach(link);
    for (const Span<ManifestId>& group : registry.requires_any(from))
      for (const ManifestId member : group) reach({from, member, Strength::required, Via::frontmatter, 0, 0});
  }
  std::vector<Link> path;
  // No link led to a root, so the way back ends there.
  for (ManifestId at = goal; came_by[index(at)]; at = came_by[index(at)]->from) path.push_back(*came_by[index(at)]);
  std::reverse(path.begin(), path.end());
  return path;
}

bool contains(const std::vector<ManifestId>& ids, ManifestId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

constexpr letters::Names<Verdict::unknown> verdict_names("root", "reachable", "excluded", "shadowed", "unreferenced",
                                                         "unknown");
std::string_view to_string(Verdict verdict) noexcept { return verdict_names.of(verdict); }

// The verdicts in order of strength: who is shadowed or excluded is so whatever links lead there.
Explanation explain(const Registry& registry, const Request& request, const Symbol& subject) {
  Explanation explanation;
  explanation.subject = subject;
  std::optional<ManifestId> id = registry.find(subject);
  if (!id) {
    const std::vector<ManifestId> candidates = registry.candidates(subject.name);
    if (candidates.size() != 1) {
      explanation.others = candidates;
      return explanation;
    }
    id = candidates.front();
  }
  if (const auto winner = registry.shadowed_in_favour_of(*id)) {
    explanation.verdict = Verdict::shadowed;
    explanation.others = {*winner};
    return explanation;
  }
  const auto roots = resolve_detail::find_all(registry, request.roots);
  const auto excluded = resolve_detail::find_all(registry, request.exclude);
  if (excluded && contains(*excluded, *id)) {
    explanation.verdict = Verdict::excluded;
  } else if (roots && contains(*roots, *id)) {
    explanation.verdict = Verdict::root;
  } else if (roots) {
    explanation.path = shortest_path(registry, request, *roots, excluded ? *excluded : std::vector<ManifestId>{}, *id);
    explanation.verdict = explanation.path.empty() ? Verdict::unreferenced : Verdict::reachable;
  }
  const Span<ManifestId> hidden = registry.shadowed_by(*id);
  explanation.others.assign(hidden.begin(), hidden.end());
  return explanation;
}

}  // namespace cascade
