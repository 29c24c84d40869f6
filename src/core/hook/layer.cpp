// The sections are packed under the limit, less what the head and tail take; then all is joined and cleaned. Cleaning,
// filled-in arguments and a client's byte limit can make the text longer than the packing assumed. So it is measured,
// and if it is too long, the packing is repeated with the excess held in reserve, four times at most.
#include "hook/layer.h"

#include <cascade/route.h>

#include <algorithm>
#include <utility>

#include "client/transcript/tail.h"
#include "files/paths.h"
#include "hook/clean.h"
#include "request/task.h"
#include "workspace/contents.h"

namespace cascade::hook {
namespace {

// The sections that this session chose before for these roots. After a compaction, or for another agent of the same
// name, a small gain does not justify a different text.
std::vector<std::uint64_t> chosen_before(const Conversation& conversation, const LayerRequest& request) {
  if (!conversation.ledger.is_known()) return {};
  std::vector<std::string> roots;
  for (const Symbol& root : request.roots) roots.push_back(to_string(root));
  return conversation.ledger.chosen(roots);
}

Result<Bundle> pack_layer(Conversation& conversation, const LayerRequest& request, const Cost& reserve) {
  conversation.registry = conversation.workspace.registry();  // it changes when a file changes under us
  request::Task task;
  task.request.roots = request.roots;
  task.request.diagnose = false;
  task.prompt = request.task;
  task.open = [&](ManifestId id) { return conversation.is_open(id) && conversation.refusal(id).empty(); };
  BundleRequest& bundle = task.bundle;
  bundle.budget.limit = request.limit;
  bundle.budget.reserve = reserve;
  bundle.within = request.within;
  bundle.already_loaded = conversation.ledger.held(request.recipient);
  bundle.already_loaded.insert(bundle.already_loaded.end(), request.held.begin(), request.held.end());
  for (const session::Entry& claim : conversation.claims)  // what this answer brings already
    if (claim.recipient == request.recipient)
      for (const session::SentPiece& piece : claim.pieces) bundle.already_loaded.push_back(piece.content_hash);
  bundle.previous = chosen_before(conversation, request);
  bundle.limits = first_good(bundle);
  bundle.limits.nodes = conversation.options.nodes;
  bundle.quotes = request.quotes;
  if (!request.task.empty()) {
    auto router = conversation.workspace.router();
    if (!router) return router.error();
    task.router = *std::move(router);
  }
  return assemble_task(conversation.workspace, task);
}

// A piece of the manifest's own text, in contrast to its head and to lines about others.
bool is_own_text(const Piece& piece, ManifestId id) {
  return piece.id == id && piece.form != Form::card && piece.form != Form::name && piece.form != Form::resource;
}

// Adds the packed sections. What `rewrite` does applies to the root's own text: another manifest's "$1" is none of its
// arguments.
void add_sections(const Registry& registry, const LayerRequest& request, const Bundle& bundle, std::string& whole) {
  const auto root = request.rewrite ? registry.find(request.roots.front()) : std::optional<ManifestId>();
  std::string own;
  for (const Piece& piece : bundle.pieces) {
    if (root && is_own_text(piece, *root)) {
      own += piece.text;
      continue;
    }
    if (!own.empty()) whole += request.rewrite(std::exchange(own, {}));
    whole += piece.text;
  }
  if (!own.empty()) whole += request.rewrite(own);
}

std::string whole_text(const Registry& registry, const LayerRequest& request, const Bundle& bundle) {
  std::size_t size = request.head.size() + request.tail.size();
  for (const Piece& piece : bundle.pieces) size += piece.text.size();
  std::string whole;
  whole.reserve(size);
  whole += request.head;
  add_sections(registry, request, bundle, whole);
  for (const QuotedPiece& quote : bundle.quotes) whole += quote.text;
  return whole += request.tail;
}

std::uint32_t excess(std::uint32_t used, std::uint32_t limit) { return used > limit ? used - limit : 0; }

// For a client that counts bytes: how many UTF-16 units the next attempt must save.
std::uint32_t excess_bytes(const Conversation& conversation, const LayerRequest& request, const std::string& text,
                           const Cost& cost) {
  if (conversation.event.client->limits.unit != client::Unit::bytes || text.size() <= request.limit.chars) return 0;
  return static_cast<std::uint32_t>(text.size()) - std::min(cost.chars, request.limit.chars);
}

bool is_users_own(const Workspace& workspace, const ManifestView& manifest) {
  if (manifest.scope == Scope::builtin) return !WorkspaceContents::is_added(workspace, manifest.root);
  return manifest.scope == Scope::user || manifest.scope == Scope::managed;
}

// Shares in millionths: 2,400 and 6,000 tokens of a window of 200,000.
constexpr TokenLimit usual_prompt{0, 12'000}, usual_agent{0, 30'000};
constexpr std::uint32_t usual_window = 200'000;

std::string model_of_conversation(const Conversation& conversation) {
  if (!conversation.options.model.empty()) return conversation.options.model;
  if (!conversation.event.model.empty()) return conversation.event.model;
  std::string model = transcript::last_model_in(conversation.event.transcript_path);  // newer than the ledger's
  return model.empty() ? conversation.ledger.model() : model;
}

std::string model_of_agent(const Conversation& conversation, std::optional<ManifestId> agent) {
  const std::string asked = conversation.event.task ? conversation.event.task->model : std::string();
  if (token_model(asked)) return asked;
  if (!agent) return model_of_conversation(conversation);
  const std::string declared(conversation.registry.field(*agent, "model").value_or(std::string_view()));
  return token_model(declared) ? declared : model_of_conversation(conversation);
}

// A fixed number of tokens is in tokens of the configured model. A share is a share of the window, in tokens of the
// model that has that window.
TokenCount allowed(const HookOptions& options, const TokenLimit& set, const TokenLimit& usual,
                   const std::string& model_name) {
  const bool is_set = set.tokens > 0 || set.share_ppm > 0;
  const TokenLimit limit = is_set ? set : usual;
  const auto model = token_model(limit.tokens > 0 ? options.model : model_name);
  const std::uint64_t tokens = tokens_of(limit, model && model->window > 0 ? model->window : usual_window);
  const std::uint64_t common = model ? to_o200k(*model, tokens) : tokens;
  return static_cast<TokenCount>(std::min<std::uint64_t>(common, unlimited - 1));
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
    auto bundle =
        request::with_refresh(conversation.workspace, [&] { return pack_layer(conversation, request, reserve); });
    if (!bundle) return bundle.error();
    if (bundle->status != PackingStatus::ok) return Layer{{}, {}, false};
    if (bundle->pieces.empty()) return Layer();
    Layer layer{whole_text(conversation.registry, request, *bundle), {}, true};
    Cost cost = bundle->cost + around;  // counts add up at line starts (docs/tokens.md)
    if (request.rewrite || !is_clean(layer.text)) {
      layer.text = clean(std::move(layer.text));
      cost = counter.count(layer.text);
    }
    Cost over{excess(cost.tokens, request.limit.tokens), excess(cost.chars, request.limit.chars)};
    over.chars = std::max(over.chars, excess_bytes(conversation, request, layer.text, cost));
    if (over == Cost{}) {
      layer.entry = injection_of(conversation.registry, request.roots, *bundle);
      layer.entry.recipient = request.recipient;
      layer.entry.decision = request.decision;
      layer.entry.score = request.score;
      layer.entry.cost = cost;
      return layer;
    }
    reserve += over;
  }
  return Layer{{}, {}, false};
}

std::string file_of(const Workspace& workspace, const ManifestView& manifest) {
  return files::join(workspace.folder(manifest), files::file_name(manifest.path));
}

bool claims_pin(const Registry& registry, ManifestId id) {
  return registry.field(id, "metadata.cascade-pinned") == "true";
}

bool serves_one_turn(const Registry& registry, ManifestId id) {
  return registry.field(id, "metadata.cascade-serves") == "turn";
}

bool claims_client_name(const Registry& registry, ManifestId id, const client::Dialect& client) {
  const ManifestView manifest = registry[id];
  return manifest.kind == Kind::agent && client.subagents.is_reserved(manifest.name);
}

bool is_granted(const Workspace& workspace, const HookOptions& options, ManifestId id) {
  const ManifestView manifest = workspace.registry()[id];
  if (is_users_own(workspace, manifest)) return true;
  return options.is_allowed && options.is_allowed(file_of(workspace, manifest));
}

std::vector<Claim> claims_of(const Workspace& workspace) {
  std::vector<Claim> claims;
  const Registry registry = workspace.registry();
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (manifest.document || is_users_own(workspace, manifest)) continue;
    if (claims_pin(registry, manifest.id)) claims.push_back({"in every session", file_of(workspace, manifest)});
    if (claims_client_name(registry, manifest.id, client::usual_dialect()))
      claims.push_back({"an agent of the client's", file_of(workspace, manifest)});
  }
  return claims;
}

Cost prompt_allowance(const Conversation& conversation) {
  const TokenLimit& set = conversation.options.prompt_budget;
  const std::string model = set.tokens > 0 ? std::string() : model_of_conversation(conversation);
  const std::uint32_t most = limits_of(conversation.event).context;
  return {allowed(conversation.options, set, usual_prompt, model), most - std::min(most, conversation.used)};
}

Cost agent_allowance(const Conversation& conversation, std::optional<ManifestId> agent, std::uint32_t max_chars) {
  const TokenLimit& set = conversation.options.agent_budget;
  const std::string model = set.tokens > 0 ? std::string() : model_of_agent(conversation, agent);
  return {allowed(conversation.options, set, usual_agent, model), max_chars};
}

TokenCount prompt_limit(const HookOptions& options, const std::string& model) {
  return allowed(options, options.prompt_budget, usual_prompt, model);
}

TokenCount agent_limit(const HookOptions& options, const std::string& model) {
  return allowed(options, options.agent_budget, usual_agent, model);
}

}  // namespace cascade::hook
