// TL012: what the text of an agent orders and its list of tools leaves out. The `tools` of an agent are all that it
// has, so the order cannot be carried out. Commands, files to be written and tools are told in code marks; each missing
// power once.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/built_in.h"
#include "client/names.h"
#include "manifest/fields.h"
#include "prose/sentence.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"
#include "validate/rules/commands.h"
#include "validate/rules/findings.h"

namespace cascade::validation {
namespace {

namespace names = client::tool_names;
namespace r = prose::roles;

// run: a command. write: into a file. fetch: a page of the web. start: an agent.
enum class Power : std::uint8_t { run, write, fetch, start };

// What the tools on the list can do, added up. What cannot be known counts as granted: who says "no tool for it" must
// be sure.
class GrantedTools {
 public:
  // Of an agent's `tools` and `disallowedTools`. Nothing: it has all, is written for other programs, or nobody can
  // tell.
  static std::optional<GrantedTools> of(const Document& document);

  // Tools of servers run commands where they are named so, and do all else; Bash does, whatever its patterns.
  bool can(Power power) const noexcept { return can_.contains(power); }
  // Whether the program may be run, or other tools do the same.
  bool lets_run(std::string_view program) const;
  // Whether the list has a tool of this name, also by another name of it or by its server.
  bool has(std::string_view tool) const;

 private:
  void take(const ToolName& tool);
  void allow(std::initializer_list<Power> powers) { can_.insert(powers); }

