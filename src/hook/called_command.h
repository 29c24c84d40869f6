// "/name arguments" where the client runs no command: in print mode one that it does not have, and in a subagent's task
// every one, which stays the text that it is (client 2.1.328 and 2.1.329).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hook/layer.h"

namespace cascade::hook {

struct CalledCommand {
  ManifestId id{};
  std::string_view arguments;  // of the text's first line
};

// What a text begins with; nothing unless exactly one command or skill has that name.
std::optional<CalledCommand> called_command(const Registry& registry, std::string_view text);

// Puts arguments into the manifest's text as the client would (hook/arguments.h).
std::function<std::string(std::string_view)> filler(const Conversation& conversation, ManifestId id,
                                                    std::string_view arguments);

// The text of what a subagent's task begins with, for `recipient`; nothing when there is nothing to add, or when only
// the user may start it.
Result<std::optional<Layer>> make_command_layer(Conversation& conversation, std::string_view task,
                                                const std::string& recipient, const Cost& limit);

}  // namespace cascade::hook
