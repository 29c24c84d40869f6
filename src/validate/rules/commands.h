// The shell commands of a file, and how much of an order they are.
#pragma once

#include "validate/reading/document.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// hook: run by the client at an event. preexecuted: !`...`, run before the model sees the text. script: a line of a
// shell script. shown: in the text, for the model to run.
enum class Runs : std::uint8_t { hook, preexecuted, script, shown };

// `text` is what a shell would get. `begin`: where it stands in the file; `exact`: its bytes are those of the file from
// there on. `at`: the word that was asked about.
struct CommandText {
  std::string text;
  Runs runs = Runs::shown;
  std::size_t begin = 0, at = 0;
  Location place;
};

// The command around a word of a Markdown text or a script: the code span, the line of a fence, of prose or of the
// script, with its continuations. Empty for what is no command: other languages, comments, quotations, what the text
// forbids or shows as bad.
std::optional<CommandText> command_at(const Document& document, std::size_t offset);

// The commands of hooks and of MCP servers, in JSON or in front matter.
std::vector<CommandText> configured_commands(const Document& document);

// Whether commands of this file are looked at at all.
bool has_commands(Role role) noexcept;

// Each command that holds one of the trigger's words, once.
template <typename Visit>
void for_each_command(const Document& document, Trigger trigger, const Visit& visit) {
  for (const CommandText& command : configured_commands(document)) visit(command);
  if (!has_commands(document.role())) return;
  std::size_t done = 0;
  for (const std::size_t at : document.triggers()[trigger]) {
    if (at < done) continue;
    if (const auto command = command_at(document, at)) {
      visit(*command);
      done = command->begin + command->text.size();
    }
  }
}

}  // namespace cascade::validation
