// From a request to the manifests it needs: playbook -> skill -> agent -> command and tool.
#ifndef CASCADE_RESOLVE_H
#define CASCADE_RESOLVE_H

#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace cascade CASCADE_EXPORT {

// `depth`: how many layers below a root are taken in full; what is one layer deeper comes as cards. 0: the root in
// full, cards of what it names. `follow`: the weakest strength that is followed; mentions never are by default.
struct Request {
  std::vector<Symbol> roots, exclude;
  Strength follow = Strength::invoked;
  std::uint32_t depth = 0;
  bool diagnose = true;  // false leaves Resolution::problems empty: wording them costs more than the walk
};

// `distance` counts links from the nearest root. `pulled_in_by` is the first link, in canonical order, on a shortest
// path.
struct Selected {
  ManifestId id{};
  std::uint32_t distance = 0;
  bool card_only = false;
  std::optional<Link> pulled_in_by;
};

// `selected` is ordered by (layer, scope's name, symbol). `tools`: exactly those of the agents and commands taken in
// full. `problems`: references met on the way that are dangling or ambiguous, requirements unmet, cycles.
struct Resolution {
  std::vector<Selected> selected;
  std::vector<ToolName> tools;
  std::vector<Diagnostic> problems;
};

enum class Verdict : std::uint8_t { root, reachable, excluded, shadowed, unreferenced, unknown };
std::string_view to_string(Verdict verdict) noexcept;

// Why `subject` is in or out: the shortest path of links from a root (every reference with its place), or what else
// has the name (`others`: who shadows it, or the candidates).
struct Explanation {
  Symbol subject;
  Verdict verdict = Verdict::unknown;
  std::vector<Link> path;
  std::vector<ManifestId> others;
};

// Linear in the manifests that are reached and their links. not_found: a root that nothing answers to; misuse: an
// ambiguous one. Both name the candidates in `help`.
Result<Resolution> resolve(const Registry& registry, const Request& request);
// Never fails: a subject that nothing answers to has the verdict unknown.
Explanation explain(const Registry& registry, const Request& request, const Symbol& subject);

}  // namespace cascade

#endif  // CASCADE_RESOLVE_H
