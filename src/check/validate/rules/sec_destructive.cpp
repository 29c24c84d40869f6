// Judges each command by its program and options: a recursive removal of the root, the home or an unset variable, a
// formatted disk, a forced push to main, thrown away work. A variable counts as possibly empty only if the text around
// neither sets nor tests it, because `rm -rf "$DIR/x"` after `DIR=$(mktemp -d)` is ordinary. Nothing is reported if an
// earlier step saves the work or asks the user; scripts are left to their readers.
#include <algorithm>

#include "client/names.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/shell.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"

namespace cascade::validation {
namespace {

constexpr std::size_t farthest_assignment = 8000;

bool has_flag(const ShellCommand& command, char letter, std::string_view long_form) {
  const char short_forms[] = {letter, letters::to_upper(letter), '\0'};
  return std::ranges::any_of(command.arguments(), [&](const std::string& word) {
    return word == long_form || (word.size() > 1 && word[0] == '-' && word[1] != '-' &&
                                 word.find_first_of(short_forms) != std::string::npos);
  });
}

// [ -n "$NAME" ], [[ $NAME == ... ]], ${NAME:?}: the text checks somewhere whether the variable is set.
bool is_tested(std::string_view around, std::string_view name) {
  for (std::size_t at = around.find('$'); at != std::string_view::npos; at = around.find('$', at + 1)) {
    std::string_view rest = around.substr(at + 1);
    const bool braces = rest.starts_with('{');
    if (braces) rest.remove_prefix(1);
    if (!rest.starts_with(name)) continue;
    const std::string_view behind = rest.substr(name.size(), 2);
    if (braces && letters::is_one_of(behind, {":?", ":-", ":="})) return true;
    std::size_t before = at;
    while (before > 0 && around[before - 1] == '"') --before;
    const std::string_view test = letters::trim(around.substr(before - std::min<std::size_t>(before, 4), 4));
    if (ends_with_part(test, {"-n", "-z", "-d", "-e", "-f", "["})) return true;
  }
  return false;
}

// A variable that the same text sets or tests is not empty by accident.
bool is_filled(std::string_view around, std::string_view name) {
  const std::string own(name);
  return is_tested(around, name) || has_part(around, {own + "=", "for " + own + " in", "read " + own});
}

// Whether the text after "$NAME/" names everything at the root, or a system folder.
bool is_of_root(std::string_view below) {
  if (below.empty() || below[0] == '*' || below[0] == '.' || below[0] == '$') return true;
  return letters::is_one_of(below.substr(0, below.find('/')),
                            {"bin", "boot", "dev", "etc", "home", "lib", "opt", "root", "sbin", "srv", "sys", "usr",
                             "var", "Applications", "Library", "System", "Users"});
}

// $NAME/ and ${NAME}/ are the root if NAME is empty; ${NAME:?} and ${NAME:-x} are not, nor is $NAME/build.
bool may_be_root(std::string_view path, std::string_view around) {
  if (path.size() < 2 || path[0] != '$') return false;
  const bool braces = path[1] == '{';
  const std::string_view name = letters::run_at_begin(path.substr(braces ? 2 : 1), letters::is_word);
  std::size_t end = (braces ? 2 : 1) + name.size();
  if (braces && (end >= path.size() || path[end] != '}')) return false;
  if (braces) ++end;
  return !name.empty() && name != "HOME" && name != "PWD" && name != "OLDPWD" && end < path.size() &&
         path[end] == '/' && is_of_root(path.substr(end + 1)) && !is_filled(around, name);
}

// The root, a home, or an entry directly in a home. In text, removing dotted folders of a home (caches) is ordinary.
bool is_precious(std::string_view path, Runs runs) {
  if (letters::is_one_of(path, {"/", "/*", "~", "~/", "~/*", "$HOME", "${HOME}", "$HOME/", "$HOME/*"})) return true;
  std::string_view below;
  for (const std::string_view home : {"~/", "$HOME/", "${HOME}/"})
    if (path.starts_with(home)) below = path.substr(home.size());
  if (below.empty()) return false;
  return runs != Runs::shown || (below[0] != '.' && below.find('/') == std::string_view::npos);
}

// Where a variable of the command may be set: the command itself and some text before it.
std::string_view text_before(const Document& document, const CommandText& command) {
  if (command.runs == Runs::hook) return command.text;
  const std::size_t begin = command.begin - std::min(command.begin, farthest_assignment);
  return document.text().substr(begin, command.begin - begin + command.text.size());
}

constexpr std::size_t farthest_care = 500;

bool says_what_is_lost(std::string_view remark) {
  return has_part(remark, {"丢弃", "放弃", "撤销", "回滚", "破棄", "取り消", "되돌", "버리", "отмен", "сброс",
                           "verwerf", "rückgängig", "descart", "annul", "deshac"}) ||
         has_phrase(remark, {"discard", "discards", "discarding", "lose", "loses", "losing", "lost", "throw away",
                             "destructive", "dangerous", "undo", "rollback", "roll back", "wipe", "wipes"});
}

// "# Undo the last commit (discard changes)" on the line above in the code, or behind the command: its reader knows
// what is lost.
bool is_announced(const Document& document, const CommandText& command) {
  const std::string_view text = document.text();
  if (document.body().region_at(command.begin) != Region::fence) return false;
  std::string_view own = text.substr(command.begin, farthest_care);
  own = own.substr(0, own.find('\n'));
  if (const std::size_t mark = own.find(" #"); mark != own.npos && says_what_is_lost(own.substr(mark))) return true;
  const std::size_t first = command.begin - std::min(command.begin, 2 * farthest_care);
  const std::string_view before = text.substr(first, command.begin - first);
  const std::size_t line = before.rfind('\n');
  if (line == before.npos || line == 0) return false;
  const std::size_t above = before.rfind('\n', line - 1) + 1;  // of none: 0
  const std::string_view remark = letters::trim(before.substr(above, line - above));
  return remark.starts_with('#') && says_what_is_lost(remark);
}

// Whether an earlier step leaves nothing to lose, or the user decides: a stash, a separate worktree, a check for a
// clean state.
bool is_careful(const Document& document, const CommandText& command) {
  const auto saves = [](std::string_view text) {
    return has_phrase(
        text, {"git stash", "git worktree add", "git diff --quiet", "git status", "git clone", "git bundle",
               "git branch backup", "git tag backup", "backup branch", "nothing uncommitted", "nothing is uncommitted",
               "no uncommitted", "working tree is clean", "clean working tree"});
  };
  if (saves(command.text)) return true;
  if (command.runs != Runs::shown) return false;
  const TextModel& body = document.body();
  const std::size_t first = command.begin - std::min(command.begin, farthest_care);
  const std::string_view steps = document.text().substr(first, command.begin - first);
  if (saves(steps) || confirms_first(steps) || is_announced(document, command)) return true;
  if (asks_for_consent(body.slice(body.sentence_at(command.begin)))) return true;
  for (const std::string_view lead : body.lead_ins(command.begin))
    if (lead.size() < farthest_care && asks_for_consent(lead)) return true;
  return false;
}

// A reset to a tag or commit that was made for it: checkpoint-3, backup/main, $SAFETY_COMMIT, x/pre-implement.
bool leads_to_saved_state(const ShellCommand& command) {
  for (std::size_t i = command.first_argument() + 1; i < command.words.size(); ++i) {
    const std::string word = letters::to_lower(command.words[i]);
    if (word.starts_with("pre-") || has_part(word, {"checkpoint", "backup", "snapshot", "savepoint", "safe", "restore",
                                                    "rollback", "baseline", "/pre-", "/phase-", "/before-"}))
      return true;
  }
  return false;
}

std::string fault_of(const ShellCommand& command, Runs runs, std::string_view around) {
  const std::string_view program = command.program();
  const auto argument = [&](std::size_t i) {
    const std::size_t at = command.first_argument() + i;
    return at < command.words.size() ? std::string_view(command.words[at]) : std::string_view();
  };
  if (program == "rm" && has_flag(command, 'r', "--recursive") && has_flag(command, 'f', "--force")) {
    for (const std::string& path : command.arguments()) {
      if (is_precious(path, runs)) return "removes " + path;
      if (may_be_root(path, around)) return "removes " + path + ", the root when the variable is empty";
    }
  }
  if (program.starts_with("mkfs") && command.words.size() > 1) return "formats a disk";
  if (program == "dd")
    for (const std::string& word : command.words)
      if (word.starts_with("of=/dev/") && word != "of=/dev/null") return "overwrites " + word.substr(3);
  if (program != "git") return {};
  if (argument(0) == "reset" && has_flag(command, '\x01', "--hard") && !leads_to_saved_state(command))
    return "throws uncommitted work away";
  if (argument(0) == "push" && has_flag(command, 'f', "--force"))
    for (std::size_t i = 1; !argument(i).empty(); ++i)
      if (letters::is_one_of(argument(i), {"main", "master", "+main", "+master"}))
        return "forces a push to " + std::string(argument(i));
  return {};
}

// SEC016: orders to change the client's settings, hooks or permissions without asking. Prose must have all three in one
// clause: a change as an order, a control as its object, and words that leave the user out. Without the first, texts
// that warn of such attacks would be reported. Commands that run unasked need only write to such a file.

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

// After these words a verb is an order; after "malware could" or "lets the agent" it is not.
bool begins_an_order(std::string_view before) {
  before = letters::trim(before);
  if (before.empty() || std::string_view(",;:-*>(#|").find(before.back()) != std::string_view::npos) return true;
  std::string_view last;
  for (WordCursor words(before); words.next();) last = words.word();
  return letters::is_one_of_lower(last, lists::openers) || (!last.empty() && letters::is_digit(last.back()));
}

// Whether somebody else does it: "malware could write ...", "a repository can silently add ...", "the installer
// updates ...".
bool is_about_others(std::string_view before) {
  WordCursor words(before);
  return words.next() && letters::is_one_of_lower(words.word(), lists::others);
}

// Whether the clause contains an order to change one of the controls, which follows its verb closely.
bool orders_a_change(std::string_view clause) {
  constexpr std::size_t near = 90;
  for (WordCursor words(clause); words.next();) {
    if (!letters::is_one_of_lower(words.word(), lists::changes)) continue;
    const std::string_view before = clause.substr(0, words.begin());
    if (begins_an_order(before) && !is_about_others(before) && names_control(clause.substr(words.begin(), near)))
      return true;
  }
  return false;
}

// A colon or semicolon in running text; "; do not ask" belongs to the text before it.
bool ends_clause(std::string_view said, std::size_t at) {
  if (said[at] == ':') return at > 0 && letters::is_letter(said[at - 1]) && said.substr(at, 2) == ": ";
  static constexpr std::string_view refusals[] = {"do not", "don't", "never", "no"};
  return said[at] == ';' && !begins_with_one_of(said.substr(at + 1), refusals);
}

bool has_unasked_change(std::string_view said) {
  for (std::size_t begin = 0; begin < said.size();) {
    std::size_t end = begin;
    while (end < said.size() && !ends_clause(said, end)) ++end;
    const std::string_view clause = said.substr(begin, end - begin);
    if (has_phrase(clause, lists::unasked) && orders_a_change(clause)) return true;
    begin = end + 1;
  }
  return false;
}

bool is_settings_path(std::string_view path) {
  return has_part(path, {client::own_folder::any_settings, "CLAUDE.md", client::own_folder::hooks});
}

// > file, >> file, tee file, sed -i file, cp x file
bool writes_settings(std::string_view text) {
  for (const ShellCommand& command : parse_shell(text)) {
    const std::string_view program = command.program();
    for (std::size_t i = 0; i < command.words.size(); ++i) {
      const std::string& word = command.words[i];
      if (!is_settings_path(word)) continue;
      const bool redirected = word.starts_with('>') || (i > 0 && letters::is_one_of(command.words[i - 1], {">", ">>"}));
      const bool in_place = program == "sed" && command.words.size() > 1 && has_part(text, {"-i"});
      const bool copied = (program == "cp" || program == "mv") && i + 1 == command.words.size();
      if (redirected || in_place || copied || program == "tee") return true;
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
    const std::string_view said = body.slice(sentence);
    if (!has_phrase(said, lists::unasked) || !has_unasked_change(said)) continue;
    // "without asking" is part of the order; a prohibition is at the begin.
    if (has_phrase(without_asides(said, Asides::people).substr(0, 30),
                   {"never", "do not", "don't", "must not", "avoid", "no", "cannot", "should not"}) ||
        introduces_attack(said) || takes_back_command(stance_of(body, sentence.begin, sentence.begin)))
      continue;
    const std::size_t first = std::min(document.text().find_first_not_of(" \t\r\n", sentence.begin), at);
    findings.add("SEC016", document.at(first, sentence.end - first), "the client's controls are changed without asking",
                 "let the user change them");
  }
}

}  // namespace

void check_destructive_commands(const Context&, const Document& document, Findings& findings) {
  for_each_command(document, Trigger::destroy, findings, "SEC013", [&](const CommandText& command) {
    // A user can read a script of his own before running it; a stranger's is judged with all that the package does
    // (sec_acts.cpp).
    if (command.runs == Runs::script) return;
    const std::string_view around = text_before(document, command);
    for (const ShellCommand& part : parse_shell(command.text)) {
      const std::string fault = fault_of(part, command.runs, around);
      if (fault.empty()) continue;
      if (is_careful(document, command)) return;
      const bool asked_nobody = command.runs == Runs::hook || command.runs == Runs::preexecuted;
      const bool of_stranger = findings.profile() == Profile::install && part.program() != "git";
      findings.add("SEC013", asked_nobody || of_stranger ? std::optional<Severity>() : Severity::warning, command.place,
                   "the command " + fault, "ask the user, or name exactly what may go");
      return;
    }
  });
}

void check_settings_tampering(const Context&, const Document& document, Findings& findings) {
  for (const CommandText& command : configured_commands(document))
    if (writes_settings(command.text))
      findings.add("SEC016", command.place, "the hook changes the client's controls", "let the user change them");
  if (is_read_by_model(document.role()) && !document.triggers()[Trigger::settings].empty())
    check_prose(document, findings);
  if ((document.role() != Role::skill && document.role() != Role::command) ||
      !has_part(document.text(), {"!`", "```!"}))
    return;
  for_each_command(document, Trigger::settings, findings, "SEC016", [&](const CommandText& command) {
    if (command.runs == Runs::preexecuted && writes_settings(command.text))
      findings.add("SEC016", command.place, "a command that runs unasked changes the client's controls",
                   "let the user change them");
  });
}

}  // namespace cascade::validation
