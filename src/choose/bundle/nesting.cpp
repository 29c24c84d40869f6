// A ladder, and a conversation that is restored, need a bundle inside another one or around it. pack() has no such
// condition, so it is said with those that it has: a node that may not be shown conflicts with the root, and a node
// that must be shown is required by the root, which is always in.
#include "bundle/nesting.h"

#include <algorithm>
#include <set>

namespace cascade::bundle {
namespace {

std::uint32_t gap_ppm(std::uint64_t value, std::uint64_t bound) {
  const std::uint64_t gap = bound - value;
  return static_cast<std::uint32_t>((gap * 1'000'000 + bound - 1) / std::max<std::uint64_t>(bound, 1));
}

// The nodes that show nothing beyond the larger bundle. Marks and names are always allowed.
class Allowed {
 public:
  Allowed(const BundleRequest& request, const Items& items)
      : items_(items), shown_(request.within.begin(), request.within.end()), allowed_(items.nodes.size(), true) {
    for (const Text& text : items.texts) {
      const bool opens = text.opening != no_node && is_shown(text.opening);
      allow(text.card, text.card_held || opens || is_shown(text.card));
      allow(text.opening, text.head_held || opens);
      for (const SectionNodes& section : text.sections) add(section);
    }
    for (const FileNodes& file : items.files) allow(file.node, file.node != no_node && is_shown(file.node));
  }

  bool operator[](std::uint32_t node) const { return allowed_[node]; }

 private:
  bool is_shown(std::uint32_t node) const { return shown_.count(items_.nodes[node].content_hash) != 0; }
  void allow(std::uint32_t node, bool may) {
    if (node != no_node) allowed_[node] = may;
  }

  // If a form is shown, the shorter forms are allowed.
  void add(const SectionNodes& section) {
    bool any = section.same != no_node && is_shown(section.same);
    for (std::uint32_t node = section.full + 1; node-- > section.begin;) {
      any = any || is_shown(node);
      allow(node, any);
    }
    if (section.same != no_node) allow(section.same, any);
  }

  const Items& items_;
  std::set<std::uint64_t> shown_;
  std::vector<bool> allowed_;
};

// Requires every node that shows what the smaller bundle shows, with the shorter forms it builds on. False: one does
// not exist, so no answer contains the smaller bundle.
bool require_all(const std::vector<std::uint64_t>& containing, const Items& items, PackingProblem& problem) {
  const std::set<std::uint64_t> wanted(containing.begin(), containing.end());
  std::set<std::uint64_t> found;
  std::vector<std::uint32_t>& required = problem.groups[problem.roots.front()].requires_all;
  for (std::uint32_t node = 0; node < items.nodes.size(); ++node) {
    const std::uint64_t hash = items.nodes[node].content_hash;
    if (hash == 0 || wanted.count(hash) == 0 || !found.insert(hash).second) continue;
    for (std::uint32_t at = node; at != no_node; at = items.nodes[at].shorter)
      if (at != problem.roots.front()) required.push_back(at);
  }
  std::sort(required.begin(), required.end());
  required.erase(std::unique(required.begin(), required.end()), required.end());
  return found.size() == wanted.size();
}

// A node is forbidden by a conflict with the root: the problem has no other way to say so.
bool narrow(const BundleRequest& request, const Items& items, PackingProblem& problem) {
  if (!request.containing.empty()) return require_all(request.containing, items, problem);
  const Allowed allowed(request, items);
  for (std::uint32_t node = 0; node < problem.groups.size(); ++node)
    if (!allowed[node]) problem.groups[node].conflicts.push_back(problem.roots.front());  // the root is always in
  return true;
}

}  // namespace

// Packs twice: freely, then so that the answer lies within the larger bundle or around the smaller one. The second
// answer is taken only if it loses no more than asked; its bound is that of the free one, which it cannot exceed.
Result<Packing> pack_nested(const BundleRequest& request, const Items& items, bool& nested) {
  nested = false;
  auto free = pack(items.problem, request.limits);
  const bool asked = !request.within.empty() || !request.containing.empty();
  if (!free || free->status != PackingStatus::ok || !asked || items.problem.roots.empty()) return free;
  PackingProblem problem = items.problem;
  if (!narrow(request, items, problem)) return free;
  auto packing = pack(problem, request.limits);
  if (!packing || packing->status != PackingStatus::ok) return free;
  const Certificate& best = free->certificate;
  Certificate& certificate = packing->certificate;
  if (gap_ppm(std::min(certificate.value, best.value), best.value) > request.most_lost_ppm) return free;
  nested = true;
  certificate.nodes += best.nodes;
  if (packing->selected == free->selected) return free;
  certificate.upper_bound = std::max(certificate.value, best.upper_bound);
  certificate.gap_ppm = gap_ppm(certificate.value, certificate.upper_bound);
  certificate.proof = Proof::bounded;
  certificate.stability_cost = certificate.upper_bound - certificate.value;
  return packing;
}

}  // namespace cascade::bundle
