// SEC007: a download that an interpreter runs unread. The line is read as a shell reads it, because the program that
// runs the download may stand behind several pipes, in a substitution, or within `bash -c`. A line that names no source
// only speaks of the habit.
#include "text/ascii.h"
#include "validate/reading/shell.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"
#include "validate/rules/programs.h"

namespace cascade::validation {
namespace {

// PowerShell nests with brackets that mean something else in sh.
bool is_powershell_run(std::string_view text) {
  return has_phrase(text, {"iex", "invoke-expression"}) &&
         has_phrase(text, {"iwr", "irm", "invoke-webrequest", "invoke-restmethod", "downloadstring"});
}

// Whether the command names what it downloads: "curl | sh" and "curl ... | sh" are names of the habit.
bool names_source(const ShellCommand& command) {
  for (std::size_t i = command.first_argument(); i < command.words.size(); ++i) {
    const std::string& word = command.words[i].text;
    if (word.empty() || word.front() == '-') continue;
    for (const char c : word)
      if (letters::is_name(c) || c == '$' || c == '<' || c == '{') return true;
  }
  return false;
}

constexpr int deepest = 3;  // bash -c "bash -c ..."

bool runs_a_download(std::string_view text, int depth = 0) {
  if (is_powershell_run(text)) return true;
  const std::vector<ShellCommand> commands = parse_shell(text);
  for (const ShellCommand& command : commands) {
    if (is_downloader(command.program()) && names_source(command) && reaches_interpreter(commands, command))
      return true;
    if (!is_interpreter(command.program()) || depth == deepest) continue;
    for (std::size_t i = command.first_argument(); i + 1 < command.words.size(); ++i)
      if (command.words[i].text == "-c" && runs_a_download(command.words[i + 1].text, depth + 1)) return true;
  }
  return false;
}

}  // namespace

void check_remote_execution(const Context&, const Document& document, Findings& findings) {
  for_each_command(document, Trigger::download, [&](const CommandText& command) {
    if (runs_a_download(command.text))
      findings.add("SEC007", command.place, "a download goes straight into an interpreter",
                   "download it, read it, then run it");
  });
}

}  // namespace cascade::validation
