// The layer of a subagent: the agent's manifest where the client does not have it, cards of its commands, its tools.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hook/layer.h"

namespace cascade::hook {

// The agent that `type` names; or, when that is a built-in or unknown type, the one that the task tells it to act as
// (hook/called_agent.h). Nothing when there is none.
std::optional<ManifestId> find_agent(const Registry& registry, std::string_view type, std::string_view task);

// Whether the client has loaded the manifest itself: a skill's or command's text comes when it is called, an agent's
// body is the subagent's system prompt already.
bool is_installed(const ManifestView& manifest) noexcept;

// The text for `recipient`; nothing when there is nothing to add.
Result<std::optional<Layer>> make_agent_layer(Conversation& conversation, ManifestId agent,
                                              const std::string& recipient, const std::string& task, const Cost& limit);

}  // namespace cascade::hook
