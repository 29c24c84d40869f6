// A prompt: route it, and put the skill layer before the model when the router is sure.
#include <cascade/route.h>

#include <algorithm>

#include "hook/layer.h"

namespace cascade::hook {
namespace {

constexpr std::string_view main_conversation = "main";

// "matched leak, heap in its description"
std::string reason(const Match& match) {
  std::vector<Evidence> evidence = match.evidence;
  std::stable_sort(evidence.begin(), evidence.end(),
                   [](const Evidence& a, const Evidence& b) { return a.weight > b.weight; });
  std::string words;
  for (std::size_t i = 0; i < evidence.size() && i < 4; ++i) words += (i > 0 ? ", " : "") + evidence[i].term;
  return words.empty() ? "named in the prompt" : "matched " + words;
}

bool was_offered(const session::Ledger& ledger, const std::string& root) {
  const std::vector<std::string> active = ledger.active(main_conversation);
  return std::find(active.begin(), active.end(), root) != active.end();
}

// Names the manifest in one line, once a conversation.
std::string offer(Conversation& conversation, const Match& match) {
  const ManifestView manifest = conversation.registry[match.id];
  const std::string symbol = to_string(Symbol{manifest.kind, std::string(manifest.name)});
  if (was_offered(conversation.ledger, symbol)) return {};
  session::Entry entry;
  entry.event = session::Event::inject;
  entry.recipient = main_conversation;
  entry.layer = "offer";
  entry.root = symbol;
  entry.decision = to_string(Decision::offer);
  entry.score = match.score;
  conversation.remember(std::move(entry));
  return inject(conversation.event, "[cascade] " + symbol + " may fit (" + reason(match) + "): " +
                                        std::string(manifest.description) + "\nTo load it, the user says: use the " +
                                        std::string(manifest.name) + " " + std::string(to_string(manifest.kind)) + ".");
}

}  // namespace

Result<std::string> on_user_prompt(Conversation& conversation) {
  const std::string& prompt = conversation.event.prompt;
  // A finished background agent fires this event too (client 2.1.328).
  if (prompt.empty() || prompt.rfind("<task-notification>", 0) == 0) return std::string();
  auto router = conversation.workspace.router();
  if (!router) return router.error();
  Query query;
  query.text = prompt;
  query.kinds = {Kind::skill, Kind::command};
  const Routing routing = router->rank(query);
  if (routing.ranked.empty() || routing.decision == Decision::silence) return std::string();
  const Match& best = routing.ranked.front();
  if (routing.decision == Decision::offer) return offer(conversation, best);

  const ManifestView manifest = conversation.registry[best.id];
  LayerRequest request;
  request.roots = {{manifest.kind, std::string(manifest.name)}};
  const std::string line = "[cascade] " + to_string(request.roots.front()) + ": " + reason(best) + ".\n\n";
  request.recipient = main_conversation;
  request.task = prompt;
  request.budget.limit = {conversation.options.prompt_budget, max_context_chars};
  request.overhead_chars = static_cast<std::uint32_t>(line.size());
  request.decision = to_string(routing.decision);
  request.score = best.score;
  auto layer = make_layer(conversation, request);
  if (!layer) return layer.error();
  if (!*layer) return std::string();
  conversation.remember((*layer)->entry);
  return inject(conversation.event, line + (*layer)->text);
}

}  // namespace cascade::hook
