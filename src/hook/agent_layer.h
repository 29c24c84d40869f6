// The layer of a subagent: the agent's manifest where the client does not have it, cards of its commands, its tools.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hook/layer.h"

namespace cascade::hook {

// Which agent a subagent is to be, and what becomes of its type.
struct AgentCall {
  ManifestId agent{};
  std::string type;              // that the client is to start
  bool client_has_body = false;  // its system prompt is the manifest already
};

// A type that the client has loaded is started as it is; a built-in one may be told to act as somebody
// (hook/called_agent.h). One that the client does not know is started as the general type where exactly one agent has
// that very name. Nothing for every other call: the client refuses an unknown type, and nothing would arrive.
// A name of the client itself speaks only where the user allowed it (hook/authority.h).
std::optional<AgentCall> find_agent(const Conversation& conversation, const std::string& type, std::string_view task);
// The agent of exactly that name, if no second one could be meant.
std::optional<ManifestId> agent_named(const Registry& registry, const std::string& name);

// Whether the client has loaded the manifest itself: a skill's or command's text comes when it is called, an agent's
// body is the subagent's system prompt already.
bool is_installed(const Conversation& conversation, const ManifestView& manifest);

// Whether a subagent of this type begins with the conversation of whoever starts it.
bool is_fork(const EventInput& event, std::string_view type) noexcept;

// How the model starts a subagent of a type: "the Agent tool, subagent_type \"x\"".
std::string subagent_call(const EventInput& event, const std::string& type);

// The text for `recipient`; nothing when there is nothing to add.
Result<std::optional<Layer>> make_agent_layer(Conversation& conversation, const AgentCall& call,
                                              const std::string& recipient, const std::string& task, const Cost& limit);

}  // namespace cascade::hook
