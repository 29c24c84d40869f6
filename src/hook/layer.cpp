#include "hook/layer.h"

#include <cascade/resolve.h>
#include <cascade/route.h>

namespace cascade::hook {
namespace {

ReadSection reader(Workspace& workspace) {
  return [&workspace](const ManifestView& manifest, const SectionView& section) {
    return workspace.read(manifest, section);
  };
}

session::Entry describe(const Registry& registry, const LayerRequest& request, const Bundle& bundle) {
  session::Entry entry;
  entry.event = session::Event::inject;
  entry.recipient = request.recipient;
  entry.root = request.roots.empty() ? std::string() : to_string(request.roots.front());
  entry.decision = request.decision;
  entry.score = request.score;
  entry.value = bundle.certificate.value;
  entry.upper_bound = bundle.certificate.upper_bound;
  entry.gap_ppm = bundle.certificate.gap_ppm;
  entry.proof = bundle.certificate.proof == Proof::optimal ? "optimal" : "bounded";
  entry.cost = bundle.cost;
  for (const Piece& piece : bundle.pieces) {
    const ManifestView manifest = registry[piece.id];
    if (entry.layer.empty()) entry.layer = to_string(manifest.layer);
    entry.pieces.push_back({to_string(Symbol{manifest.kind, std::string(manifest.name)}), piece.section, piece.form,
                            piece.content_hash, piece.cost});
  }
  return entry;
}

Result<Bundle> pack_layer(Conversation& conversation, const LayerRequest& request) {
  Request wanted;
  wanted.roots = request.roots;
  wanted.diagnose = false;
  auto resolution = resolve(conversation.registry, wanted);
  if (!resolution) return resolution.error();
  BundleRequest bundle;
  bundle.resolution = std::move(*resolution);
  bundle.budget = request.budget;
  bundle.budget.reserve.chars += request.overhead_chars;
  bundle.limits.nodes = conversation.options.nodes;
  bundle.already_loaded = conversation.ledger.held(request.recipient);
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

}  // namespace

Result<std::optional<Layer>> make_layer(Conversation& conversation, const LayerRequest& request) {
  auto bundle = pack_layer(conversation, request);
  if (!bundle && bundle.error().code == ErrorCode::stale) {  // a file changed under us: look again, once
    if (auto refreshed = conversation.workspace.refresh(); !refreshed) return refreshed.error();
    conversation.registry = conversation.workspace.registry();
    bundle = pack_layer(conversation, request);
  }
  if (!bundle) return bundle.error();
  if (bundle->status != PackingStatus::ok || bundle->pieces.empty()) return std::optional<Layer>();
  return std::optional<Layer>(Layer{text(*bundle), describe(conversation.registry, request, *bundle)});
}

}  // namespace cascade::hook
