// Decides which manifests a bundle takes. It walks the links from the roots; each manifest gets a level: a followed
// link leads one level down, a requirement in the same or a higher layer stays on the level. Manifests within the
// requested depth are taken in full and expanded, those just beyond it appear as cards. The walk finishes a level
// before it begins the next, so each manifest is expanded once and at its smallest level. A plain breadth-first search
// over what was taken then counts the links from the nearest root, and a depth-first search reports cycles.
#include "resolve/resolve.h"

#include <algorithm>
#include <deque>
#include <set>
#include <tuple>

#include "text/names.h"
#include "text/suggestion.h"

namespace cascade {
namespace {

bool is_followed(const Request& request, const Link& link) noexcept {
  return link.strength != Strength::excluded && link.strength <= request.follow;
}

// Whether the target is needed next to its referrer and not one level below: a required manifest of the same or a
// higher layer.
bool is_beside(const ManifestView& from, const ManifestView& to, Strength strength) noexcept {
  return strength == Strength::required && to.layer <= from.layer;
}

// A name that the registry binds, else one that only one manifest could mean; what is ambiguous is refused, because
// taking any of them would be a guess.
Result<std::vector<ManifestId>> find_all(const Registry& registry, const std::vector<Symbol>& symbols) {
  std::vector<ManifestId> ids;
  for (const Symbol& symbol : symbols) {
    const std::string name = to_string(symbol);
    const std::optional<ManifestId> id = registry.find(symbol);
    const std::vector<ManifestId> candidates = id ? std::vector{*id} : registry.candidates(name);
    if (candidates.size() > 1)
      return Error{ErrorCode::misuse, "\"" + name + "\" is ambiguous", "",
                   "say which: " + letters::joined(candidates, ", ", [&](ManifestId one) {
                     return to_string(symbol_of(registry[one]));
                   })};
    if (candidates.size() == 1) {
      ids.push_back(candidates.front());
      continue;
    }
    const std::string near = letters::joined(registry.nearest(symbol.name, symbol.kind, 3), ", ",
                                             [&](const Symbol& other) { return to_string(other); });
    return Error{ErrorCode::not_found, "there is no " + name, "",
                 near.empty() ? "see cascade list" : letters::did_you_mean(near)};
  }
  return ids;
}

// The walk's knowledge about one manifest.
struct Visit {
  bool seen = false, full = false;
  std::uint32_t distance = no_way;
  std::optional<Link> link;
  static constexpr std::uint32_t no_way = 0xFFFFFFFF;
};

// The walk from the roots; run() returns a visit for each manifest of the registry.
class Walk {
 public:
  Walk(const Registry& registry, const Request& request, const std::set<ManifestId>& excluded)
      : registry_(registry), request_(request), excluded_(excluded), visits_(registry.size()) {}

  std::vector<Visit> run(const std::vector<ManifestId>& roots) {
    for (const ManifestId root : roots)
      if (excluded_.count(root) == 0) take(root, level_);
    const std::vector<ManifestId> starts = level_;
    for (std::uint32_t level = 0; !level_.empty(); ++level) {
      for (std::size_t i = 0; i < level_.size(); ++i) expand(level_[i], level < request_.depth);
      level_.clear();
      level_.swap(below_);
    }
    measure(starts);
    return std::move(visits_);
  }

 private:
  // Calls visit(to, strength, link) for each manifest that `from` leads to; the link is null for one of several.
  template <typename Visitor>
  void each_target(ManifestId from, Visitor visit) const {
    for (const Link& link : registry_.links(from))
      if (is_followed(request_, link)) visit(link.to, link.strength, &link);
    for (const Span<ManifestId>& group : registry_.requires_any(from))
      for (const ManifestId member : group) visit(member, Strength::required, nullptr);
  }

  void take(ManifestId id, std::vector<ManifestId>& level) {
    visits_[index(id)].seen = true;
    level.push_back(id);
  }

