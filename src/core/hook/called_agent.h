// Finds the agent that a text calls by name.
#pragma once

#include <cascade/registry.h>

#include <optional>
#include <string_view>

namespace cascade::hook {

// Finds the agent in "act as the log-aligner agent", "you are log-aligner", "@log-aligner", "use the log-aligner
// subagent". A text that only mentions a name ("why does log-aligner fail?", "agents/log-aligner.md") calls nobody. The
// longest name wins. Linear in the text for each agent.
std::optional<ManifestId> called_agent(const Registry& registry, std::string_view text);

// Whether the text calls this one name. Case is ignored.
bool is_called(std::string_view text, std::string_view name);

}  // namespace cascade::hook
