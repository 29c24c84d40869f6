// SEC007: a download that an interpreter runs unread. Each command is followed as a shell follows it, then each script
// or block of code as a whole, because the program that runs the download may stand lines below. A line that names no
// source only speaks of the habit.
#include <algorithm>
#include <vector>

#include "text/ascii.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"
#include "validate/rules/downloads.h"
#include "validate/rules/shared_hosts.h"

namespace cascade::validation {
namespace {

// PowerShell nests with brackets that mean something else in sh.
bool is_powershell_run(std::string_view text) {
  return has_phrase(text, {"iex", "invoke-expression"}) &&
         has_phrase(text, {"iwr", "irm", "invoke-webrequest", "invoke-restmethod", "downloadstring"});
}

bool runs_a_download(std::string_view text) { return is_powershell_run(text) || !downloads_run_by(text).empty(); }

bool holds_anybodys_files(std::string_view host) {
  for (const SharedHost& known : shared_hosts()) {
    const std::string_view name = known.name;
    if (host == name || (host.ends_with(name) && host[host.size() - name.size() - 1] == '.')) return true;
  }
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

void add_finding(const CommandText& command, Findings& findings) {
  const bool milder = (command.runs == Runs::shown || command.runs == Runs::script) && is_from_a_site(command.text);
  findings.add("SEC007", milder ? std::optional(Severity::warning) : std::nullopt, command.place,
               "a download goes straight into an interpreter", "download it, read it, then run it");
}

// The block of code around a place, or the whole script.
std::string_view block_around(const Document& document, std::size_t at) {
  constexpr std::size_t longest = 32'768;
  std::string_view text = document.text();
  if (document.role() != Role::script) {
    const Stretch* stretch = document.body().stretch_at(at);
    if (stretch == nullptr || (stretch->kind != Region::fence && stretch->kind != Region::indented)) return {};
    text = text.substr(stretch->begin, stretch->end - stretch->begin);
    if (stretch->kind == Region::fence) {  // without its first and last line
      text.remove_prefix(std::min(text.find('\n'), text.size()));
      text = text.substr(0, text.rfind('\n'));
    }
  }
  return text.size() <= longest ? text : std::string_view();
}

// The longest part of a source that stands in the text as it is: variables are %NAME%.
std::string_view longest_known(std::string_view source) {
  std::string_view longest;
  for (std::size_t at = 0; at <= source.size();) {
    const std::size_t end = std::min(source.find('%', at), source.size());
    if (end - at > longest.size()) longest = source.substr(at, end - at);
    at = end + 1;
  }
  return longest;
}

// Makes the line around a place blank.
void blank_line(std::string& text, std::size_t at) {
  const std::size_t before = text.rfind('\n', at), after = std::min(text.find('\n', at), text.size());
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  text.replace(begin, after - begin, after - begin, ' ');
}

// A command, and whether it runs a download by itself.
struct Judged {
  CommandText command;
  bool runs = false;
};

// The command that holds the word; null: it is in none. `judged`: by place.
const Judged* command_around(const std::vector<Judged>& judged, std::size_t at) {
  const auto behind = std::upper_bound(judged.begin(), judged.end(), at,
                                       [](std::size_t place, const Judged& one) { return place < one.command.begin; });
  if (behind == judged.begin()) return nullptr;
  const CommandText& command = std::prev(behind)->command;
  return at < command.begin + command.text.size() ? &*std::prev(behind) : nullptr;
}

// A download of one line that another line of the same block runs. Lines that are no commands, because the text forbids
// them or shows them as bad, are left out, and so are those that were found by themselves.
void check_block(const Document& document, std::string_view block, const std::vector<Judged>& judged,
                 Findings& findings) {
  const std::size_t first = static_cast<std::size_t>(block.data() - document.text().data());
  std::string rest(block);
  std::vector<const CommandText*> commands;
  for (const std::size_t at : document.triggers()[Trigger::download]) {
    if (at < first || at >= first + block.size()) continue;
    const Judged* const one = command_around(judged, at);
    if (one == nullptr || one->runs)
      blank_line(rest, at - first);
    else if (commands.empty() || commands.back() != &one->command)
      commands.push_back(&one->command);
  }
  if (commands.empty()) return;
  const std::vector<std::string> run = downloads_run_by(rest);
  for (const CommandText* const command : commands)
    if (std::any_of(run.begin(), run.end(), [&](const std::string& source) {
          return command->text.find(longest_known(source)) != std::string::npos;
        }))
      add_finding(*command, findings);
}

void check_blocks(const Document& document, const std::vector<Judged>& judged, Findings& findings) {
  std::size_t done = 0;
  for (const std::size_t at : document.triggers()[Trigger::download]) {
    if (at < done) continue;
    const std::string_view block = block_around(document, at);
    if (block.empty()) continue;
    check_block(document, block, judged, findings);
    done = static_cast<std::size_t>(block.data() - document.text().data()) + block.size();
  }
}

}  // namespace

void check_remote_execution(const Context&, const Document& document, Findings& findings) {
  std::vector<Judged> judged;
  for_each_command(document, Trigger::download, [&](const CommandText& command) {
    judged.push_back({command, runs_a_download(command.text)});
    if (judged.back().runs) add_finding(command, findings);
  });
  std::stable_sort(judged.begin(), judged.end(),
                   [](const Judged& a, const Judged& b) { return a.command.begin < b.command.begin; });
  if (has_commands(document.role())) check_blocks(document, judged, findings);
}

}  // namespace cascade::validation