  std::set<Power> can_;
  bool all_but_ = false;  // everything but `tools_`
  std::vector<ToolName> tools_;
};

// What other tools do as well, reading and looking for files; also words of the shell itself, which are no commands.
constexpr auto done_without_shell = letters::word_set(
    "ls", "cat", "echo", "pwd", "head", "tail", "grep", "find", "wc", "which", "diff", "stat", "du", "cd", "printf",
    "true", "false", "test", "export", "set", "read", "local", "return", "exit", "if", "then", "else", "elif", "fi",
    "for", "while", "until", "do", "done", "case", "esac", "function", "source", "sleep", "mkdir", "sort", "uniq",
    "cut", "tr", "jq", "sed", "awk", "xargs", "date", "basename", "dirname", "type", "command", "alias", "unset");

// "runTests" begins with "run", "runes" does not.
bool is_word_end(std::string_view word, std::size_t at) {
  return at == word.size() || letters::is_upper(word[at]) || (at + 1 == word.size() && word[at] == 's');
}

// Whether a tool runs commands of which the name alone is known: a server's, or nobody's that the table knows.
bool is_named_for_running(std::string_view name) {
  for (WordCursor each(name); each.next();)
    for (const std::string_view word : {"run", "exec", "execute", "shell", "terminal", "bash", "command", "commander",
                                        "process", "python", "repl", "ssh", "computer", "sandbox"})
      if (letters::starts_with_lower(each.word(), word) && (word.size() > 4 || is_word_end(each.word(), word.size())))
        return true;
  return false;
}

// The client's tool that is meant by another name of it.
std::string_view present_name(std::string_view name) {
  const client::Tool* tool = client::find_tool(name);
  return tool == nullptr || tool->instead.empty() ? name : std::string_view(tool->instead);
}

std::optional<GrantedTools> GrantedTools::of(const Document& document) {
  const auto field = [&](const char* name) {
    const syntax::Node* node = document.field(name);
    return node != nullptr && node->kind != syntax::NodeKind::map ? node : nullptr;
  };
  const syntax::Node* const list = field("tools");
  const syntax::Node* const taken = field("disallowedTools");
  if (list == nullptr && (taken == nullptr || document.field("tools") != nullptr)) return std::nullopt;
  if (is_for_another_client(document) || (list != nullptr && lists_tools_for_several(document, *list)))
    return std::nullopt;
  GrantedTools granted;
  granted.all_but_ = list == nullptr;
  std::vector<ToolName> gone;
  for (const syntax::Node* const from : {taken, list}) {
    if (from == nullptr) continue;
    for (const manifest::Item& item : manifest::items_of(*from, document.lines(), true)) {
      auto tool = item.balanced ? ToolName::parse(item.text) : std::nullopt;
      if (!tool || (tool->server.empty() && tool->tool == "*")) return std::nullopt;
      if (from == list && std::ranges::find(gone, *tool) == gone.end()) granted.tools_.push_back(*tool);
      if (from == taken && tool->pattern.empty()) gone.push_back(std::move(*tool));
    }
  }
  if (list != nullptr && granted.tools_.empty()) return std::nullopt;
  if (list == nullptr) {
    for (const char* name : {names::bash, names::edit, names::write, names::web_fetch, names::web_search, names::agent})
      if (ToolName tool{"", name, ""}; std::ranges::find(gone, tool) == gone.end()) granted.take(tool);
    granted.tools_ = std::move(gone);
  } else {
    for (const ToolName& tool : granted.tools_) granted.take(tool);
  }
  // An agent with a memory gets the tools to keep it; one's own servers may do anything.
  if (document.field("memory") != nullptr) granted.allow({Power::write});
  if (document.field("mcpServers") != nullptr) granted.allow({Power::write, Power::fetch});
  return granted;
}

void GrantedTools::take(const ToolName& tool) {
  if (tool.server.empty() && names::runs_commands(tool.tool)) return allow({Power::run, Power::write, Power::fetch});
  if (tool.server.empty() && client::find_tool(tool.tool) != nullptr) {
    if (names::writes_files(tool.tool)) allow({Power::write});
    if (names::fetches_pages(tool.tool)) allow({Power::fetch});
    if (names::starts_agents(tool.tool) || tool.tool == names::send_message) allow({Power::start});
    return;
  }
  allow({Power::write, Power::fetch, Power::start});  // nobody knows what a server's tool does
  if (is_named_for_running(tool.tool) || is_named_for_running(tool.server)) allow({Power::run});
}

bool GrantedTools::lets_run(std::string_view program) const {
  return can(Power::run) || done_without_shell.has(program);
}

bool GrantedTools::has(std::string_view tool) const {
  const auto asked = ToolName::parse(tool);
  if (!asked) return true;
  const bool listed = std::ranges::any_of(tools_, [&](const ToolName& each) {
    if (each.server != asked->server) return false;
    return each.tool == asked->tool || (each.server.empty() ? present_name(each.tool) == present_name(asked->tool)
                                                            : each.tool == "*" || asked->tool == "*");
  });
  return listed != all_but_;
}

bool is_program(std::string_view word) {
  return !word.empty() && letters::is_lower(word.front()) && std::ranges::all_of(word, [](char c) {
    return letters::is_lower(c) || letters::is_digit(c) || c == '-' || c == '_' || c == '.';
  });
}

// "gh pr" of `gh pr list --state open`: the program, and what it is to do.
std::string act_of(const ShellCommand& command) {
  const std::size_t first = command.first_argument();
  std::string act = command.words[first - 1];
  if (first < command.words.size() && std::ranges::all_of(command.words[first], letters::is_lower))
    act += " " + command.words[first];
  return act;
}

// A file by its name: "docs/limits.md", "*.ipynb", "db/migrate/"; not "/api/", "a.b()", "page:3".
bool is_file_name(std::string_view code) {
  code = letters::trim(code);
  if (code.empty() || code.find_first_of(" ()=:,;") != std::string_view::npos) return false;
  if (code.back() == '/') return code.size() > 2 && code.front() != '/' && code.find("//") == std::string_view::npos;
  const std::size_t dot = code.rfind('.');
  return dot != std::string_view::npos && code.size() - dot >= 3 && code.size() - dot <= 6 &&
         std::ranges::all_of(code.substr(dot + 1), letters::is_lower);
}

std::string_view code_of(const TextModel& body, const Stretch& span) {
  std::string_view code = body.slice({span.begin, span.end});
  while (code.starts_with('`')) code.remove_prefix(1);
  while (code.ends_with('`')) code.remove_suffix(1);
  return letters::trim(code);
}

// "fix each violation directly in the source file", on one line.
std::string in_one_line(std::string_view text) {
  constexpr std::size_t longest = 100;
  std::string out;
  for (const char c : text) {
    if (c == '*' || (letters::is_space(c) && out.ends_with(' '))) continue;
    out += letters::is_space(c) ? ' ' : c;
  }
  if (out.size() > longest) out = out.substr(0, out.rfind(' ', longest)) + " ...";
  if (!out.empty()) out.front() = letters::to_lower(out.front());
  return out;
}

struct Sides {
  std::string_view before, behind;
  bool whole = true;  // `before` begins where the sentence does
};

// Of a place in its sentence, as much as the grammar reads.
Sides sides_of(const TextModel& text, Range place, std::size_t window) {
  const std::string_view all = text.text();
  const std::size_t begin = text.sentence_at(place.begin).begin;
  const std::size_t end = std::max(place.end, text.sentence_at(place.end).end);
  const std::size_t from = std::max(begin, place.begin - std::min(place.begin, window));
  return {all.substr(from, place.begin - from), all.substr(place.end, end - place.end), from == begin};
}

// What stands above: a heading, or what leads in to the place.
bool is_for_others(const TextModel& text, std::size_t at) {
  for (const std::string_view heading : text.headings_above(at))
    if (has_phrase(heading, lists::shown_headings)) return true;
  for (const std::string_view lead : text.lead_ins(at)) {
    const std::string_view said = letters::trim(lead);
    if (said.find_last_of(':') + 3 < said.size() || said.find(':') == std::string_view::npos) continue;
    const std::size_t sentence = said.rfind(". ");
    if (has_phrase(sentence == std::string_view::npos ? said : said.substr(sentence), lists::shown_leads)) return true;
  }
  return false;
}

// "The user applies the patch, runs the tests", "you do not plan, spawn agents or run": a verb behind a comma or "and"
// of a sentence that told of somebody, or of a list that is denied, is no order.
bool goes_on_from_statement(const prose::SentenceWords& words, std::size_t verb, std::string_view behind) {
  std::size_t first = 0, last = verb;
  while (last > 0 && words.is(last - 1, r::adverb)) --last;
  if (last == 0 || (words[last - 1] != "," && !words.is(last - 1, r::join))) return false;
  for (std::size_t i = 0; i < last; ++i)
    if (letters::is_one_of(words[i], {".", ";", "\xE2\x80\x94"}) || words.is_label(i)) first = i + 1;
  for (std::size_t i = first; i < last; ++i)
    if (words.is(i, r::neg) && has_phrase(behind, {"or"})) return true;
  if (words.is(first, r::universal)) return false;
  return words.is(first, r::det | r::pronoun | r::self | r::user | r::nobody);
}

// What the sentence says of a place in it: a code span, a name.
prose::Reading reading_at(const TextModel& text, Range place) {
  const Sides sides = sides_of(text, place, prose::sentence_window);
  return prose::read_clause({prose::SentenceWords(sides.before), prose::SentenceWords(sides.behind), sides.whole});
}

// Whether the word is the verb of an order to the reader: "Then write", "when all is done, write"; not "never write",
// "suggest to write", "how to write". O(sentence).
bool is_ordered(const TextModel& text, Range verb) {
  constexpr std::string_view means = " via";  // what is done by means of a name is ordered whatever the verb is
  const Sides sides = sides_of(text, verb, prose::sentence_window - 32);
  const std::string_view word = text.text().substr(verb.begin, std::min<std::size_t>(verb.end - verb.begin, 24));
  const prose::SentenceWords before(std::string(sides.before) + std::string(word) + std::string(means));
  const prose::Reading reading = prose::read_clause({before, prose::SentenceWords(sides.behind), sides.whole});
  if (reading.stance != prose::Stance::ordered || reading.by_others || reading.denied) return false;
  if (reading.head + 2 != before.size()) return false;
  if (goes_on_from_statement(before, reading.head, sides.behind)) return false;
  if (reading.head == 0 || before[reading.head - 1] != "to") return true;
  return reading.head >= 2 &&
         letters::is_one_of(before[reading.head - 2], {"sure", "remember", "forget", "need", "have"});
}

// Whether the text means what it says there, for its reader and in any case: not in an example, a template, a
// quotation, below what forbids it, in what somebody else will do, or where only some readers have the means ("if you
// can"). The words of the sentence before the place are the grammar's: "look for what the text says, then run" is an
// order.
bool is_meant_for_reader(const TextModel& text, Range place) {
  const Range sentence = text.sentence_at(place.begin);
  if (text.is_quoted(place.begin) || stance_of(text, sentence.begin, place.end) != Stance::meant) return false;
  const std::string_view words = text.slice(sentence);
  if (has_phrase(words, lists::if_possible)) return false;
  const std::string_view before = words.substr(0, place.begin - sentence.begin);
  if (has_phrase(before, {"example", "examples", "e.g", "for instance", "such as", "say", "sample"})) return false;
  return !is_for_others(text, place.begin);
}

// Whether the agent has nothing to run the command with.
bool is_withheld(const GrantedTools& granted, const ShellCommand& command) {
  const std::string_view program = command.program();
  return command.depth == 0 && command.first_argument() != 0 && is_program(program) && !granted.lets_run(program);
}

// The text gives the block to somebody, or it is an example or a template.
bool is_shown_for(const TextModel& body, const Stretch& fence) {
  if (fence.around != Stretch::no_stretch || stance_of(body, fence.begin, fence.end) != Stance::meant) return true;
  for (const std::vector<std::string_view>& said : {body.lead_ins(fence.begin), body.headings_above(fence.begin)})
    for (const std::string_view words : said)
      if (has_phrase(words, {"example", "examples", "template", "output", "user", "users", "report", "format",
                             "such as", "usage", "invocation"}))
        return true;
  return false;
}

struct WithheldCommand {
  Location place;
  std::string act;
};

// The first command of a block that the agent cannot run.
std::optional<WithheldCommand> withheld_in(const Document& document, const GrantedTools& granted,
                                           const Stretch& fence) {
  std::string_view info = document.body().info_of(fence);
  info = info.substr(0, info.find_first_of(" \t{,"));
  const auto range = shell_text(document, fence);
  if (!range || !letters::is_one_of(info, {"bash", "sh", "shell", "zsh", "!"}) || is_shown_for(document.body(), fence))
    return std::nullopt;
  for (std::size_t at = range->begin; at < range->end;) {
    const std::size_t end = std::min(document.text().find('\n', at), range->end);
    const std::string_view line = document.text().substr(at, end - at);
    const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
    // What stands in a text of several lines is no command.
    if (line.find("<<") != std::string_view::npos || std::ranges::count(line, '"') % 2 != 0 ||
        std::ranges::count(line, '\'') % 2 != 0)
      return std::nullopt;
    const auto command =
        first < line.size() && line[first] != '#' ? command_at(document, at + first) : std::optional<CommandText>();
    for (const ShellCommand& each : command ? parse_shell(command->text) : std::vector<ShellCommand>()) {
      const auto is_filled_in = [](const std::string& word) { return word.find_first_of("<{[") != std::string::npos; };
      if (is_withheld(granted, each) && std::ranges::none_of(each.words, is_filled_in))
        return WithheldCommand{command->place, act_of(each)};
    }
    at = end + 1;
  }
  return std::nullopt;
}

// Where the name of a file ends that an order writes to, behind its verb: "edit `x.md`", "save the report to
// `docs/x.md`". 0: there is none.
std::size_t end_of_file(const TextModel& body, Range verb) {
  const std::string_view said = body.slice(verb);
  const bool changing =
      letters::is_one_of_lower(said, {"edit", "modify", "rewrite", "overwrite", "update", "change", "fix", "correct"});
  const bool filling = letters::is_one_of_lower(said, {"insert", "add", "store", "persist", "record", "export", "put",
                                                       "log", "output", "note", "document", "generate", "produce"});
  if (!changing && !filling && !letters::is_one_of_lower(said, {"write", "save", "create", "append", "scaffold"}))
    return 0;
  const std::string_view sentence = body.text().substr(0, std::max(verb.end, body.sentence_at(verb.begin).end));
  const std::size_t mark = sentence.find('`', verb.end);
  const Stretch* const span = mark < sentence.size() ? body.stretch_at(mark) : nullptr;
  if (span == nullptr || span->kind != Region::code || !is_file_name(code_of(body, *span))) return 0;
  std::string_view between = letters::trim(slice(body.text(), verb.end, span->begin));
  if (between.ends_with(':')) between.remove_suffix(1);
  if (has_part(between, {",", ";", ":", "(", ")", "|", "\xE2\x80\x94"})) return 0;
  std::string_view preposition, last;
  for (WordCursor words(between); words.next(); last = words.word()) {
    const prose::Roles roles = prose::roles_in_any_case(words.word());
    if ((roles & (r::join | r::sub | r::rel)) != 0 && !letters::equals_lower(words.word(), "what")) return 0;
    const bool acts = (roles & r::is_verb) != 0 && (roles & r::is_closed) == 0;
    if (acts && letters::equals_lower(last, "to")) return 0;  // "to see `x.md`"
    if ((roles & r::prep) != 0) preposition = words.word();
  }
  if (preposition.empty()) return filling ? 0 : span->end;  // "note `x.md`"
  const bool is_place = letters::is_one_of_lower(preposition, {"to", "into", "in", "as", "under"});
  return is_place && (!changing || letters::equals_lower(preposition, "in")) ? span->end : 0;
}

// "Run `x`", "execute the command `x`".
bool is_run_by_verb(const TextModel& body, const Stretch& span) {
  std::string_view before = letters::trim(body.text().substr(0, span.begin));
  for (int words = 0; words < 3; ++words) {
    const std::size_t begin = before.find_last_of(" \t\n*(\"") + 1;
    const std::string_view word = before.substr(begin);
    if (letters::is_one_of_lower(word, {"run", "execute", "rerun", "use", "try"})) return true;
    if (!letters::is_one_of_lower(word, {"the", "this", "command", "script", "also", "then"}) || begin == 0)
      return false;
    before = letters::trim(before.substr(0, begin));
  }
  return false;
}

// It is all that an item of a numbered list begins with, or stands behind the colon of an order.
bool is_step(const TextModel& body, const Stretch& span) {
  const std::string_view all = body.text();
  const Range block = body.block_at(span.begin);
  const std::size_t line = all.substr(0, span.begin).rfind('\n') + 1;  // of none: 0
  const std::string_view before = letters::trim(all.substr(line, span.begin - line));
  if (!before.empty() && letters::is_digit(before.front()) &&
      before.find_first_not_of("0123456789.)") == std::string_view::npos)
    return true;
  const Range sentence = body.sentence_at(span.begin);
  const std::string_view lead = all.substr(sentence.begin, span.begin - sentence.begin);
  if (!letters::trim(lead).ends_with(':') || sentence.begin < block.begin) return false;
  WordCursor words(lead);
  return words.next() && is_ordered(body, {sentence.begin + words.begin(), sentence.begin + words.end()});
}

class WithheldCheck : FileJudge {
 public:
  WithheldCheck(const Context& context, const Document& document, const GrantedTools& granted, Findings& findings)
      : FileJudge(context, document, findings), granted_(granted) {}

