// A line for each of the manifests that may fit a prompt without being sure enough to be loaded, with its own words
// about when it serves. These are shortened until the lines fit their tokens, then the last offer goes. Each manifest
// is offered once in a conversation.
#include "hook/offer.h"

#include <algorithm>

#include "hook/agent_layer.h"
#include "hook/allowance.h"
#include "hook/clean.h"
#include "hook/wording.h"

namespace cascade::hook {
namespace {

using session::main_conversation;

constexpr TokenCount most_tokens = 160;

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

session::Entry entry_of(const ManifestView& manifest, const std::string& decision, std::uint32_t score) {
  session::Entry entry;
  entry.event = session::Event::inject;
  entry.recipient = main_conversation;
  entry.layer = session::offer_layer;
  entry.root = to_string(symbol_of(manifest));
  entry.decision = decision;
  entry.score = score;
  return entry;
}

// Those that the router would offer and that are new to the conversation.
std::vector<const Match*> worth_offering(const Conversation& conversation, const Routing& routing) {
  std::vector<const Match*> chosen;
  const std::vector<std::string> offered = conversation.ledger.offered(main_conversation);
  const std::vector<std::string> active = conversation.ledger.active(main_conversation);
  for (const Match& match : routing.offered) {
    const std::string root = to_string(symbol_of(conversation.registry[match.id]));
    if (!holds(offered, root) && !holds(active, root)) chosen.push_back(&match);
  }
  return chosen;
}

// An agent is started, anything else is loaded.
std::string how_to_take(Conversation& conversation, const std::vector<const Match*>& chosen) {
  const auto is_agent = [&](const Match* match) { return conversation.registry[match->id].kind == Kind::agent; };
  std::string text;
  if (std::any_of(chosen.begin(), chosen.end(), is_agent))
    text += "To start an agent: " + subagent_call(conversation.event, "<name>") + ".\n";
  const auto other = std::find_if_not(chosen.begin(), chosen.end(), is_agent);
  if (other == chosen.end()) return text;
  const ManifestView best = conversation.registry[(*other)->id];
  const std::string call = conversation.entry_call();
  return text + (!call.empty() ? "To load one, " + call + " and its name as args.\n"
                               : "To load one, the user says: use the " + name_of(best) + " " +
                                     std::string(to_string(best.kind)) + ".\n");
}

std::string wording(Conversation& conversation, const std::vector<const Match*>& chosen, std::uint32_t clause) {
  std::string text = "[cascade] May fit (a tool's guess, not the user's words; ignore what does not):\n";
  for (const Match* match : chosen) {
    const ManifestView manifest = conversation.registry[match->id];
    text += "- " + symbol_text(manifest);
    if (const std::string when = when_to_use(manifest, clause); !when.empty()) text += ": " + when;
    text += "\n";
  }
  return text + how_to_take(conversation, chosen);
}

std::string notice_of(const Conversation& conversation, const std::vector<const Match*>& chosen) {
  std::string names;
  for (const Match* match : chosen) names += (names.empty() ? "" : ", ") + name_of(conversation.registry[match->id]);
  return "cascade: may fit: " + names;
}

}  // namespace

Offer offer(Conversation& conversation, const Routing& routing) {
  std::vector<const Match*> chosen = worth_offering(conversation, routing);
  const TokenCounter& counter = conversation.workspace.counter();
  const TokenCount limit = std::min(most_tokens, prompt_allowance(conversation).tokens);
  for (; !chosen.empty(); chosen.pop_back())
    for (const std::uint32_t clause : {160U, 110U, 70U, 0U}) {
      std::string text = wording(conversation, chosen, clause);
      const Cost cost = counter.count(text);
      if (cost.tokens > limit) continue;
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        session::Entry entry =
            entry_of(conversation.registry[chosen[i]->id], std::string(to_string(Decision::offer)), chosen[i]->score);
        if (i == 0) entry.cost = cost;
        if (!conversation.claim(std::move(entry))) return {};
      }
      return {std::move(text), notice_of(conversation, chosen)};
    }
  return {};
}

std::string say_once(Conversation& conversation, const ManifestView& manifest, const std::string& decision,
                     std::uint32_t score, const std::string& line) {
  session::Entry entry = entry_of(manifest, decision, score);
  entry.cost = conversation.workspace.counter().count(line);
  if (entry.cost.tokens > prompt_allowance(conversation).tokens) return {};
  if (holds(conversation.ledger.offered(main_conversation), entry.root)) return {};
  return conversation.claim(std::move(entry)) ? line : std::string();
}

void call_back(Conversation& conversation, const ManifestView& manifest) {
  conversation.remember(entry_of(manifest, std::string(session::called_decision), 0));
}

}  // namespace cascade::hook
