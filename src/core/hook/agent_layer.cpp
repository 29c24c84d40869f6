#include "hook/agent_layer.h"

#include <algorithm>

#include "client/names.h"
#include "hook/called_agent.h"
#include "hook/clean.h"

namespace cascade::hook {
namespace {

constexpr std::uint32_t max_name_chars = 120, max_tools_chars = 1'200, max_path_chars = 1'000;

// Lists the tools under the client's own names and leaves out those that the client no longer has.
std::string tools_line(const EventInput& event, const std::vector<ToolName>& tools) {
  const auto current = event.client->subagents.tool;
  std::string names;
  for (const ToolName& tool : tools) {
    std::string name = to_string(tool);
    if (tool.server.empty() && current != nullptr) {
      const std::string_view known = current(tool.tool);
      if (known.empty()) continue;
      if (known != tool.tool) name = known;
    }
    names += (names.empty() ? "" : ", ") + name;
  }
  return names;
}

// What the agent's list of tools means for the subagent. One that the client started as the agent has these tools and
// no others; any other has all tools, and keeps to the list unless the guard does that for it.
std::string about_tools(const Conversation& conversation, const AgentCall& call, bool runs_commands) {
  const std::string tools =
      brief(tools_line(conversation.event, conversation.registry.tools(call.agent)), max_tools_chars);
  if (tools.empty()) return {};
  if (call.client_has_body) return "Tools you may use: " + tools + ".\n";
  return "Tools you may use: " + tools + (runs_commands ? ", and the call below for its commands." : ".") +
         (conversation.options.refuses_tools ? " Others are refused.\n"
                                             : " You have others as well: leave them alone.\n");
}

std::string head_of(const Conversation& conversation, const AgentCall& call, bool runs_commands) {
  const ManifestView agent = conversation.registry[call.agent];
  std::string head = "[cascade] context for agent:" + brief(agent.name, max_name_chars) + ".\n";
  head += about_tools(conversation, call, runs_commands);
  if (!call.client_has_body) head += "Act as this agent: its instructions follow.\n";
  return head + "\n";
}

std::vector<Symbol> commands_of(Conversation& conversation, ManifestId agent) {
  const Registry& registry = conversation.registry;
  std::vector<Symbol> symbols;
  for (const Link& link : registry.links(agent)) {
    const ManifestView target = registry[link.to];
    if (link.strength > Strength::invoked || target.kind != Kind::command || !conversation.is_open(link.to)) continue;
    Symbol symbol{Kind::command, std::string(target.name)};
    if (std::ranges::find(symbols, symbol) == symbols.end()) symbols.push_back(std::move(symbol));
  }
  return symbols;
}

bool names_skill_tool(const Registry& registry, const AgentCall& call) {
  const std::vector<ToolName> tools = registry.tools(call.agent);
  return std::ranges::any_of(tools, [](const ToolName& name) { return name.tool == client::tool_names::skill; });
}

// An agent that the client does not know may use any tool; so may one whose manifest names no tools.
bool has_skill_tool(const Registry& registry, const AgentCall& call) {
  return !call.client_has_body || registry.tools(call.agent).empty() || names_skill_tool(registry, call);
}

// Says which file holds each command's text, for an agent that cannot ask for it.
std::string files_of(Conversation& conversation, const std::vector<Symbol>& commands) {
  constexpr std::size_t most = 5;
  std::string lines;
  for (std::size_t i = 0; i < commands.size() && i < most; ++i)
    if (const auto id = conversation.registry.find(commands[i])) {
      const ManifestView manifest = conversation.registry[*id];
      lines += "[cascade] " + symbol_text(manifest) + " is what " +
               brief(file_of(conversation.workspace, manifest), max_path_chars) + " says.\n";
    }
  return lines;
}

// Whether the subagent can ask for the texts of its commands.
bool can_ask(const Conversation& conversation, const AgentCall& call) {
  return conversation.event.client->entry_call != nullptr && has_skill_tool(conversation.registry, call);
}

std::string how_to_run(Conversation& conversation, const AgentCall& call) {
  const std::vector<Symbol> commands = commands_of(conversation, call.agent);
  if (commands.empty()) return {};
  if (!can_ask(conversation, call)) return files_of(conversation, commands);
  const std::string entry_call = conversation.entry_call();
  if (entry_call.empty()) return {};
  return "[cascade] To run a command named above, " + entry_call + " and args \"<name> <arguments>\".\n";
}

}  // namespace

std::optional<ManifestId> agent_named(const Registry& registry, const std::string& name) {
  const auto id = registry.find({Kind::agent, name});
  if (!id || registry[*id].name != name || registry[*id].document) return std::nullopt;
  for (const ManifestId other : registry.shadowed_by(*id))
    if (registry[other].scope == registry[*id].scope) return std::nullopt;
  return id;
}

// The type names an agent, or the task does if the type is a general one. A manifest that takes a client's own name may
// speak only if the user allowed it.
std::optional<AgentCall> find_agent(Conversation& conversation, const std::string& type, std::string_view task) {
  const Registry& registry = conversation.registry;
  const client::SubagentTool& tool = conversation.event.client->subagents;
  const auto may_speak = [&](ManifestId id) {
    return !conversation.is_ruled_out(id) && !listing::is_off(registry, id, conversation.switches()) &&
           (!claims_client_name(registry, id, *conversation.event.client) ||
            is_granted(conversation.workspace, conversation.options, id));
  };
  const std::optional<ManifestId> named = agent_named(registry, type);
  const bool speaks = named.has_value() && may_speak(*named);
  if (speaks && is_installed(conversation, registry[*named])) return AgentCall{*named, type, true};
  if (speaks && tool.is_built_in(type)) return AgentCall{*named, type, false};  // the user allowed it
  if (type.empty() || is_fork(conversation.event, type) || tool.is_built_in(type)) {
    const auto called = called_agent(registry, task);
    return called && may_speak(*called) ? std::optional<AgentCall>({*called, type, false}) : std::nullopt;
  }
  if (!speaks) return std::nullopt;
  return AgentCall{*named, std::string(tool.general), false};
}

bool is_installed(const Conversation& conversation, const ManifestView& manifest) {
  return is_installed(*conversation.event.client, conversation.workspace, manifest);
}

bool is_installed(const client::Dialect& client, const Workspace& workspace, const ManifestView& manifest) {
  if (manifest.scope == Scope::builtin) return false;
  const client::Owner owner = manifest.scope == Scope::project ? client::Owner::project
                              : manifest.scope == Scope::user  ? client::Owner::user
                                                               : client::Owner::plugin;
  return client::reads(client, owner, workspace.roots()[manifest.root].path, manifest.path);
}

bool is_fork(const EventInput& event, std::string_view type) noexcept {
  return !type.empty() && type == event.client->subagents.fork;
}

std::string subagent_call(const EventInput& event, const std::string& type) {
  const client::SubagentTool& tool = event.client->subagents;
  return "the " + std::string(tool.name) + " tool, " + std::string(tool.type_key) + " \"" + type + "\"";
}

Result<Layer> make_agent_layer(Conversation& conversation, const AgentCall& call, const std::string& recipient,
                               const std::string& task, const Cost& limit) {
  const Registry registry = conversation.registry;
  const Symbol symbol{Kind::agent, std::string(registry[call.agent].name)};
  const std::string tail = how_to_run(conversation, call);
  const bool runs_commands = !tail.empty() && can_ask(conversation, call) && !names_skill_tool(registry, call);
  LayerRequest request{
      .roots = call.client_has_body ? commands_of(conversation, call.agent) : std::vector<Symbol>{symbol},
      .recipient = recipient,
      .task = task,
      .limit = limit,
      .head = head_of(conversation, call, runs_commands),
      .tail = tail,
      .decision = "agent"};
  // A fork begins with everything that the agent that started it holds.
  if (is_fork(conversation.event, call.type))
    request.held = conversation.ledger.held(
        conversation.event.agent_id.empty() ? std::string(session::main_conversation) : conversation.event.agent_id);
  if (request.roots.empty() || !conversation.refusal(call.agent).empty()) return Layer();
  auto layer = make_layer(conversation, request);
  if (!layer || layer->text.empty()) return layer;
  layer->entry.root = to_string(symbol);
  layer->entry.also.clear();
  layer->entry.layer = "agent";
  return layer;
}

}  // namespace cascade::hook
