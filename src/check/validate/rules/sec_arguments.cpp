// SEC018: arguments that the client pastes into a command before a shell reads it. A here-document with a quoted end is
// the one place where a shell leaves them alone.
#include "text/ascii.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

constexpr std::size_t longest_command = 4000;

// $ARGUMENTS, $0 to $9, $ARGUMENTS[1]; a backslash before it keeps the client from filling it in.
std::size_t find_argument(std::string_view command) {
  for (std::size_t at = command.find('$'); at != std::string_view::npos; at = command.find('$', at + 1)) {
    if (at > 0 && command[at - 1] == '\\') continue;
    const std::string_view name = command.substr(at + 1);
    if (name.substr(0, 9) == "ARGUMENTS") return at;
    if (!name.empty() && letters::is_digit(name[0]) && (name.size() == 1 || !letters::is_word(name[1]))) return at;
  }
  return std::string_view::npos;
}

// Whether `at` is in a here-document with a quoted delimiter, whose text no shell reads: `x <<'END_4f1'`, the text,
// `END_4f1`.
bool is_quoted_text(std::string_view command, std::size_t at) {
  for (std::size_t mark = command.find("<<"); mark < at; mark = command.find("<<", mark + 2)) {
    std::size_t open = mark + 2;
    if (command.substr(open, 1) == "-") ++open;
    while (open < at && letters::is_blank(command[open])) ++open;
    const char quote = command[open];
    if (quote != '\'' && quote != '"') continue;
    const std::size_t close = command.find(quote, open + 1), line = command.find('\n', mark);
    if (close > line || line >= at) continue;
    const std::string end = "\n" + std::string(command.substr(open + 1, close - open - 1));
    if (end.size() > 1 && command.find(end, line) > at) return true;
  }
  return false;
}

void report(const Document& document, std::size_t begin, std::size_t end, Findings& findings) {
  const std::string_view command = document.text().substr(begin, end - begin);
  const std::size_t argument = find_argument(command);
  if (argument != std::string_view::npos && !is_quoted_text(command, argument))
    findings.add("SEC018", document.at(begin + argument, 1), "arguments are pasted into a command that runs unasked",
                 "let the model run the command with the arguments");
}

}  // namespace

void check_argument_injection(const Context&, const Document& document, Findings& findings) {
  if (document.role() != Role::skill && document.role() != Role::command) return;
  if (document.text().find("```!") != std::string_view::npos)
    for (const Stretch& stretch : document.body().stretches())
      if (stretch.kind == Region::fence && document.body().info_of(stretch) == "!")
        report(document, stretch.begin, stretch.end, findings);
  const std::string_view text = document.text();
  for (std::size_t at = text.find("!`", document.frontmatter().body); at != std::string_view::npos;
       at = text.find("!`", at + 2)) {
    if (at > 0 && !letters::is_space(text[at - 1])) continue;
    const Stretch* stretch = document.body().stretch_at(at);
    if (stretch != nullptr && stretch->begin < at) continue;  // shown in a fence or a longer span
    const std::size_t end = text.substr(0, at + longest_command).find('`', at + 2);
    if (end == std::string_view::npos) continue;
    report(document, at + 2, end, findings);
  }
}

}  // namespace cascade::validation
