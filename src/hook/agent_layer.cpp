#include "hook/agent_layer.h"

#include <algorithm>

#include "hook/called_agent.h"
#include "hook/clean.h"

namespace cascade::hook {
namespace {

constexpr std::uint32_t max_name_chars = 120, max_tools_chars = 1'200;

std::string tools_line(const std::vector<ToolName>& tools) {
  std::string names;
  for (const ToolName& tool : tools) names += (names.empty() ? "" : ", ") + to_string(tool);
  return names.empty() ? names : "Tools you may use: " + brief(names, max_tools_chars) + ".\n";
}

std::string head_of(const Registry& registry, const ManifestView& agent) {
  std::string head = "[cascade] context for agent:" + brief(agent.name, max_name_chars) + ".\n";
  head += tools_line(registry.tools(agent.id));
  if (!is_installed(agent)) head += "Act as this agent: its instructions follow.\n";
  return head + "\n";
}

std::vector<Symbol> commands_of(Conversation& conversation, ManifestId agent) {
  const Registry& registry = conversation.registry;
  std::vector<Symbol> symbols;
  for (const Link& link : registry.links(agent)) {
    const ManifestView target = registry[link.to];
    if (link.strength > Strength::invoked || target.kind != Kind::command || !conversation.is_open(link.to)) continue;
    Symbol symbol{Kind::command, std::string(target.name)};
    if (std::find(symbols.begin(), symbols.end(), symbol) == symbols.end()) symbols.push_back(std::move(symbol));
  }
  return symbols;
}

}  // namespace

std::optional<ManifestId> find_agent(const Registry& registry, std::string_view type, std::string_view task) {
  if (!type.empty())
    if (const auto id = registry.find({Kind::agent, std::string(type)})) return id;
  return called_agent(registry, task);
}

bool is_installed(const ManifestView& manifest) noexcept {
  switch (manifest.scope) {
    case Scope::user:
    case Scope::plugin:
    case Scope::managed: return true;
    case Scope::project: return manifest.path.find(".claude/") != std::string_view::npos;
    case Scope::builtin: return false;
  }
  return false;
}

Result<std::optional<Layer>> make_agent_layer(Conversation& conversation, ManifestId agent,
                                              const std::string& recipient, const std::string& task,
                                              const Cost& limit) {
  const Registry registry = conversation.registry;
  const ManifestView view = registry[agent];
  const Symbol symbol{Kind::agent, std::string(view.name)};
  LayerRequest request;
  request.recipient = recipient;
  request.task = task;
  request.limit = limit;
  request.head = head_of(registry, view);
  request.decision = "agent";
  request.roots = is_installed(view) ? commands_of(conversation, agent) : std::vector<Symbol>{symbol};
  if (request.roots.empty()) return std::optional<Layer>();
  auto layer = make_layer(conversation, request);
  if (!layer) return layer.error();
  if (layer->text.empty()) return std::optional<Layer>();
  layer->entry.root = to_string(symbol);
  layer->entry.also.clear();
  layer->entry.layer = "agent";
  return std::optional<Layer>(*std::move(layer));
}

}  // namespace cascade::hook
