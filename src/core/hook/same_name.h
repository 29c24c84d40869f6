// Several plugins may have a manifest of one name. A call by that name alone then says nothing about which is meant,
// so the answer names all of them and leaves the choice to the user.
#pragma once

#include <string>
#include <vector>

#include "hook/event.h"

namespace cascade::hook {

// The other manifests of the same kind that have this name in another plugin, including those that lost it.
std::vector<ManifestId> of_same_name(const Registry& registry, ManifestId id);

// For a prompt that calls a skill or command by a name without its plugin ("use the deploy skill", "/deploy"): lines
// that name all that have it. `id` is the one that would be taken. Empty if the name is enough.
std::string which_of_them(Conversation& conversation, ManifestId id);

// The same for a subagent's type, or for a text that calls an agent. Empty if no name in it has several agents.
std::string which_agent(Conversation& conversation, const std::string& type, std::string_view text);

// One line for each manifest: its name, its plugin's if several share the name, and its description.
std::string lines_of(const Conversation& conversation, const std::vector<ManifestId>& ids);

}  // namespace cascade::hook
