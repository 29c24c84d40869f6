// Matches subagents with the layers that were put into their prompts. The tool call has no subagent id yet, so its
// layer is claimed for a "pending:" recipient; when a subagent starts, it takes the oldest fitting one. The choice is
// made again under the ledger's lock, because several subagents may start at once and each must take a different layer.
#include "hook/pending.h"

#include <algorithm>
#include <vector>

namespace cascade::hook {
namespace {

// The parts of "pending:<type>@<name>#<id>".
struct Waiting {
  std::string type, name;

  explicit Waiting(const std::string& recipient) {
    if (recipient.compare(0, session::pending_prefix.size(), session::pending_prefix) != 0) return;
    const std::size_t end = recipient.rfind('#');
    type = recipient.substr(session::pending_prefix.size(), end - session::pending_prefix.size());
    const std::size_t at = type.rfind('@');
    if (at == std::string::npos) return;
    name = type.substr(at + 1);
    type.resize(at);
  }
};

// A refused call leaves its layer waiting; a subagent of a later turn must not take it.
bool is_of_this_turn(const session::Entry& entry, const EventInput& event) {
  return entry.prompt_id.empty() || event.prompt_id.empty() || entry.prompt_id == event.prompt_id;
}

std::optional<std::string> oldest_waiting(const session::Ledger& ledger, const EventInput& event) {
  const std::string type = event.agent_type.empty() ? std::string(event.client->subagents.general) : event.agent_type;
  std::vector<std::string> waiting;
  for (const session::Entry& entry : ledger.entries()) {
    if (entry.decision == session::taken_decision)
      waiting.erase(std::remove(waiting.begin(), waiting.end(), entry.root), waiting.end());
    if (!is_of_this_turn(entry, event)) continue;
    const Waiting one(entry.recipient);
    if (type == (event.is_teammate ? one.name : one.type)) waiting.push_back(entry.recipient);
  }
  return waiting.empty() ? std::nullopt : std::optional<std::string>(waiting.front());
}

bool has_taken(const session::Ledger& ledger, const std::string& agent_id) {
  return std::any_of(ledger.entries().begin(), ledger.entries().end(), [&](const session::Entry& entry) {
    return entry.decision == session::taken_decision && entry.recipient == agent_id;
  });
}

}  // namespace

std::string pending_recipient(const EventInput& event, const session::Ledger& ledger, const std::string& type) {
  const std::uint64_t last = ledger.entries().empty() ? 0 : ledger.entries().back().sequence;
  const std::string name = event.task ? event.task->name : std::string();
  return std::string(session::pending_prefix) + (type.empty() ? std::string(event.client->subagents.general) : type) +
         (name.empty() ? "" : "@" + name) + "#" +
         (event.tool_use_id.empty() ? std::to_string(last + 1) : event.tool_use_id);
}

bool take_pending(Conversation& conversation) {
  const EventInput& event = conversation.event;
  if (!conversation.has_memory()) return false;
  if (!event.agent_id.empty() && has_taken(conversation.ledger, event.agent_id)) return true;  // it continues
  if (!oldest_waiting(conversation.ledger, event)) return false;
  if (!conversation.confirmed()) return false;
  bool took = false;
  static_cast<void>(conversation.ledger.extend([&](const session::Ledger& now) -> std::vector<session::Entry> {
    const auto pending = oldest_waiting(now, event);
    if (!pending) return {};
    took = true;
    session::Entry taken;
    taken.event = session::Event::inject;
    taken.recipient = event.agent_id;
    taken.layer = "agent";
    taken.decision = session::taken_decision;
    taken.root = *pending;
    taken.written_at = conversation.options.now;
    return {taken};
  }));
  return took;
}

}  // namespace cascade::hook
