#include "bundle/nesting.h"

#include <algorithm>
#include <set>

namespace cascade::bundle {
namespace {

constexpr std::uint64_t most_lost_ppm = 50'000;

std::uint32_t gap_ppm(std::uint64_t value, std::uint64_t bound) {
  const std::uint64_t gap = bound - value;
  return static_cast<std::uint32_t>((gap * 1'000'000 + bound - 1) / std::max<std::uint64_t>(bound, 1));
}

// Which nodes show nothing but what the larger bundle shows. Marks and names may always be in.
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

  // A form that is shown allows the shorter ones.
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

}  // namespace

Result<Packing> pack_within(const BundleRequest& request, const Items& items, bool& nested) {
  nested = false;
  auto free = pack(items.problem, request.limits);
  if (!free || free->status != PackingStatus::ok || request.within.empty() || items.problem.roots.empty()) return free;
  PackingProblem problem = items.problem;
  const Allowed allowed(request, items);
  for (std::uint32_t node = 0; node < problem.groups.size(); ++node)
    if (!allowed[node]) problem.groups[node].conflicts.push_back(problem.roots.front());  // which is always in
  auto within = pack(problem, request.limits);
  if (!within || within->status != PackingStatus::ok) return free;
  const Certificate& best = free->certificate;
  Certificate& certificate = within->certificate;
  if (gap_ppm(std::min(certificate.value, best.value), best.value) > most_lost_ppm) return free;
  nested = true;
  certificate.nodes += best.nodes;
  if (within->selected == free->selected) return free;
  certificate.upper_bound = std::max(certificate.value, best.upper_bound);
  certificate.gap_ppm = gap_ppm(certificate.value, certificate.upper_bound);
  certificate.proof = Proof::bounded;
  certificate.stability_cost = certificate.upper_bound - certificate.value;
  return within;
}

}  // namespace cascade::bundle
