// How much one injection may cost: the configured budget, or a share of the model's context window.
#pragma once

#include <optional>

#include "hook/event.h"

namespace cascade::hook {

// The limits for the main conversation, and for the subagent that the tool's input describes and that acts as `agent`,
// if there is one. In o200k tokens and UTF-16 units. The model is the configured one, or else the one that the event,
// the ledger or the transcript names; for a subagent, the tool's input and the manifest come first. An unknown model is
// taken to have a window of 200,000 o200k tokens.
Cost prompt_allowance(const Conversation& conversation);
Cost agent_allowance(const Conversation& conversation, std::optional<ManifestId> agent, std::uint32_t max_chars);

// The token limit of one layer for a model by name. An empty or unknown name counts as 200,000 o200k tokens.
TokenCount prompt_limit(const HookOptions& options, const std::string& model);
TokenCount agent_limit(const HookOptions& options, const std::string& model);

}  // namespace cascade::hook
