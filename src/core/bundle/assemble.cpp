// A bundle is made in five steps: sections become items with values (items.h), the packer chooses (pack_nested), the
// chosen ranges are read and emitted (emit.h), what was left out is listed (omissions.h), and the costs of the pieces
// are added up. Should the sum exceed the budget, the excess is reserved and all of it is repeated, so the limit holds
// whatever the counter does.
#include <cascade/bundle.h>

#include "bundle/emit.h"
#include "bundle/items.h"
#include "bundle/nodes.h"
#include "bundle/omissions.h"
#include "bundle/prices.h"
#include "bundle/quotes.h"
#include "text/names.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

namespace cascade {

constexpr letters::Names<OmittedFor::already_loaded> omitted_for_names("budget", "duplicate", "already_loaded");
std::string_view to_string(OmittedFor reason) noexcept { return omitted_for_names.of(reason); }

std::string text(const Bundle& bundle) {
  std::size_t size = 0;
  for (const Piece& piece : bundle.pieces) size += piece.text.size();
  std::string out;
  out.reserve(size);
  for (const Piece& piece : bundle.pieces) out += piece.text;
  for (const QuotedPiece& quote : bundle.quotes) out += quote.text;
  return out;
}

namespace bundle {
namespace {

// A ladder, and a conversation that is restored, need a bundle inside another one or around it. pack() has no such
// condition, so it is said with those that it has: a node that may not be shown conflicts with the root, and a node
// that must be shown is required by the root, which is always in.

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

// Packs the items. With request.within, only what these texts show may be in; with request.containing, everything they
// show must be in, if that is possible and costs at most request.most_lost_ppm of the value. The certificate's bound
// is still that of the free choice, so its gap includes the cost of nesting. `nested`: whether it was done.
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

// The costs of pieces that begin as they were emitted add up exactly (manifest/emission.h): each was counted as the
// text that it is, and `read` guarantees the bytes. That fails if a folder was filled in at the very beginning,
// because that text then starts with a slash or whatever the caller gave, and with an estimate; there the whole text
// is counted anyway. A build with assertions counts every bundle.
Cost cost_of(const Bundle& bundle, bool recount, const TokenCounter& counter) {
  if (recount || !counter.exact()) return counter.count(text(bundle));
  Cost sum;
  for (const Piece& piece : bundle.pieces) sum += piece.cost;
  for (const QuotedPiece& quote : bundle.quotes) sum += quote.cost;
  assert(sum == counter.count(text(bundle)));
  return sum;
}

std::uint32_t excess(std::uint32_t used, std::uint32_t limit, std::uint32_t reserve) {
  if (limit == unlimited) return 0;
  const std::uint32_t room = limit > reserve ? limit - reserve : 0;
  return used > room ? used - room : 0;
}

Result<Bundle> assemble_within(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                               const ReadSection& read) {
  const Items items = make_items(registry, request, counter);
  Bundle bundle;
  auto packing = pack_nested(request, items, bundle.nested);
  if (!packing) return packing.error();
  bundle.status = packing->status;
  bundle.budget = request.budget;
  bundle.tools = request.resolution.tools;
  bundle.min_budget = packing->min_budget;
  bundle.certificate = packing->certificate;
  if (items.moved > 0) bundle.moved = {request.learned.source, items.moved};
  for (const std::uint32_t group : packing->clash) bundle.clash.push_back(symbol_of(registry[items.nodes[group].id]));
  if (bundle.status != PackingStatus::ok) return bundle;
  auto pieces = emit_pieces(registry, request, items, *packing, counter, read);
  if (!pieces) return pieces.error();
  bundle.pieces = std::move(pieces->pieces);
  bundle.files = std::move(pieces->files);
  emit_quotes(request, items, *packing, chosen_nodes(items, *packing), bundle);
  bundle.omissions = omissions(request, items, *packing);
  bundle.cost = cost_of(bundle, request.recount || !pieces->begin_as_emitted, counter);
  assert(request.folder || !counter.exact() || bundle.cost.tokens <= packing->cost.tokens);
  if (request.priced) return with_prices(request, items, *packing, std::move(bundle));
  return bundle;
}

}  // namespace
}  // namespace bundle

Result<Bundle> assemble(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                        const ReadSection& read) {
  // The pieces' costs add up to the text's (manifest/emission.h), so one round is enough. With a counter for which
  // they did not, further rounds with a larger reserve would follow, but the bundle would never exceed the budget.
  BundleRequest within = request;
  while (true) {
    auto bundle = bundle::assemble_within(registry, within, counter, read);
    if (!bundle || bundle->status != PackingStatus::ok) return bundle;
    const Budget& budget = within.budget;
    const Cost over{bundle::excess(bundle->cost.tokens, budget.limit.tokens, request.budget.reserve.tokens),
                    bundle::excess(bundle->cost.chars, budget.limit.chars, request.budget.reserve.chars)};
    bundle->budget = request.budget;
    if (over == Cost{}) return bundle;
    within.budget.reserve += over;
  }
}

}  // namespace cascade
