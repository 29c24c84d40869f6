// A subagent's layer: its manifest if the client has not loaded it, cards of its commands, and its tools.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hook/layer.h"

namespace cascade::hook {

// The agent that a subagent acts as, and the type that the client starts it with.
struct AgentCall {
  ManifestId agent{};
  std::string type;              // the type that the client starts
  bool client_has_body = false;  // the manifest is its system prompt already
};

// A type that the client has loaded starts as it is. For a built-in type, the task may call an agent by name
// (hook/called_agent.h). A type that the client does not know starts as the general type if exactly one agent has that
// very name. Any other call gets nothing: the client refuses an unknown type, so a layer would never arrive.
// An agent that takes the name of one of the client's own is used only if the user allowed it (hook/layer.h).
std::optional<AgentCall> find_agent(Conversation& conversation, const std::string& type, std::string_view task);
// The agent of exactly that name; nothing if the name is ambiguous.
std::optional<ManifestId> agent_named(const Registry& registry, const std::string& name);

// Whether the client has loaded the manifest itself: it then sends a skill's or command's text when that is called, and
// an agent's body is already the subagent's system prompt.
bool is_installed(const Conversation& conversation, const ManifestView& manifest);
bool is_installed(const client::Dialect& client, const Workspace& workspace, const ManifestView& manifest);

// Whether a subagent of this type begins with a copy of its caller's conversation.
bool is_fork(const EventInput& event, std::string_view type) noexcept;

// How the model starts a subagent of a type: "the Agent tool, subagent_type \"x\"".
std::string subagent_call(const EventInput& event, const std::string& type);

// The layer for `recipient`; its text is empty if there is nothing to add.
Result<Layer> make_agent_layer(Conversation& conversation, const AgentCall& call, const std::string& recipient,
                               const std::string& task, const Cost& limit);

}  // namespace cascade::hook
