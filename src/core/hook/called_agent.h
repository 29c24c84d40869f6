// Finds the agent that a text calls by name.
#pragma once

#include <cascade/registry.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hook/event.h"
#include "hook/layer.h"

namespace cascade::hook {

// Finds the agent in "act as the log-aligner agent", "you are log-aligner", "@log-aligner", "use the log-aligner
// subagent". A text that only mentions a name ("why does log-aligner fail?", "agents/log-aligner.md") calls nobody. The
// longest name wins. Linear in the text for each agent.
std::optional<ManifestId> called_agent(const Registry& registry, std::string_view text);

// Whether the text calls this one name. Case is ignored.
bool is_called(std::string_view text, std::string_view name);

// Whether the text has the name, and what stands before and behind it does not go on with it.
bool holds_whole(std::string_view text, std::string_view name, bool (*goes_on)(char));

// Handles "/name arguments" where the client does not run the command: in print mode, a command that the client does
// not have; in a subagent's task, any command, since the client passes it on as plain text (client 2.1.328 and
// 2.1.329).
struct CalledCommand {
  ManifestId id{};
  std::string_view arguments;  // the rest of the text's first line
};

// The command or skill that a text begins with; nothing unless exactly one has that name.
std::optional<CalledCommand> called_command(const Registry& registry, std::string_view text);

// Puts arguments into the manifest's text as the client would (client/dialect.h).
std::function<std::string(std::string_view)> filler(const Conversation& conversation, ManifestId id,
                                                    std::string_view arguments);

// The layer for `recipient` with the text of the command that a subagent's task begins with. Its text is empty if there
// is nothing to add, or if only the user may start the command.
Result<Layer> make_command_layer(Conversation& conversation, std::string_view task, const std::string& recipient,
                                 const Cost& limit);

// Whether the author wants it to run in a subagent of its own (`context: fork`), so that it is called and not read.
bool runs_apart(const Registry& registry, ManifestId id);

// Whether its text has commands that the client runs when the manifest is called, as must be done then. Reads the file.
bool runs_commands(const Conversation& conversation, ManifestId id);

// A sentence that tells the model how to start the manifest, for one whose text must not be pasted into the main
// conversation; empty for all others. `arguments`: those of the call, or empty.
std::string how_to_start(Conversation& conversation, ManifestId id, std::string_view arguments = {});

// The hashes of the manifest's sections if the client sends its text with this prompt ("/name ..."), or has sent it
// before, for the user or for the model; otherwise empty. Compaction does not change that: the client attaches such a
// skill again (2.1.330). Costs one look at the end of the transcript for an installed skill, and nothing for any other.
std::vector<std::uint64_t> sent_by_client(const Conversation& conversation, const ManifestView& manifest);

// Whether the prompt is "/name ..." and the client sends the manifest's text with it.
bool is_sent_as_typed(const Conversation& conversation, const ManifestView& manifest);

// The other manifests of the same kind that have this name in another plugin, including those that lost it. A call by
// that name alone says nothing about which is meant: the answer names all of them and leaves the choice to the user.
std::vector<ManifestId> of_same_name(const Registry& registry, ManifestId id);

// For a prompt that calls a skill or command by a name without its plugin ("use the deploy skill", "/deploy"): lines
// that name all that have it. `id` is the one that would be taken. Empty if the name is enough.
std::string which_of_them(Conversation& conversation, ManifestId id);

// The same for a subagent's type, or for a text that calls an agent. Empty if no name in it has several agents.
std::string which_agent(Conversation& conversation, const std::string& type, std::string_view text);

// One line for each manifest: its name, its plugin's if several share the name, and its description.
std::string lines_of(const Conversation& conversation, const std::vector<ManifestId>& ids);

// Which words a long prompt has at all, so that not every manifest's name is looked for in it.
class WordsOfPrompt {
 public:
  // `text` in lower case; it must outlive this. Of a short text nothing is collected: a search costs less there.
  explicit WordsOfPrompt(std::string_view text);

  // False only if the name, in lower case, does not occur in the text between characters that are no letters or digits.
  bool may_hold(std::string_view name) const;

 private:
  bool is_long_;
  std::vector<std::string_view> words_;  // runs of ASCII letters and digits; sorted, each once
};

}  // namespace cascade::hook
