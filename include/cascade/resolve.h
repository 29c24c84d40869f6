// Finds the manifests that a request needs: playbook -> skill -> agent -> command and tool.
#ifndef CASCADE_RESOLVE_H
#define CASCADE_RESOLVE_H

#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace cascade CASCADE_EXPORT {

// The manifests that are wanted.
struct Request {
  // The manifests where the walk begins, and those that it must not enter.
  std::vector<Symbol> roots, exclude;
  // The weakest strength that is followed. Mentions are followed only on request.
  Strength follow = Strength::invoked;
  // How many layers below a root are taken in full. The layer below those is taken as cards. 0: the root in full, and
  // cards of what it names.
  std::uint32_t depth = 0;
  // False leaves Resolution::problems empty; wording them costs more than the walk.
  bool diagnose = true;
};

struct Selected {
  ManifestId id{};
  // Links from the nearest root. 0: it is a root.
  std::uint32_t distance = 0;
  bool card_only = false;  // it lies just beyond the depth: only its card is taken
  // The last link of the first shortest path from a root. Empty for a root and a member of a requires-any list.
  std::optional<Link> pulled_in_by;
};

struct Resolution {
  // By layer, then the scope's name, then symbol.
  std::vector<Selected> selected;
  // The tools of the agents and commands that are taken in full, and no others.
  std::vector<ToolName> tools;
  // Faults of the references on the way: dangling and ambiguous ones, unmet requirements, cycles.
  std::vector<Diagnostic> problems;
};

enum class Verdict : std::uint8_t {
  root,          // it was asked for
  reachable,     // links lead to it
  excluded,      // the request excludes it, or every path to it
  shadowed,      // another manifest won its name
  unreferenced,  // no link that is followed leads to it
  unknown        // the name matches no manifest, or more than one
};
std::string_view to_string(Verdict verdict) noexcept;

// Why a manifest is in a resolution, or why it is not.
struct Explanation {
  Symbol subject;
  Verdict verdict = Verdict::unknown;
  // The links of a shortest path from a root to it.
  std::vector<Link> path;
  // The manifest that shadows it, or the candidates for its name.
  std::vector<ManifestId> others;
};

// Linear in the manifests that it reaches and their links. Errors: not_found if a root matches no manifest, misuse if
// it matches more than one; `help` names the candidates.
Result<Resolution> resolve(const Registry& registry, const Request& request);
// Never fails. A subject that matches no manifest has the verdict unknown.
Explanation explain(const Registry& registry, const Request& request, const Symbol& subject);

}  // namespace cascade

#endif  // CASCADE_RESOLVE_H