  void run() {
    for (const Stretch& stretch : body_.stretches())
      if (stretch.kind == Region::fence && !told_to_run_)
        if (const auto command = withheld_in(document_, granted_, stretch)) report(command->place, command->act);
    for (const Stretch& stretch : body_.stretches())
      if (stretch.kind == Region::code && !body_.is_quoted(stretch.begin) && !body_.table_cell(stretch.begin))
        code(stretch);
    for (const syntax::Block& block : body_.outline().blocks)
      if (block.kind == syntax::BlockKind::paragraph) paragraph({body_.body() + block.begin, body_.body() + block.end});
  }

 private:
  void report(const Location& place, const std::string& act) {
    told_to_run_ = true;
    findings_.add("TL012", place, "the agent is told to run `" + act + "` and has no tool for it",
                  "add " + std::string(names::bash) + " to its tools, or take the order out");
  }

  void paragraph(Range range) {
    for (WordCursor words(slice(body_.running(), range.begin, range.end)); words.next();) {
      const Range word{range.begin + words.begin(), range.begin + words.end()};
      if (is_tool_by_name(words.word())) tool(words.word(), word);
      if (!told_to_write_) write(word);
    }
  }

  void code(const Stretch& span) {
    const std::string_view code = code_of(body_, span);
    if (client::find_tool(code) != nullptr || code.starts_with("mcp__")) return tool(code, {span.begin, span.end});
    if (told_to_run_) return;
    for (const ShellCommand& each : parse_shell(code))
      if (is_withheld(granted_, each) && is_command_ordered(span, each))
        return report(document_.at(span.begin, 0), act_of(each));
  }

