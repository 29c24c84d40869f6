// Handles "/name arguments" where the client does not run the command: in print mode, a command that the client does
// not have; in a subagent's task, any command, since the client passes it on as plain text (client 2.1.328 and
// 2.1.329).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hook/layer.h"

namespace cascade::hook {

struct CalledCommand {
  ManifestId id{};
  std::string_view arguments;  // the rest of the text's first line
};

// The command or skill that a text begins with; nothing unless exactly one has that name.
std::optional<CalledCommand> called_command(const Registry& registry, std::string_view text);

// Puts arguments into the manifest's text as the client would (client/arguments.h).
std::function<std::string(std::string_view)> filler(const Conversation& conversation, ManifestId id,
                                                    std::string_view arguments);

// The layer for `recipient` with the text of the command that a subagent's task begins with. Nothing if there is
// nothing to add, or if only the user may start the command.
Result<std::optional<Layer>> make_command_layer(Conversation& conversation, std::string_view task,
                                                const std::string& recipient, const Cost& limit);

}  // namespace cascade::hook
