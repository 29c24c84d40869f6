// TL012 in sentences: verbs that need a tool (agent_acts.tsv), commands and tools in code marks. Each is told where the
// sentence orders it and the text means it; once for each power that the agent has not.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "client/built_in.h"
#include "client/names.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "text/words.h"
#include "validate/reading/lists.h"
#include "validate/reading/orders.h"
#include "validate/reading/stance.h"
#include "validate/reading/text_model.h"
#include "validate/rules/granted_tools.h"

namespace cascade::validation {
namespace {

namespace names = client::tool_names;

// A file by its name: "docs/limits.md", "*.ipynb", "db/migrate/"; not "/api/", "a.b()", "page:3".
bool is_file_name(std::string_view code) {
  code = letters::trim(code);
  if (code.empty() || code.find_first_of(" ()=:,;") != std::string_view::npos) return false;
  if (code.back() == '/') return code.size() > 2 && code.front() != '/' && code.find("//") == std::string_view::npos;
  const std::size_t dot = code.rfind('.');
  return dot != std::string_view::npos && code.size() - dot >= 3 && code.size() - dot <= 6 &&
         std::ranges::all_of(code.substr(dot + 1), letters::is_lower);
}

constexpr std::string_view file_nouns = "file files notebook notebooks changelog readme disk makefile dockerfile";

std::string_view code_of(const TextModel& body, const Stretch& span) {
  std::string_view code = body.text().substr(span.begin, span.end - span.begin);
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

std::string help_for(Power power) {
  const std::string bash = names::bash;
  switch (power) {
    case Power::run: return "add " + bash + " to its tools, or let it return what is to be run";
    case Power::write:
      return std::string("add ") + names::edit + " or " + names::write + " to its tools, or let it return the text";
    case Power::remove: return "add " + bash + " to its tools, or let it return the names";
    case Power::fetch:
      return std::string("add ") + names::web_fetch + " or " + names::web_search +
             " to its tools, or take the order out";
    case Power::start:
      return std::string("add ") + names::agent + " to its tools, or let it return what is to be handed on";
    case Power::publish: return "add a tool for it to its tools, or let it return the text";
  }
  return {};
}

using Told = std::array<bool, power_count>;
bool is_told(const Told& told, Power power) { return told[static_cast<std::size_t>(power)]; }
void tell(Told& told, Power power) { told[static_cast<std::size_t>(power)] = true; }

// What an act needs, behind its verb.
class ThingsActedOn {
 public:
  explicit ThingsActedOn(const TextModel& body) : body_(body) {}

  // Where it ends; 0: there is none.
  std::size_t end_of_thing(const AgentAct& act, Range verb) const {
    if (act.places == "clause") {
      const Range rest{verb.end, std::max(verb.end, body_.sentence_at(verb.begin).end)};
      const std::string_view words = body_.text().substr(rest.begin, rest.end - rest.begin);
      return has_phrase(words, {act.without}) ? 0 : end_of_noun(act, rest, words);
    }
    for (const Phrase& phrase : phrases_behind(body_, verb)) {
      const std::string place = letters::to_lower(phrase.preposition);
      if (!letters::lists(act.places, place.empty() ? "object" : place)) continue;
      const std::string_view words = body_.text().substr(phrase.range.begin, phrase.range.end - phrase.range.begin);
      bool other = false;
      letters::each_word(act.without, [&](std::string_view word) { other = other || has_phrase(words, {word}); });
      if (other) continue;
      if (const std::size_t end = end_in(act, phrase.range, words); end != 0) return end;
    }
    return 0;
  }

 private:
  std::size_t end_in(const AgentAct& act, Range phrase, std::string_view words) const {
    if (act.things == "*") return phrase.begin + words.find_last_not_of(" \t\r\n") + 1;
    if (act.things == "URL") return end_of_address(phrase, words);
    if (act.things != "FILE") return end_of_noun(act, phrase, words);
    for (std::size_t at = words.find('`'); at != std::string_view::npos;) {
      const Stretch* span = body_.stretch_at(phrase.begin + at);
      if (span == nullptr || span->kind != Region::code) break;
      const std::size_t behind = span->end - phrase.begin;
      if (is_file_name(code_of(body_, *span)) && !(act.power == Power::remove && goes_on(words, behind)))
        return span->end;
      at = words.find('`', behind);
    }
    return noun_in(body_, phrase, file_nouns).end;
  }

  // "https://x.test/a", "x.dev".
  static std::size_t end_of_address(Range phrase, std::string_view words) {
    std::size_t at = words.find("http");
    for (const std::string_view domain : {".com", ".org", ".io", ".dev", ".net", ".gov"})
      if (const std::size_t found = words.find(domain); found != std::string_view::npos && found > 0)
        if (const std::size_t end = found + domain.size();
            letters::is_letter(words[found - 1]) && (end == words.size() || !letters::is_name(words[end])))
          at = std::min(at, found);
    if (at == std::string_view::npos) return 0;
    return phrase.begin + std::min(words.find_first_of(" )\n", at), words.size());
  }

  std::size_t end_of_noun(const AgentAct& act, Range phrase, std::string_view words) const {
    std::size_t end = noun_in(body_, phrase, act.things).end;
    letters::each_word(act.things, [&](std::string_view thing) {
      if (end != 0 || thing.find('_') == std::string_view::npos) return;
      std::string said(thing);
      std::ranges::replace(said, '_', ' ');
      if (const std::size_t at = find_phrase(words, {std::string_view(said)}); at != std::string_view::npos)
        end = phrase.begin + at + said.size();
    });
    return end;
  }

  // "Remove the `x.md` entry".
  static bool goes_on(std::string_view words, std::size_t behind) {
    behind = std::min(words.find_first_not_of(" \n", behind), words.size());
    return behind < words.size() && letters::is_letter(words[behind]);
  }

  const TextModel& body_;
};

// Commands in code marks, and tools by their names.
class WithheldNames {
 public:
  WithheldNames(const Document& document, const GrantedTools& granted, Told& told, Findings& findings)
      : document_(document), body_(document.body()), granted_(granted), told_(told), findings_(findings) {}

  void run() {
    for (const Stretch& stretch : body_.stretches())
      if (stretch.kind == Region::code && !body_.is_quoted(stretch.begin) && !body_.table_cell(stretch.begin))
        code(stretch);
    for (const syntax::Block& block : body_.outline().blocks)
      if (block.kind == syntax::BlockKind::paragraph) paragraph({body_.body() + block.begin, body_.body() + block.end});
  }

 private:
  void paragraph(Range range) {
    WordCursor words(std::string_view(body_.running()).substr(range.begin, range.end - range.begin));
    while (words.next())
      if (is_tool_by_name(words.word())) tool(words.word(), {range.begin + words.begin(), range.begin + words.end()});
  }

  // A command or a tool in code marks.
  void code(const Stretch& span) {
    const std::string_view code = code_of(body_, span);
    if (client::find_tool(code) != nullptr || code.starts_with("mcp__")) return tool(code, {span.begin, span.end});
    if (is_told(told_, Power::run) || granted_.runs_anything()) return;
    const std::vector<ShellCommand> commands = parse_shell(code);
    for (const ShellCommand& each : commands) {
      if (each.depth != 0 || each.first_argument() == 0 || !is_program(each.program()) || granted_.lets_run(each))
        continue;
      if (!is_command_ordered(span, each)) return;
      report_command(findings_, granted_, document_.at(span.begin, 0), act_of(each));
      tell(told_, Power::run);
      return;
    }
  }

  // "Run `npm test`", "narrow it down with `git bisect`", "list what came after it: `git log`", "2. `npm test`".
  bool is_command_ordered(const Stretch& span, const ShellCommand& command) const {
    const Range place{span.begin, span.end};
    const bool known =
        letters::is_one_of(command.program(), lists::programs) || command.words[0].text.starts_with("./");
    const bool whole = command.first_argument() < command.words.size();
    const prose::Reading reading = reading_at(body_, place);
    bool ordered = false;
    if (reading.stance == prose::Stance::ordered && !reading.by_others && !reading.denied)
      ordered = (known && reading.part == prose::Part::means) || ((known || whole) && is_run_by_verb(span));
    if (!ordered && known && whole && reading.part == prose::Part::subject) ordered = is_step(span);
    return ordered && is_meant_for_reader(body_, place) && !is_talked_about(body_, span);
  }

  // "Run `x`", "execute the command `x`".
  bool is_run_by_verb(const Stretch& span) const {
    std::string_view before = letters::trim(body_.text().substr(0, span.begin));
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
  bool is_step(const Stretch& span) const {
    const std::string_view all = body_.text();
    const Range block = body_.block_at(span.begin);
    std::size_t line = span.begin;
    while (line > 0 && all[line - 1] != '\n') --line;
    const std::string_view before = letters::trim(all.substr(line, span.begin - line));
    if (!before.empty() && letters::is_digit(before.front()) &&
        before.find_first_not_of("0123456789.)") == std::string_view::npos)
      return true;
    const Range sentence = body_.sentence_at(span.begin);
    const std::string_view lead = all.substr(sentence.begin, span.begin - sentence.begin);
    if (!letters::trim(lead).ends_with(':') || sentence.begin < block.begin) return false;
    WordCursor words(lead);
    return words.next() && is_ordered(body_, {sentence.begin + words.begin(), sentence.begin + words.end()});
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
    if (granted_.has(name) || is_given_by_power(name) || is_named_already(name)) return;
    const prose::Reading reading = reading_at(body_, place);
    if (reading.stance != prose::Stance::ordered || reading.by_others || reading.denied ||
        (reading.part != prose::Part::object && reading.part != prose::Part::means) ||
        !is_meant_for_reader(body_, place))
      return;
    named_.emplace_back(name);
    const std::string now(known == nullptr || known->instead.empty() ? name : known->instead);
    findings_.add("TL012", document_.at(place.begin, 0),
                  "the agent is told to use " + std::string(name) + ", which its tools leave out",
                  "add " + now + " to its tools, or take the order out");
  }

  bool is_named_already(std::string_view name) const { return std::ranges::find(named_, name) != named_.end(); }

  // What another tool does as well.
  bool is_given_by_power(std::string_view name) const {
    if (names::writes_files(name)) return granted_.can(Power::write) && name != names::notebook_edit;
    if (names::fetches_pages(name)) return granted_.can(Power::fetch);
    if (names::starts_agents(name)) return granted_.can(Power::start);
    return granted_.runs_anything() && names::only_looks(name);
  }

  const Document& document_;
  const TextModel& body_;
  const GrantedTools& granted_;
  Told& told_;
  Findings& findings_;
  std::vector<std::string> named_;
};

// Sentences: an order for each power that the agent has not, the first of each.
class WithheldOrders {
 public:
  WithheldOrders(const Document& document, const GrantedTools& granted, Told& told, Findings& findings)
      : document_(document), body_(document.body()), granted_(granted), told_(told), findings_(findings) {
    for (const AgentAct& act : agent_acts())
      letters::each_word(act.verbs, [&](std::string_view verb) { verbs_.emplace_back(verb, &act); });
    std::ranges::sort(verbs_, {}, &std::pair<std::string_view, const AgentAct*>::first);
  }

  void run() {
    for (const syntax::Block& block : body_.outline().blocks)
      if (block.kind == syntax::BlockKind::paragraph) paragraph({body_.body() + block.begin, body_.body() + block.end});
  }

 private:
  void report(Power power, Range order) {
    tell(told_, power);
    findings_.add("TL012", document_.at(order.begin, 0),
                  "the agent is told to " + in_one_line(body_.text().substr(order.begin, order.end - order.begin)) +
                      " and has no tool for it",
                  help_for(power));
  }

  void paragraph(Range range) {
    const std::string_view lines = std::string_view(body_.running()).substr(range.begin, range.end - range.begin);
    // Who changes the code must see that the tests still pass.
    if (const std::size_t at = find_phrase(lines, lists::passing_duties);
        at != std::string_view::npos && granted_.can(Power::write) && !granted_.can(Power::run) &&
        !is_told(told_, Power::run) && is_meant_for_reader(body_, {range.begin + at, range.begin + at + 1})) {
      tell(told_, Power::run);
      findings_.add("TL012", document_.at(range.begin + at, 0),
                    "the tests must pass, and the agent has no tool to run them", help_for(Power::run));
    }
    WordCursor words(lines);
    while (words.next()) {
      const Range word{range.begin + words.begin(), range.begin + words.end()};
      verb(word);
      product(word);
    }
  }

  // "The report goes to `docs/x.md`", "your findings are recorded in `x.md`".
  void product(Range verb) {
    const std::string_view all = body_.text();
    if (is_told(told_, Power::write) || granted_.can(Power::write) ||
        !letters::is_one_of_lower(
            all.substr(verb.begin, verb.end - verb.begin),
            {"goes", "go", "belongs", "belong", "written", "saved", "recorded", "stored", "appended"}))
      return;
    const Range sentence = body_.sentence_at(verb.begin);
    const std::string_view before = all.substr(sentence.begin, verb.begin - sentence.begin);
    constexpr std::size_t few_words = 50;
    if (before.size() > few_words || !has_phrase(before, lists::products) ||
        has_phrase(before, {"not", "never", "no"}) || !is_meant_for_reader(body_, verb))
      return;
    constexpr AgentAct act{Power::write, {}, "to into in at as under", "FILE", {}, {}};
    if (const std::size_t end = ThingsActedOn(body_).end_of_thing(act, verb); end != 0) {
      tell(told_, Power::write);
      findings_.add(
          "TL012", document_.at(verb.begin, 0),
          "\"" + in_one_line(all.substr(verb.begin, end - verb.begin)) + "\": the agent has no tool to write it",
          help_for(Power::write));
    }
  }

  void verb(Range word) {
    const std::string lower = letters::to_lower(body_.text().substr(word.begin, word.end - word.begin));
    const auto known = [](const auto& each) { return each.first; };
    for (auto row = std::ranges::lower_bound(verbs_, std::string_view(lower), {}, known);
         row != verbs_.end() && row->first == lower; ++row) {
      const AgentAct* const act = row->second;
      const bool by_pattern = act->power == Power::run && granted_.has_patterns() && !act->command.empty();
      if (is_told(told_, act->power) || (by_pattern ? granted_.lets_run(act->command) : granted_.can(act->power)))
        continue;
      const std::size_t end = ThingsActedOn(body_).end_of_thing(*act, word);
      if (end != 0 && is_ordered(body_, word) && is_meant_for_reader(body_, word))
        report(act->power, {word.begin, end});
    }
  }

  const Document& document_;
  const TextModel& body_;
  const GrantedTools& granted_;
  Told& told_;
  Findings& findings_;
  std::vector<std::pair<std::string_view, const AgentAct*>> verbs_;  // sorted
};

}  // namespace

void check_withheld_orders(const Document& document, const GrantedTools& granted, bool told, Findings& findings) {
  Told powers{};
  powers[static_cast<std::size_t>(Power::run)] = told;
  WithheldNames(document, granted, powers, findings).run();
  WithheldOrders(document, granted, powers, findings).run();
}

}  // namespace cascade::validation