  void expand(ManifestId id, bool below_too) {
    if (visits_[index(id)].full) return;
    visits_[index(id)].full = true;
    each_target(id, [&](ManifestId to, Strength strength, const Link* /*link*/) {
      if (excluded_.count(to) != 0) return;
      if (is_beside(registry_[id], registry_[to], strength))
        take(to, level_);
      else if (below_too)
        take(to, below_);
      else
        visits_[index(to)].seen = true;  // a card
    });
  }

  void measure(const std::vector<ManifestId>& starts) {
    std::vector<ManifestId> queue;
    const auto reach = [&](ManifestId id, std::uint32_t distance, const Link* link) {
      Visit& visit = visits_[index(id)];
      if (!visit.seen || visit.distance != Visit::no_way) return;
      visit.distance = distance;
      if (link != nullptr) visit.link = *link;
      if (visit.full) queue.push_back(id);
    };
    for (const ManifestId start : starts) reach(start, 0, nullptr);
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const std::uint32_t distance = visits_[index(queue[i])].distance + 1;
      each_target(queue[i], [&](ManifestId to, Strength /*strength*/, const Link* link) { reach(to, distance, link); });
    }
  }

  const Registry& registry_;
  const Request& request_;
  const std::set<ManifestId>& excluded_;
  std::vector<Visit> visits_;
  std::vector<ManifestId> level_, below_;  // to expand on the level at hand, and on the next one
};

Diagnostic problem_at(Severity severity, std::string rule, Location at, std::string message, std::string help) {
  return {severity, std::move(rule), std::move(at), std::move(message), std::move(help), {}, {}, {}};
}

Diagnostic cycle(const Registry& registry, const Link& link) {
  const ManifestView from = registry[link.from];
  return problem_at(Severity::info, "RF004", {std::string(from.path), link.line, link.column},
                    "\"" + std::string(from.name) + "\" leads back to \"" + std::string(registry[link.to].name) + "\"",
                    "each manifest is taken once; break the circle to make the order clear");
}

// Reports a group of which every member is excluded.
void check_groups(const Registry& registry, const std::set<ManifestId>& excluded, ManifestId id,
                  std::vector<Diagnostic>& problems) {
  for (const Span<ManifestId>& group : registry.requires_any(id)) {
    if (std::ranges::any_of(group, [&](ManifestId member) { return excluded.count(member) == 0; })) continue;
    problems.push_back(
        problem_at(Severity::error, "RF002", {std::string(registry[id].path), 1},
                   "none of the manifests that \"" + std::string(registry[id].name) + "\" needs one of is there",
                   "define one of them, or remove it from what is excluded"));
  }
}

// Reports every link that closes a cycle of manifests taken in full; the walk itself visits each once.
void find_cycles(const Registry& registry, const Request& request, const std::vector<Visit>& visits,
                 std::vector<Diagnostic>& problems) {
  // White: not reached; grey: on the path from the start; black: all below it is done. A link to a grey manifest closes
  // a cycle. The path is kept here and not on the program's stack, since a chain may be as long as the library.
  enum class Colour : std::uint8_t { white, grey, black };
  std::vector<Colour> colour(visits.size(), Colour::white);
  struct Step {
    ManifestId id{};
    std::size_t next = 0;
  };
  for (std::uint32_t start = 0; start < visits.size(); ++start) {
    if (!visits[start].full || colour[start] != Colour::white) continue;
    std::vector<Step> path{{ManifestId{start}, 0}};
    colour[start] = Colour::grey;
    while (!path.empty()) {
      const Span<Link> links = registry.links(path.back().id);
      if (path.back().next == links.size) {
        colour[index(path.back().id)] = Colour::black;
        path.pop_back();
        continue;
      }
      const Link& link = links[path.back().next++];
      const std::uint32_t to = index(link.to);
      if (!is_followed(request, link) || to >= visits.size() || !visits[to].full) continue;
      if (colour[to] == Colour::grey) problems.push_back(cycle(registry, link));
      if (colour[to] != Colour::white) continue;
      colour[to] = Colour::grey;
      path.push_back({link.to, 0});
    }
  }
}

Resolution collect(const Registry& registry, const Request& request, const std::vector<Visit>& visits,
                   const std::set<ManifestId>& excluded) {
  Resolution resolution;
  std::set<ToolName> tools;
  for (std::uint32_t i = 0; i < visits.size(); ++i) {
    const Visit& visit = visits[i];
    if (!visit.seen) continue;
    resolution.selected.push_back({ManifestId{i}, visit.distance, !visit.full, visit.link});
    if (!visit.full) continue;
    const ManifestId id{i};
    if (registry[id].kind != Kind::skill)
      for (ToolName& tool : registry.tools(id)) tools.insert(std::move(tool));
    if (!request.diagnose) continue;
    for (Diagnostic& problem : registry.problems(id))
      if (problem.rule.starts_with("RF")) resolution.problems.push_back(std::move(problem));
    check_groups(registry, excluded, id, resolution.problems);
  }
  if (request.diagnose) find_cycles(registry, request, visits, resolution.problems);
  resolution.tools.assign(tools.begin(), tools.end());
  const auto key = [&](const Selected& selected) {
    const ManifestView view = registry[selected.id];
    return std::make_tuple(view.layer, to_string(view.scope), view.kind, view.name, index(selected.id));
  };
  std::ranges::sort(resolution.selected, [&](const Selected& a, const Selected& b) { return key(a) < key(b); });
  std::sort(resolution.problems.begin(), resolution.problems.end());
  return resolution;
}

// Returns the shortest chain of followed links from a root to `goal`; the first in canonical order among equals.
// Empty: none. A breadth-first search that remembers by which link each manifest was first reached: the walk above
// orders by levels and keeps the best link, not a path.
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
      if (is_followed(request, link)) reach(link);
    for (const Span<ManifestId>& group : registry.requires_any(from))
      for (const ManifestId member : group) reach({from, member, Strength::required, Via::frontmatter, 0, 0});
  }
  std::vector<Link> path;
  // No link led to a root, so the way back ends there.
  for (ManifestId at = goal; came_by[index(at)]; at = came_by[index(at)]->from) path.push_back(*came_by[index(at)]);
  std::ranges::reverse(path);
  return path;
}

