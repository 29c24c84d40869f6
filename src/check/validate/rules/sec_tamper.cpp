// SEC016: orders to change the client's settings, hooks or permissions without asking. Prose must have all three in one
// clause: a change as an order, a control as its object, and words that leave the user out. Without the first, texts
// that warn of such attacks would be reported. Commands that run unasked need only write to such a file.
#include "client/names.h"
#include "text/ascii.h"
#include "validate/reading/lists.h"
#include "validate/reading/shell.h"
#include "validate/reading/stance.h"
#include "validate/reading/words.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"

namespace cascade::validation {
namespace {

// The controls of a client: its settings, its hooks, its memory.
bool names_control(std::string_view text) {
  if (has_phrase(text, lists::controls)) return true;
  if (has_phrase(text, {"settings.json", "settings"}) &&
      has_phrase(text, {client::own_folder::name, "claude code", "claude's", "client's", "your settings",
                        "the client settings"}))
    return true;
  return has_phrase(text,
                    {"hooks off", "all hooks", "the hooks", "hooks in", "every hook", "disable hooks", "hooks"}) &&
         has_phrase(text, {"turn", "disable", "remove", "switch", "delete", "deactivate", "off"});
}

bool is_change(std::string_view word) {
  for (const std::string_view verb : lists::changes)
    if (letters::equals_lower(word, verb)) return true;
  return false;
}

// After these words a verb is an order; after "malware could" or "lets the agent" it is not.
bool opens_an_order(std::string_view before) {
  before = letters::trim(before);
  if (before.empty() || std::string_view(",;:-*>(#|").find(before.back()) != std::string_view::npos) return true;
  std::string_view last;
  for (WordCursor words(before); words.next();) last = words.word();
  for (const std::string_view word : lists::openers)
    if (letters::equals_lower(last, word)) return true;
  return letters::is_digit(last.empty() ? ' ' : last.back());
}

// Whether somebody else does it: "malware could write ...", "a repository can silently add ...", "the installer
// updates ...".
bool is_about_others(std::string_view before) {
  WordCursor words(before);
  if (!words.next()) return false;
  for (const std::string_view start : lists::others)
    if (letters::equals_lower(words.word(), start)) return true;
  return false;
}

// Whether the clause contains an order to change one of the controls, which follows its verb closely.
bool orders_a_change(std::string_view clause) {
  constexpr std::size_t near = 90;
  for (WordCursor words(clause); words.next();) {
    if (!is_change(words.word())) continue;
    const std::string_view before = clause.substr(0, words.begin());
    if (opens_an_order(before) && !is_about_others(before) && names_control(clause.substr(words.begin(), near)))
      return true;
  }
  return false;
}

bool asks_nobody(std::string_view text) { return has_phrase(text, lists::unasked); }

// A colon or semicolon in running text; "; do not ask" belongs to the text before it.
bool ends_clause(std::string_view said, std::size_t at) {
  if (said[at] == ':') return at > 0 && letters::is_letter(said[at - 1]) && said.substr(at, 2) == ": ";
  std::size_t length = 0;
  const std::string_view rest = letters::trim(said.substr(at + 1));
  return said[at] == ';' && !begins_with_phrase(rest, "do not", length) && !begins_with_phrase(rest, "don't", length) &&
         !begins_with_phrase(rest, "never", length) && !begins_with_phrase(rest, "no", length);
}

// Whether one clause orders the change and says that nobody is asked.
bool has_unasked_change(std::string_view said) {
  for (std::size_t begin = 0; begin < said.size();) {
    std::size_t end = begin;
    while (end < said.size() && !ends_clause(said, end)) ++end;
    const std::string_view clause = said.substr(begin, end - begin);
    if (asks_nobody(clause) && orders_a_change(clause)) return true;
    begin = end + 1;
  }
  return false;
}

bool is_settings_path(std::string_view path) {
  return path.find(client::own_folder::any_settings) != std::string_view::npos ||
         path.find("CLAUDE.md") != std::string_view::npos ||
         path.find(client::own_folder::hooks) != std::string_view::npos;
}

// > file, >> file, tee file, sed -i file, cp x file
bool writes_settings(std::string_view text) {
  for (const ShellCommand& command : parse_shell(text)) {
    const std::string_view program = command.program();
    for (std::size_t i = 0; i < command.words.size(); ++i) {
      const std::string& word = command.words[i].text;
      const bool redirected = !word.empty() && word[0] == '>' && word.size() > 2 && is_settings_path(word);
      const bool behind =
          i > 0 && is_settings_path(word) && (command.words[i - 1].text == ">" || command.words[i - 1].text == ">>");
      if (redirected || behind) return true;
      if ((program == "tee" ||
           (program == "sed" && command.words.size() > 1 && text.find("-i") != std::string_view::npos)) &&
          is_settings_path(word))
        return true;
      if ((program == "cp" || program == "mv") && i + 1 == command.words.size() && is_settings_path(word)) return true;
    }
  }
  return false;
}

void check_prose(const Document& document, Findings& findings) {
  const TextModel& body = document.body();
  std::size_t done = 0;
  for (const std::size_t at : document.triggers()[Trigger::settings]) {
    if (at < std::max(done, body.body()) || body.is_quoted(at)) continue;
    const Region region = body.region_at(at);
    if (region != Region::running && region != Region::code) continue;
    const Range sentence = body.sentence_at(at);
    done = sentence.end;
    const std::string_view said = document.text().substr(sentence.begin, sentence.end - sentence.begin);
    if (!asks_nobody(said) || !has_unasked_change(said)) continue;
    // "without asking" is part of the order; a prohibition is at the begin.
    const std::string_view start = said.substr(0, std::min<std::size_t>(said.size(), 30));
    if (has_phrase(start, {"never", "do not", "don't", "must not", "avoid", "no", "cannot", "should not"})) continue;
    if (introduces_attack(said)) continue;
    if (takes_back_command(stance_of(body, sentence.begin, sentence.begin))) continue;
    const std::size_t first = std::min(document.text().find_first_not_of(" \t\r\n", sentence.begin), at);
    findings.add("SEC016", document.at(first, sentence.end - first), "the client's controls are changed without asking",
                 "let the user change them");
  }
}

}  // namespace

void check_settings_tampering(const Context&, const Document& document, Findings& findings) {
  for (const CommandText& command : configured_commands(document))
    if (writes_settings(command.text))
      findings.add("SEC016", command.place, "the hook changes the client's controls", "let the user change them");
  if (is_read_by_model(document.role()) && !document.triggers()[Trigger::settings].empty())
    check_prose(document, findings);
  const bool runs_any =
      document.text().find("!`") != std::string_view::npos || document.text().find("```!") != std::string_view::npos;
  if ((document.role() != Role::skill && document.role() != Role::command) || !runs_any) return;
  for_each_command(document, Trigger::settings, [&](const CommandText& command) {
    if (command.runs == Runs::preexecuted && writes_settings(command.text))
      findings.add("SEC016", command.place, "a command that runs unasked changes the client's controls",
                   "let the user change them");
  });
}

}  // namespace cascade::validation
