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
  std::vector<Symbol> roots, exclude;   // the manifests where the walk begins, and those that it must not enter
  Strength follow = Strength::invoked;  // the weakest strength that is followed; mentions are followed only on request
  // How many layers below a root are taken in full. The layer below those is taken as cards. 0: the root in full, and
  // cards of what it names.
  std::uint32_t depth = 0;
  bool diagnose = true;  // false leaves Resolution::problems empty; wording them costs more than the walk
};

struct Selected {
  ManifestId id{};
  std::uint32_t distance = 0;  // links from the nearest root; 0: it is a root
  bool card_only = false;      // it lies just beyond the depth: only its card is taken
  // The last link of the first shortest path from a root. Empty for a root and a member of a requires-any list.
  std::optional<Link> pulled_in_by;
};

struct Resolution {
  std::vector<Selected> selected;  // by layer, then the scope's name, then symbol
  std::vector<ToolName> tools;     // the tools of the agents and commands that are taken in full, and no others
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
  std::vector<Link> path;          // the links of a shortest path from a root to it
  std::vector<ManifestId> others;  // the manifest that shadows it, or the candidates for its name
};

// Linear in the manifests that it reaches and their links. Errors: not_found if a root matches no manifest, misuse if
// it matches more than one; `help` names the candidates.
Result<Resolution> resolve(const Registry& registry, const Request& request);
// Never fails. A subject that matches no manifest has the verdict unknown.
Explanation explain(const Registry& registry, const Request& request, const Symbol& subject);

}  // namespace cascade

#endif  // CASCADE_RESOLVE_H
