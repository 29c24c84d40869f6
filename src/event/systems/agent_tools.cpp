#include "systems/agent_tools.h"

#include "client/names.h"

#include <algorithm>

namespace cascade::systems {
namespace {

constexpr std::string_view kind = "agent:";

// The agent whose layer was sent to `recipient`.
std::string agent_of(const session::Ledger& ledger, const std::string& recipient) {
  for (const session::Entry& entry : ledger.entries())
    if (entry.event == session::Event::inject && entry.recipient == recipient &&
        entry.root.compare(0, kind.size(), kind) == 0)
      return entry.root.substr(kind.size());
  return {};
}

}  // namespace

std::string acting_agent(const session::Ledger& ledger, const hook::EventInput& event) {
  if (event.agent_id.empty()) return {};
  if (std::string agent = agent_of(ledger, event.agent_id); !agent.empty()) return agent;
  for (const session::Entry& entry : ledger.entries())  // it took over the layer that waited for it
    if (entry.event == session::Event::inject && entry.recipient == event.agent_id && entry.decision == "taken")
      if (std::string agent = agent_of(ledger, entry.root); !agent.empty()) return agent;
  return event.agent_type;
}

bool is_named(const std::vector<std::string>& names, const std::string& tool) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    if (!name.empty() && name.back() == '*') return tool.compare(0, name.size() - 1, name, 0, name.size() - 1) == 0;
    const bool server = name.compare(0, 5, "mcp__") == 0 && tool.compare(0, name.size() + 2, name + "__") == 0;
    return name == tool || server ||
           (client::tool_names::starts_agents(name) && client::tool_names::starts_agents(tool));
  });
}

}  // namespace cascade::systems
