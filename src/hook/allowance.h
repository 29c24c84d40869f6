// How much one injection may cost: the budget that was set, or a share of the model's context window.
#pragma once

#include <optional>

#include "hook/event.h"

namespace cascade::hook {

// For the main conversation, and for the subagent that `agent`, if any, is and the tool's input describes. In o200k
// tokens and UTF-16 units. The model is the one that was configured, else the one that the event, the ledger or the
// transcript tells; a subagent's is first what the tool's input and the manifest say. An unknown model counts as one
// with a window of 200,000 o200k tokens.
Cost prompt_allowance(const Conversation& conversation);
Cost agent_allowance(const Conversation& conversation, std::optional<ManifestId> agent, std::uint32_t max_chars);

// The same of one layer, for a model by its name; empty or unknown: 200,000 o200k tokens.
TokenCount prompt_limit(const HookOptions& options, const std::string& model);
TokenCount agent_limit(const HookOptions& options, const std::string& model);

}  // namespace cascade::hook
