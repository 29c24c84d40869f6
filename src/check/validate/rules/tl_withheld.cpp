// TL012: what the text orders and its own list of tools leaves out. The `tools` of an agent are all that it has, so the
// order cannot be carried out. `allowed-tools` of a skill or command only spares a question: the client asks about what
// is left out, and refuses it where nobody can answer (-p), so that is a note. Commands that the client runs without a
// question anyway are left out. Patterns of an agent (Bash(git log:*)) are taken at their word, which is a note, too.
#include <algorithm>

#include "client/names.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"
#include "validate/rules/granted_tools.h"

namespace cascade::validation {
namespace names = client::tool_names;

bool is_program(std::string_view word) {
  return !word.empty() && letters::is_lower(word.front()) && std::ranges::all_of(word, [](char c) {
    return letters::is_lower(c) || letters::is_digit(c) || c == '-' || c == '_' || c == '.';
  });
}

std::string act_of(const ShellCommand& command) {
  const std::size_t first = command.first_argument();
  std::string act = command.words[first - 1].text;
  if (first < command.words.size() && std::ranges::all_of(command.words[first].text, letters::is_lower))
    act += " " + command.words[first].text;
  return act;
}

void report_command(Findings& findings, const GrantedTools& granted, const Location& place, const std::string& act) {
  const std::string bash = names::bash;
  if (granted.has_patterns())
    findings.add("TL012", Severity::info, place, "the agent is told to run `" + act + "`, which its patterns leave out",
                 "add " + bash + "(" + act + ":*) to its tools, or take the order out");
  else
    findings.add("TL012", place, "the agent is told to run `" + act + "` and has no tool for it",
                 "add " + bash + " to its tools, or take the order out");
}

namespace {

// Blocks of commands.
class WithheldCommands {
 public:
  WithheldCommands(const Document& document, const GrantedTools& granted, Findings& findings)
      : document_(document), findings_(findings), granted_(granted), is_agent_(document.role() == Role::agent) {}

  // False: enough is said.
  bool run() {
    for (const Stretch& stretch : document_.body().stretches())
      if (stretch.kind == Region::fence && !fence(stretch)) return false;
    return true;
  }

 private:
  bool fence(const Stretch& stretch) {
    const TextModel& body = document_.body();
    std::string_view info = body.info_of(stretch);
    info = info.substr(0, info.find_first_of(" \t{,"));
    const auto range = shell_text(document_, stretch);
    if (!range || !letters::is_one_of(info, {"bash", "sh", "shell", "zsh", "!"}) || is_shown_for(stretch)) return true;
    for (std::size_t at = range->begin; at < range->end;) {
      const std::size_t end = std::min(document_.text().find('\n', at), range->end);
      const std::string_view line = document_.text().substr(at, end - at);
      const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
      // What stands in a text of several lines is no command.
      if (line.find("<<") != std::string_view::npos || std::ranges::count(line, '"') % 2 != 0 ||
          std::ranges::count(line, '\'') % 2 != 0)
        return true;
      if (first < line.size() && line[first] != '#')
        if (const auto command = command_at(document_, at + first); command && !judge(*command)) return false;
      at = end + 1;
    }
    return true;
  }

  // The text gives it to somebody, or it is an example or a template.
  bool is_shown_for(const Stretch& stretch) const {
    const TextModel& body = document_.body();
    if (stretch.around != Stretch::no_stretch || stance_of(body, stretch.begin, stretch.end) != Stance::meant)
      return true;
    for (const std::vector<std::string_view>& said : {body.lead_ins(stretch.begin), body.headings_above(stretch.begin)})
      for (const std::string_view words : said)
        if (has_phrase(words, {"example", "examples", "template", "output", "user", "users", "report", "format",
                               "such as", "usage", "invocation"}))
          return true;
    return false;
  }

  bool judge(const CommandText& command) {
    for (const ShellCommand& each : parse_shell(command.text)) {
      const std::string_view program = each.program();
      if (each.depth != 0 || each.first_argument() == 0 || !is_program(program)) continue;
      const std::string text = command_line(each);
      if (text.find_first_of("<{[") != std::string::npos || granted_.lets_run(each)) continue;
      const std::string act = act_of(each);
      if (std::ranges::find(told_, act) != told_.end()) continue;
      told_.push_back(act);
      if (is_agent_) {
        report_command(findings_, granted_, command.place, act);
        return false;
      }
      findings_.add("TL012", Severity::info, command.place,
                    "allowed-tools leaves out `" + act + "`: the client asks before it, and refuses it with -p",
                    "add " + std::string(names::bash) + "(" + act + ":*) if it may run without a question");
    }
    return true;
  }

  const Document& document_;
  Findings& findings_;
  const GrantedTools& granted_;
  bool is_agent_ = false;
  std::vector<std::string> told_;
};

}  // namespace

void check_withheld_tools(const Context&, const Document& document, Findings& findings) {
  if (!is_manifest(document.role()) || !findings.runs("TL012")) return;
  const auto granted = GrantedTools::of(document);
  if (!granted) return;
  const bool told = !granted->runs_anything() && !WithheldCommands(document, *granted, findings).run();
  if (document.role() == Role::agent) check_withheld_orders(document, *granted, told, findings);
}

}  // namespace cascade::validation
