#include <cascade/bundle.h>

#include "bundle/items.h"
#include "bundle/omissions.h"
#include "bundle/prices.h"
#include "manifest/emission.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace cascade {

std::string_view to_string(OmittedFor reason) noexcept {
  switch (reason) {
    case OmittedFor::budget: return "budget";
    case OmittedFor::duplicate: return "duplicate";
    case OmittedFor::already_loaded: return "already_loaded";
  }
  return "budget";
}

std::string text(const Bundle& bundle) {
  std::size_t size = 0;
  for (const Piece& piece : bundle.pieces) size += piece.text.size();
  std::string out;
  out.reserve(size);
  for (const Piece& piece : bundle.pieces) out += piece.text;
  return out;
}

namespace bundle {
namespace {

// A head of which the conversation holds everything, and a line "continued" that nothing follows, are not emitted.
bool is_emitted(const Items& items, const Packing& packing, std::size_t at) {
  const PackedItem chosen = packing.selected[at];
  if (chosen.item != 0) return true;
  const Group& group = items.groups[chosen.group];
  const bool continued = !group.loaded.empty() && group.loaded.front().form == Form::card;
  const bool followed = at + 1 < packing.selected.size() && packing.selected[at + 1].group == chosen.group;
  return group.emit_head && (!continued || followed);
}

// Puts the skill's folder in; the piece then costs what its new text does. Whether the text still begins as it did.
bool fill_folder(const BundleRequest& request, const TokenCounter& counter, Piece& piece) {
  constexpr std::string_view name = "${CLAUDE_SKILL_DIR}";
  std::size_t at = piece.text.find(name);
  if (at == std::string::npos || !request.folder) return true;
  const bool begins_as_before = at > piece.text.find_first_not_of(" \t");
  const std::string folder = request.folder(piece.id);
  for (; at != std::string::npos; at = piece.text.find(name, at + folder.size()))
    piece.text.replace(at, name.size(), folder);
  piece.cost = counter.count(piece.text);
  return begins_as_before;
}

struct Pieces {
  std::vector<Piece> pieces;
  bool begin_as_emitted = true;  // each as manifest::emitted() lets texts begin
};

Result<Pieces> read_pieces(const Registry& registry, const BundleRequest& request, const Items& items,
                           const Packing& packing, const TokenCounter& counter, const ReadSection& read) {
  Pieces out;
  for (std::size_t at = 0; at < packing.selected.size(); ++at) {
    if (!is_emitted(items, packing, at)) continue;
    const Group& group = items.groups[packing.selected[at].group];
    const Candidate& item = group.items[packing.selected[at].item];
    Piece piece{group.id, item.section, item.form, item.content_hash, item.value, item.text, item.cost};
    if (item.form != Form::card) {
      auto body = read(registry[group.id], registry.section(group.id, item.section));
      if (!body) return body.error();
      piece.text = manifest::emitted(*body);
      if (registry[group.id].kind == Kind::skill && !fill_folder(request, counter, piece)) out.begin_as_emitted = false;
    }
    out.pieces.push_back(std::move(piece));
  }
  return out;
}

// Pieces that begin as they were emitted add up exactly (manifest/emission.h): each was counted as the text that it is,
// and `read` vouches for the bytes. Not so where a folder was put in at the very beginning, which then is a slash or
// whatever the caller gave, and not with an estimate: there the whole is counted whatever was asked. A build with
// assertions counts every bundle.
Cost cost_of(const Bundle& bundle, bool recount, const TokenCounter& counter) {
  if (recount || !counter.exact()) return counter.count(text(bundle));
  Cost sum;
  for (const Piece& piece : bundle.pieces) sum += piece.cost;
  assert(sum == counter.count(text(bundle)));
  return sum;
}

std::uint32_t excess(std::uint32_t used, std::uint32_t limit, std::uint32_t reserve) {
  if (limit == unlimited) return 0;
  const std::uint32_t room = limit > reserve ? limit - reserve : 0;
  return used > room ? used - room : 0;
}

// States the certificate under the plain values when the search ran under those that favour the last choice. The
// search's bound holds for the plain values, too, because they are nowhere greater.
Result<Certificate> plain_certificate(const Registry& registry, const BundleRequest& request,
                                      const TokenCounter& counter, const Packing& packing) {
  BundleRequest plain = request;
  plain.previous.clear();
  const Items items = make_items(registry, plain, counter);
  auto best = pack(items.problem, request.limits);
  if (!best) return best.error();
  Certificate certificate = packing.certificate;
  certificate.value = 0;
  std::vector<std::uint64_t> contents;
  for (const PackedItem& chosen : packing.selected) {
    const PackingItem& item = items.problem.groups[chosen.group].items[chosen.item];
    if (item.content != 0 && std::find(contents.begin(), contents.end(), item.content) != contents.end()) continue;
    if (item.content != 0) contents.push_back(item.content);
    certificate.value += item.value;
  }
  certificate.upper_bound =
      std::max(certificate.value, std::min(packing.certificate.upper_bound, best->certificate.upper_bound));
  const std::uint64_t gap = certificate.upper_bound - certificate.value;
  const std::uint64_t whole = std::max<std::uint64_t>(1, certificate.upper_bound);
  certificate.gap_ppm = static_cast<std::uint32_t>((gap * 1'000'000 + whole - 1) / whole);
  certificate.proof = gap == 0 ? Proof::optimal : Proof::bounded;
  certificate.nodes += best->certificate.nodes;
  certificate.stability_cost = gap;
  return certificate;
}

Result<Bundle> assemble_within(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                               const ReadSection& read) {
  const Items items = make_items(registry, request, counter);
  auto packing = pack(items.problem, request.limits);
  if (!packing) return packing.error();
  Bundle bundle;
  bundle.status = packing->status;
  bundle.budget = request.budget;
  bundle.tools = request.resolution.tools;
  bundle.min_budget = packing->min_budget;
  bundle.certificate = packing->certificate;
  for (const std::uint32_t group : packing->clash) bundle.clash.push_back(symbol_of(registry[items.groups[group].id]));
  if (bundle.status != PackingStatus::ok) return bundle;
  auto pieces = read_pieces(registry, request, items, *packing, counter, read);
  if (!pieces) return pieces.error();
  bundle.pieces = std::move(pieces->pieces);
  bundle.omissions = omissions(request, items, *packing);
  bundle.cost = cost_of(bundle, request.recount || !pieces->begin_as_emitted, counter);
  if (!request.previous.empty()) {
    auto certificate = plain_certificate(registry, request, counter, *packing);
    if (!certificate) return certificate.error();
    bundle.certificate = *certificate;
  }
  if (request.priced) return with_prices(request, items, *packing, std::move(bundle));
  return bundle;
}

}  // namespace
}  // namespace bundle

Result<Bundle> assemble(const Registry& registry, const BundleRequest& request, const TokenCounter& counter,
                        const ReadSection& read) {
  // The pieces' costs add up to the text's (manifest/emission.h), so one round is enough. A counter for which they did
  // not would cost further rounds with a larger reserve, never a bundle over the budget.
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
