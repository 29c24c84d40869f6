// The shell commands of a file, and how strongly each is an order.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "validate/reading/document.h"
#include "validate/reading/shell.h"
#include "validate/rules/findings.h"

namespace cascade::validation {

// hook: run by the client at an event. preexecuted: !`...`, run before the model sees the text. script: a line of a
// shell script. shown: in the text, for the model to run.
enum class Runs : std::uint8_t { hook, preexecuted, script, shown };

// `text`: as a shell would get it. `begin`: its place in the file.
struct CommandText {
  std::string text;
  Runs runs = Runs::shown;
  std::size_t begin = 0;
  Location place;
};

// Returns the command around a word of a Markdown text or script: the code span, or the line of a fence, of prose or
// of the script, with its continuations. Empty if it is not a command: other languages, comments, quotations, text
// that forbids it or shows it as bad.
std::optional<CommandText> command_at(const Document& document, std::size_t offset);

// The commands of hooks and of MCP servers, in JSON or in front matter.
std::vector<CommandText> configured_commands(const Document& document);

// What a shell would get of a fence, an indented block or a code span; nothing: it is no shell's. Whether the text
// means it is not asked.
std::optional<Range> shell_text(const Document& document, const Stretch& stretch);

// Whether commands of this file are examined at all.
bool has_commands(Role role) noexcept;

// Visits each command that contains one of the trigger's words once, until the rule has found enough.
template <typename Visit>
void for_each_command(const Document& document, Trigger trigger, const Findings& findings, std::string_view rule,
                      const Visit& visit) {
  for (const CommandText& command : configured_commands(document)) visit(command);
  if (!has_commands(document.role())) return;
  std::size_t done = 0;
  for (const std::size_t at : document.triggers()[trigger]) {
    if (at < done) continue;
    if (findings.has_enough(rule)) return;
    if (const auto command = command_at(document, at)) {
      visit(*command);
      done = command->begin + command->text.size();
    }
  }
}

// The map from events to groups in a file; null: it has none. `missing`: the file should have one.
const syntax::Node* hook_map(const Document& document, bool* missing = nullptr);

// Visits every handler in its proper place, in order.
void for_each_handler(const syntax::Node& map, const std::function<void(const syntax::Node& handler)>& visit);

// The source of each download whose content a program of the text runs: through pipes, substitutions, variables,
// functions, aliases or files. A file that another program checks or shows first is not among them. In the order in
// which they are run; empty: there is none. Lines may begin with a prompt, and need not be valid shell to their end.
std::vector<std::string> downloads_run_by(std::string_view text);
// Whether the first address is that of a script by which a well-known program is installed.
bool is_known_installer(std::string_view text);

// Hosts where anybody can put a script: the rows of shared_hosts.tsv, compiled in.
struct SharedHost {
  std::string_view name;
};
std::span<const SharedHost> shared_hosts() noexcept;

// Whether the command's output is run: through pipes into an interpreter that reads its program from there, or as a
// word of one (sh -c "$(...)", bash <(...), eval `...`).
bool reaches_interpreter(const std::vector<ShellCommand>& commands, const ShellCommand& command);

}  // namespace cascade::validation
