// Which agent a text calls by name.
#pragma once

#include <cascade/registry.h>

#include <optional>
#include <string_view>

namespace cascade::hook {

// "act as the log-aligner agent", "you are log-aligner", "@log-aligner", "use the log-aligner subagent". A name that is
// only talked about ("why does log-aligner fail?", "agents/log-aligner.md") calls nobody. The longest name wins;
// nothing when nobody is called. Linear in the text for each agent.
std::optional<ManifestId> called_agent(const Registry& registry, std::string_view text);

// Whether the name stands in the text as a name, called or not; without case.
bool is_named(std::string_view text, std::string_view name);

// The rule for one name; letters of the text and the name are compared without case.
bool is_called(std::string_view text, std::string_view name);

}  // namespace cascade::hook