bool contains(const std::vector<ManifestId>& ids, ManifestId id) { return std::ranges::find(ids, id) != ids.end(); }

}  // namespace

Result<Resolution> resolve(const Registry& registry, const Request& request) {
  const auto roots = find_all(registry, request.roots);
  if (!roots) return roots.error();
  const auto excluded = find_all(registry, request.exclude);
  if (!excluded) return excluded.error();
  const std::set<ManifestId> left_out(excluded->begin(), excluded->end());
  return collect(registry, request, Walk(registry, request, left_out).run(*roots), left_out);
}

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
  const auto roots = find_all(registry, request.roots);
  const auto excluded = find_all(registry, request.exclude);
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

// Resolves, excludes what is not open, and resolves once more, so that what only a closed manifest leads to is left out
// as well. A third time would change nothing: excluding never brings a manifest in.
Result<Resolution> resolve_only_open(const Registry& registry, Request& request, const IsOpen& is_open) {
  auto resolution = resolve(registry, request);
  if (!resolution || !is_open) return resolution;
  const std::size_t excluded = request.exclude.size();
  for (const Selected& selected : resolution->selected)
    if (selected.distance > 0 && !is_open(selected.id)) request.exclude.push_back(symbol_of(registry[selected.id]));
  return request.exclude.size() == excluded ? std::move(resolution) : resolve(registry, request);
}

std::vector<std::string_view> requirements_of(const Registry& registry, ManifestId id) {
  std::vector<std::string_view> needs;
  for (const std::string_view key : {"metadata.cascade-requires-all", "cascade-requires-all"}) {
    std::string_view value = registry.field(id, key).value_or(std::string_view());
    while (!value.empty()) {
      const std::size_t end = value.find_first_of(" ,");
      const std::string_view need = value.substr(0, end);
      if (need.starts_with("bin:") || need.starts_with("mcp:") || need.starts_with("file:")) needs.push_back(need);
      if (end == std::string_view::npos) break;
      value.remove_prefix(end + 1);
    }
  }
  return needs;
}

}  // namespace cascade
