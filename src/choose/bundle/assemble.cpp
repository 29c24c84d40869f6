// A bundle is made in five steps: sections become items with values (items.h), the packer chooses (nesting.h), the
// chosen ranges are read and emitted (emit.h), what was left out is listed (omissions.h), and the costs of the pieces
// are added up. Should the sum exceed the budget, the excess is reserved and all of it is repeated, so the limit holds
// whatever the counter does.
#include <cascade/bundle.h>

#include "bundle/emit.h"
#include "bundle/items.h"
#include "bundle/nesting.h"
#include "bundle/omissions.h"
#include "bundle/prices.h"
#include "bundle/quotes.h"
#include "text/names.h"

#include <cassert>
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
