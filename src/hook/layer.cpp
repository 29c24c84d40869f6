#include "hook/layer.h"

#include <cascade/resolve.h>
#include <cascade/route.h>

#include <algorithm>

#include "bundle/linked_files.h"
#include "hook/clean.h"
#include "resolve/only_open.h"

namespace cascade::hook {
namespace {

// What the session chose for these roots before: after a compaction, or for another agent of the name, small gains are
// no reason to send another text.
std::vector<std::uint64_t> chosen_before(const Conversation& conversation, const LayerRequest& request) {
  if (!conversation.ledger.is_known()) return {};
  std::vector<std::string> roots;
  for (const Symbol& root : request.roots) roots.push_back(to_string(root));
  return conversation.ledger.chosen(roots);
}

ReadSection reader(Workspace& workspace) {
  return [&workspace](const ManifestView& manifest, const SectionView& section) {
    return workspace.read(manifest, section);
  };
}

session::Entry describe(const Registry& registry, const LayerRequest& request, const Bundle& bundle) {
  session::Entry entry = injection_of(registry, request.roots, bundle);
  entry.recipient = request.recipient;
  entry.decision = request.decision;
  entry.score = request.score;
  return entry;
}

// Linked files that the task names; others are for whoever reads the text to ask for. Most tasks name no file at all.
std::vector<FileOffer> named_files(const Conversation& conversation, const LayerRequest& request) {
  std::vector<FileOffer> named;
  if (!bundle::may_name_file(request.task)) return named;
  const auto read = [&](std::string_view path) { return conversation.workspace.read_file(path); };
  for (const Symbol& root : request.roots) {
    const auto id = conversation.registry.find(root);
    if (!id) continue;
    for (FileOffer& file : bundle::linked_files(conversation.registry, *id, read)) {
      if (!bundle::names_file(request.task, file.path)) continue;
      file.wanted = FileOffer::Wanted::named;
      named.push_back(std::move(file));
    }
  }
  return named;
}

Result<Bundle> pack_layer(Conversation& conversation, const LayerRequest& request, const Cost& reserve) {
  Request wanted;
  wanted.roots = request.roots;
  wanted.diagnose = false;
  auto resolution =
      resolve_only_open(conversation.registry, wanted, [&](ManifestId id) { return conversation.is_open(id); });
  if (!resolution) return resolution.error();
  BundleRequest bundle;
  bundle.resolution = std::move(*resolution);
  bundle.budget.limit = request.limit;
  bundle.budget.reserve = reserve;
  bundle.limits.nodes = conversation.options.nodes;
  bundle.files = named_files(conversation, request);
  bundle.within = request.within;
  bundle.recount = false;
  bundle.already_loaded = conversation.ledger.held(request.recipient);
  bundle.already_loaded.insert(bundle.already_loaded.end(), request.held.begin(), request.held.end());
  for (const session::Entry& claim : conversation.claims)  // what the same answer brings already
    if (claim.recipient == request.recipient)
      for (const session::SentPiece& piece : claim.pieces) bundle.already_loaded.push_back(piece.content_hash);
  bundle.previous = chosen_before(conversation, request);
  bundle.quotes = request.quotes;
  bundle.listed = [&](ManifestId id) { return conversation.is_open(id); };
  bundle.folder = [&](ManifestId id) { return conversation.workspace.folder(conversation.registry[id]); };
  if (!request.task.empty()) {
    auto router = conversation.workspace.router();
    if (!router) return router.error();
    Query query;
    query.text = request.task;
    bundle.relevance = router->relevance(query);
  }
  return assemble(conversation.registry, bundle, conversation.workspace.counter(), reader(conversation.workspace));
}

Result<Bundle> pack_fresh(Conversation& conversation, const LayerRequest& request, const Cost& reserve) {
  auto bundle = pack_layer(conversation, request, reserve);
  if (bundle || bundle.error().code != ErrorCode::stale) return bundle;
  if (auto refreshed = conversation.workspace.refresh(); !refreshed) return refreshed.error();
  conversation.registry = conversation.workspace.registry();  // a file changed under us: look again, once
  return pack_layer(conversation, request, reserve);
}

std::string whole_text(const LayerRequest& request, const Bundle& bundle) {
  std::size_t size = request.head.size() + request.tail.size();
  for (const Piece& piece : bundle.pieces) size += piece.text.size();
  std::string whole;
  whole.reserve(size);
  whole += request.head;
  std::string sections;
  for (const Piece& piece : bundle.pieces) sections += piece.text;
  whole += request.rewrite ? request.rewrite(sections) : sections;
  for (const QuotedPiece& quote : bundle.quotes) whole += quote.text;
  return whole += request.tail;
}

std::uint32_t excess(std::uint32_t used, std::uint32_t limit) { return used > limit ? used - limit : 0; }

// Where the client counts bytes: what the next attempt has to leave out of what this one took, in UTF-16 units.
std::uint32_t excess_bytes(const Conversation& conversation, const LayerRequest& request, const std::string& text,
                           const Cost& cost) {
  if (conversation.event.client->limits.unit != client::Unit::bytes || text.size() <= request.limit.chars) return 0;
  return static_cast<std::uint32_t>(text.size()) - std::min(cost.chars, request.limit.chars);
}

}  // namespace

session::Entry injection_of(const Registry& registry, const std::vector<Symbol>& roots, const Bundle& bundle) {
  session::Entry entry;
  entry.event = session::Event::inject;
  for (const Symbol& root : roots)
    if (entry.root.empty())
      entry.root = to_string(root);
    else
      entry.also.push_back(to_string(root));
  entry.value = bundle.certificate.value;
  entry.upper_bound = bundle.certificate.upper_bound;
  entry.gap_ppm = bundle.certificate.gap_ppm;
  entry.proof = to_string(bundle.certificate.proof);
  for (const Piece& piece : bundle.pieces) {
    const ManifestView manifest = registry[piece.id];
    if (entry.layer.empty()) entry.layer = to_string(manifest.layer);
    entry.pieces.push_back({to_string(symbol_of(manifest)), piece.section, piece.form, piece.content_hash, piece.cost});
  }
  for (const QuotedPiece& quote : bundle.quotes)
    entry.pieces.push_back({quote.name, 0, Form::section, quote.content_hash, quote.cost});
  return entry;
}

Result<Layer> make_layer(Conversation& conversation, const LayerRequest& request) {
  const TokenCounter& counter = conversation.workspace.counter();
  const Cost around = counter.count(request.head) + counter.count(request.tail);
  Cost reserve = around;
  for (int round = 0; round < 4; ++round) {
    auto bundle = pack_fresh(conversation, request, reserve);
    if (!bundle) return bundle.error();
    if (bundle->status != PackingStatus::ok) return Layer{{}, {}, false};
    if (bundle->pieces.empty()) return Layer();
    Layer layer{whole_text(request, *bundle), {}, true};
    Cost cost = bundle->cost + around;  // counts add up at line starts (docs/tokens.md)
    if (request.rewrite || !is_clean(layer.text)) {
      layer.text = clean(std::move(layer.text));
      cost = counter.count(layer.text);
    }
    Cost over{excess(cost.tokens, request.limit.tokens), excess(cost.chars, request.limit.chars)};
    over.chars = std::max(over.chars, excess_bytes(conversation, request, layer.text, cost));
    if (over == Cost{}) {
      layer.entry = describe(conversation.registry, request, *bundle);
      layer.entry.cost = cost;
      return layer;
    }
    reserve += over;
  }
  return Layer{{}, {}, false};
}

}  // namespace cascade::hook
