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

// Places where anybody can put a script.
bool holds_anybodys_files(std::string_view host) {
  for (const std::string_view known :
       {"githubusercontent.com", "github.com", "gitlab.com",     "bitbucket.org", "pastebin.com",  "bit.ly",
        "tinyurl.com",           "ngrok.io",   "ngrok-free.app", "transfer.sh",   "ix.io",         "termbin.com",
        "workers.dev",           "vercel.app", "netlify.app",    "herokuapp.com", "amazonaws.com", "googleapis.com",
        "windows.net",           "github.io",  "jsdelivr.net",   "unpkg.com"})
    if (host == known || (host.ends_with(known) && host[host.size() - known.size() - 1] == '.')) return true;
  return false;
}

// Whether all that the command downloads comes over TLS from a site with a name of its own, as vendors publish their
// installers. That is no proof, but less than a script in somebody's repository.
bool is_from_a_site(std::string_view text) {
  bool found = false;
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    if (!text.substr(0, at).ends_with("https")) return false;
    std::size_t end = at + 3;
    while (end < text.size() && (letters::is_name(text[end]) || text[end] == '.')) ++end;
    const std::string_view host = text.substr(at + 3, end - at - 3), top = host.substr(host.rfind('.') + 1);
    const bool named = top.size() >= 2 && top.size() < host.size() && letters::is_letter(top.front());
    if (!named || top == "local" || top == "internal" || holds_anybodys_files(host)) return false;
    if (end < text.size() && text[end] != '/' && text[end] != '"' && text[end] != '\'' && text[end] != ' ')
      return false;
    found = true;
  }
  return found;
}

}  // namespace

void check_remote_execution(const Context&, const Document& document, Findings& findings) {
  for_each_command(document, Trigger::download, [&](const CommandText& command) {
    if (!runs_a_download(command.text)) return;
    const bool milder = (command.runs == Runs::shown || command.runs == Runs::script) && is_from_a_site(command.text);
    findings.add("SEC007", milder ? std::optional(Severity::warning) : std::nullopt, command.place,
                 "a download goes straight into an interpreter", "download it, read it, then run it");
  });
}

}  // namespace cascade::validation