  // "Run `npm test`", "narrow it down with `git bisect`", "list what came after it: `git log`", "2. `npm test`".
  bool is_command_ordered(const Stretch& span, const ShellCommand& command) const {
    const Range place{span.begin, span.end};
    const bool known = letters::is_one_of(command.program(), lists::programs) || command.words[0].starts_with("./");
    const bool whole = command.first_argument() < command.words.size();
    const prose::Reading reading = reading_at(body_, place);
    bool ordered = false;
    if (orders(reading))
      ordered = (known && reading.part == prose::Part::means) || ((known || whole) && is_run_by_verb(body_, span));
    if (!ordered && known && whole && reading.part == prose::Part::subject) ordered = is_step(body_, span);
    return ordered && is_meant_for_reader(body_, place) && !is_talked_about(body_, span);
  }

  static bool orders(const prose::Reading& reading) {
    return reading.stance == prose::Stance::ordered && !reading.by_others && !reading.denied;
  }

  // "TodoWrite" is nothing but a tool; "Task" is one before "tool".
  static bool is_tool_by_name(std::string_view word) {
    return word.size() > 3 && letters::is_upper(word.front()) && client::find_tool(word) != nullptr;
  }

  void tool(std::string_view name, Range place) {
    const client::Tool* const known = client::find_tool(name);
    if (known != nullptr && known->standing == client::ToolStanding::interactive) return;
    const bool compound = std::ranges::any_of(name.substr(1), letters::is_upper) || name.starts_with("mcp__");
    std::size_t length = 0;
    if (!compound && !begins_with_phrase(letters::trim(body_.text().substr(place.end)), "tool", length)) return;
    if (granted_.has(name) || is_given_by_power(name) || letters::is_one_of(name, named_)) return;
    const prose::Reading reading = reading_at(body_, place);
    if (!orders(reading) || (reading.part != prose::Part::object && reading.part != prose::Part::means) ||
        !is_meant_for_reader(body_, place))
      return;
    named_.emplace_back(name);
    const std::string now(known == nullptr || known->instead.empty() ? name : known->instead);
    findings_.add("TL012", document_.at(place.begin, 0),
                  "the agent is told to use " + std::string(name) + ", which its tools leave out",
                  "add " + now + " to its tools, or take the order out");
  }

