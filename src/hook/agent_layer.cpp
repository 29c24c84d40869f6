#include "hook/agent_layer.h"

#include <algorithm>

namespace cascade::hook {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == ':' || c == '.';
}

bool contains_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_name_character(text[at - 1]);
    const std::size_t end = at + word.size();
    // A full stop behind a name ends a sentence unless a name goes on after it.
    const bool ends = end == text.size() || !is_name_character(text[end]) ||
                      (text[end] == '.' && (end + 1 == text.size() || !is_name_character(text[end + 1])));
    if (begins && ends) return true;
  }
  return false;
}

// Names of one plain word ("reviewer") must be called as agents; hyphenated ones cannot be meant otherwise.
bool is_called(std::string_view task, std::string_view name) {
  if (name.size() < 3 || !contains_word(task, name)) return false;
  if (name.find('-') != std::string_view::npos || name.find(':') != std::string_view::npos) return true;
  return contains_word(task, "@" + std::string(name)) ||
         task.find(std::string(name) + " agent") != std::string_view::npos ||
         task.find("agent " + std::string(name)) != std::string_view::npos;
}

std::string tools_line(const std::vector<ToolName>& tools) {
  std::string line;
  for (const ToolName& tool : tools) line += (line.empty() ? "Tools you may use: " : ", ") + to_string(tool);
  return line.empty() ? line : line + ".\n";
}

}  // namespace

std::optional<ManifestId> find_agent(const Registry& registry, std::string_view type, std::string_view task) {
  if (const auto id = registry.find({Kind::agent, std::string(type)})) return id;
  std::optional<ManifestId> found;
  std::size_t longest = 0;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    if (view.kind != Kind::agent || view.document || registry.shadowed_in_favour_of(view.id)) continue;
    if (view.name.size() <= longest || !is_called(task, view.name)) continue;
    found = view.id;  // the longest name: "reviewer" stands inside "security-reviewer"
    longest = view.name.size();
  }
  return found;
}

bool is_installed(const ManifestView& agent) noexcept {
  switch (agent.scope) {
    case Scope::user:
    case Scope::plugin:
    case Scope::managed: return true;
    case Scope::project: return agent.path.find(".claude/agents/") != std::string_view::npos;
    case Scope::builtin: return false;
  }
  return false;
}

Result<std::optional<Layer>> make_agent_layer(Conversation& conversation, ManifestId agent,
                                              const std::string& recipient, const std::string& task,
                                              std::uint32_t max_chars) {
  const ManifestView view = conversation.registry[agent];
  const std::string symbol = "agent:" + std::string(view.name);
  const std::string tools = tools_line(conversation.registry.tools(agent));
  std::string line = "[cascade] context for " + symbol + ".\n" + tools;
  if (!is_installed(view)) line += "Act as this agent: its instructions follow.\n";
  line += "\n";
  LayerRequest request;
  request.recipient = recipient;
  request.task = task;
  request.budget.limit = {conversation.options.agent_budget, max_chars};
  request.overhead_chars = static_cast<std::uint32_t>(line.size());
  request.decision = "agent";
  if (!is_installed(view)) {
    request.roots = {{Kind::agent, std::string(view.name)}};
  } else {
    for (const Link& link : conversation.registry.links(agent)) {
      const ManifestView target = conversation.registry[link.to];
      if (link.strength <= Strength::invoked && target.kind == Kind::command)
        request.roots.push_back({Kind::command, std::string(target.name)});
    }
    if (request.roots.empty()) return std::optional<Layer>();
  }
  auto layer = make_layer(conversation, request);
  if (!layer || !*layer) return layer;
  (*layer)->text.insert(0, line);
  (*layer)->entry.root = symbol;
  (*layer)->entry.layer = "agent";
  return layer;
}

}  // namespace cascade::hook