  // What another tool does as well.
  bool is_given_by_power(std::string_view name) const {
    if (names::writes_files(name)) return granted_.can(Power::write) && name != names::notebook_edit;
    if (names::fetches_pages(name)) return granted_.can(Power::fetch);
    if (names::starts_agents(name)) return granted_.can(Power::start);
    return granted_.can(Power::run) && names::only_looks(name);
  }

  // The first order to write a file.
  void write(Range word) {
    const std::size_t end = end_of_file(body_, word);
    if (end == 0 || !is_ordered(body_, word) || !is_meant_for_reader(body_, word)) return;
    told_to_write_ = true;
    findings_.add(
        "TL012", document_.at(word.begin, 0),
        "the agent is told to " + in_one_line(body_.slice({word.begin, end})) + " and has no tool for it",
        std::string("add ") + names::edit + " or " + names::write + " to its tools, or let it return the text");
  }

  const TextModel& body_ = document_.body();
  const GrantedTools& granted_;
  bool told_to_run_ = granted_.can(Power::run), told_to_write_ = granted_.can(Power::write);
  std::vector<std::string> named_;
};

}  // namespace

void check_withheld_tools(const Context& context, const Document& document, Findings& findings) {
  if (document.role() != Role::agent || !findings.runs("TL012")) return;
  if (const auto granted = GrantedTools::of(document)) WithheldCheck(context, document, *granted, findings).run();
}

}  // namespace cascade::validation
