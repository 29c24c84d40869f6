// Bare names of several words in sentences: "use code-reviewer", "the code-reviewer agent", a list under "Agents:".
// Starts from the hyphens, since few words have one, finds the whole word and judges it by the words around it: a verb
// of use before it, a kind word next to it, the heading or lead-in above, a place that sets it off. Ordinary words
// count only in a few fixed forms, and mostly as guesses: otherwise every sentence would name manifests.
#include "client/names.h"
#include "language/use.h"
#include "manifest/identity.h"
#include "manifest/line_walk.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/set_off.h"
#include "manifest/soft.h"
#include "manifest/strength.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cascade::manifest {
namespace {

constexpr std::size_t longest_shared = 300;  // bytes looked at before a name for the verb of its list

constexpr bool is_barred(char c) noexcept {
  return c == '`' || c == '/' || c == '.' || c == '@' || c == ':' || c == '*' || c == '$' || c == '#' || c == '{' ||
         c == '<' || c == '=' || c == '\\' || c == '&';
}

// The start of the hyphenated word around `hyphen`; npos when it is part of a path, mail address or longer word. No
// word crosses the end of a line.
std::size_t word_begin(std::string_view text, std::size_t hyphen) {
  std::size_t begin = hyphen;
  while (begin > 0 && (is_name_byte(text[begin - 1]) || (text[begin - 1] == '.' && letters::is_digit(text[begin]))))
    --begin;
  if (!letters::is_letter(text[begin]) && !begins_with_digit(text, begin)) return std::string_view::npos;
  return begin == 0 || !is_barred(text[begin - 1]) ? begin : std::string_view::npos;
}

// "Product-Manager", "UI-Tester", but not "Self-review": a name that begins with a capital has one after each hyphen.
bool is_proper(std::string_view name) {
  if (!letters::is_upper(name.front())) return true;
  for (std::size_t i = 0; i + 1 < name.size(); ++i)
    if (name[i] == '-' && letters::is_lower(name[i + 1])) return false;
  return true;
}

bool goes_on(std::string_view text, std::size_t end) {
  if (end >= text.size()) return false;
  const char c = text[end];
  if (c == '.' || c == ':') return end + 1 < text.size() && letters::is_word(text[end + 1]);
  if (c == '(')  // a call, not an aside or a plural
    return end + 1 >= text.size() || (!is_unspaced(text, end + 1) && text.substr(end, 3) != "(s)");
  if (c == '*') return text.substr(end, 2) != "**" || text.substr(end, 3) == "**/";  // not the end of bold type
  return letters::is_name(c) || c == '`' || c == '/' || c == '=' || c == '@';
}

std::string_view word_before(std::string_view text, std::size_t at, std::size_t line_begin, std::size_t& begin) {
  std::size_t end = at;
  while (end > line_begin && (letters::is_space(text[end - 1]) || text[end - 1] == '*' || text[end - 1] == '"')) --end;
  begin = end;
  while (begin > line_begin && is_name_byte(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

// "use [the] X", "delegate to X", "orchestrates X": the words right before `at`.
bool stands_behind_use(std::string_view text, std::size_t at, std::size_t line_begin) {
  std::size_t begin = at;
  std::string_view word = word_before(text, at, line_begin, begin);
  if (letters::equals_lower(word, "the")) word = word_before(text, begin, line_begin, begin);
  if (language::verbs_of_use.has(word)) return true;
  if (!letters::equals_lower(word, "to")) return false;
  word = word_before(text, begin, line_begin, begin);
  return language::verbs_of_handing_on.has(word);
}

// The same, with other names of a list in between: "use a-b, c-d and X".
bool follows_use(std::string_view text, std::size_t at, std::size_t line_begin) {
  constexpr int longest_list = 8;
  for (int listed = 0; listed < longest_list; ++listed) {
    if (stands_behind_use(text, at, line_begin)) return true;
    std::size_t begin = at;
    std::string_view word = word_before(text, at, line_begin, begin);
    const bool joined = letters::equals_lower(word, "and") || letters::equals_lower(word, "or");
    std::size_t end = joined ? begin : at;
    while (end > line_begin && (letters::is_space(text[end - 1]) || text[end - 1] == '`')) --end;
    const bool comma = end > line_begin && text[end - 1] == ',';
    if (comma) --end;
    if (!joined && !comma) return false;
    while (end > line_begin && (text[end - 1] == '`' || text[end - 1] == '*')) --end;
    word = word_before(text, end, line_begin, begin);
    if (word.find('-') == std::string_view::npos) return false;
    at = begin;
    while (at > line_begin && text[at - 1] == '`') --at;
  }
  return false;
}

// "delegate X at once", "follow X": verbs that also have other objects. "delegate X to" gives X away.
bool stands_behind_wide_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin) {
  std::size_t begin = at;
  std::string_view word = word_before(text, at, line_begin, begin);
  if (letters::equals_lower(word, "the")) word = word_before(text, begin, line_begin, begin);
  return language::wide_verbs_of_use.has(word) && text.substr(end, 4) != " to ";
}

// "use a-b to plan, X to build or c-d to mend": one verb leads a list in which each name comes with its purpose.
bool shares_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin) {
  const std::string_view behind = text.substr(end, 5);
  if (behind.substr(0, 4) != " to " && behind != " for ") return false;
  std::string_view before = letters::trim(text.substr(line_begin, at - line_begin));
  std::size_t word = at;
  const std::string_view joins = word_before(text, at, line_begin, word);
  if (joins == "or" || joins == "and") before = letters::trim(text.substr(line_begin, word - line_begin));
  if (before.empty() || (before.back() != ',' && joins != "or" && joins != "and")) return false;
  before = before.substr(before.size() - std::min<std::size_t>(before.size(), longest_shared));
  before.remove_prefix(std::min(before.find_last_of(".;:!?") + 1, before.size()));
  before = letters::trim(before);
  const std::size_t use = letters::starts_with_lower(before, "use ") ? 0 : before.rfind(" use ");
  if (use == std::string_view::npos) return false;
  before = letters::trim(letters::trim(before.substr(use)).substr(4));
  const std::string_view first = before.substr(0, before.find(' '));
  const std::string_view purpose = before.substr(first.size(), 5);
  return first.find('-') != std::string_view::npos && (purpose.substr(0, 4) == " to " || purpose == " for ");
}

// The kind word after the name, on this line or, when the line ends there, at the start of the next.
Kinds kind_behind(const BodyText& body, std::size_t line, std::size_t end) {
  const std::string_view text = body.text();
  std::size_t at = end;
  const std::size_t limit =
      line + 1 < body.lines().size() && body.lines()[line + 1].context == body.lines()[line].context
          ? body.lines()[line + 1].end
          : body.lines()[line].end;
  while (at < limit && letters::is_space(text[at])) ++at;
  if (at == end) return 0;
  std::size_t word = at;
  while (word < limit && letters::is_name(text[word])) ++word;
  return kind_word(text.substr(at, word - at));
}

// "skill x-y", "the agent x-y": the kind word right before the name, in the singular.
Kinds kind_before(std::string_view text, std::size_t at, std::size_t line_begin) {
  if (at < line_begin + 6 || text[at - 1] != ' ') return 0;
  std::size_t begin = at;
  const std::string_view word = word_before(text, at, line_begin, begin);
  return word.empty() || letters::to_lower(word.back()) == 's' ? 0 : kind_word(word);
}

// "Dependencies: a-b, c-d": a label for other manifests of any kind.
bool is_dependency_line(std::string_view line) {
  static constexpr std::array<std::string_view, 9> labels = {"dependencies", "depends on",      "requires",
                                                             "works with",   "integrates with", "upstream",
                                                             "downstream",   "prerequisites",   "related"};
  std::size_t begin = 0;
  while (begin < line.size() && !letters::is_letter(line[begin])) ++begin;
  const std::string_view words = line.substr(begin);
  if (words.empty() || std::string_view("driwup").find(letters::to_lower(words.front())) == std::string_view::npos)
    return false;
  for (std::string_view label : labels) {
    if (!letters::starts_with_lower(words, label)) continue;
    std::size_t at = begin + label.size();
    while (at < line.size() && !letters::is_word(line[at]) && line[at] != ':') ++at;
    if (at < line.size() && line[at] == ':') return true;
  }
  return false;
}

// Names with a hyphen.
class HyphenFinder {
 public:
  HyphenFinder(const BodyText& body, Candidates& out) : body_(body), text_(body.text()), lines_(body), out_(out) {}

  void find() {
    std::size_t next = 1;  // so that each word is judged once
    for (const std::size_t hyphen : out_.marks().of(Mark::hyphen)) {
      if (hyphen < next || !letters::is_name(text_[hyphen - 1])) continue;
      const std::size_t end = rest_of_name(text_, hyphen);
      if (end <= hyphen) continue;  // a dash
      next = end;
      const std::size_t begin = goes_on(text_, end) ? std::string_view::npos : word_begin(text_, hyphen);
      if (begin == std::string_view::npos)
        add_barred(hyphen, end);
      else if (is_proper(text_.substr(begin, end - begin)))
        judge(begin, end);
    }
  }

 private:
  // A name behind a sign that bars most words: "$x-y", "[[skills/x-y]]".
  void add_barred(std::size_t hyphen, std::size_t end) {
    std::size_t begin = hyphen;
    while (begin > 0 && is_name_byte(text_[begin - 1])) --begin;
    if (begin < 2 || !letters::is_lower(text_[begin])) return;
    if (text_[begin - 1] == '$') add_after_dollar(begin, end);
    if (text_[begin - 1] == '/' && text_.substr(end, 2) == "]]") add_wiki_link(begin, end);
  }

  // "[[skills/x-y]]": the folder tells the kind.
  void add_wiki_link(std::size_t begin, std::size_t end) {
    std::size_t folder = begin - 1;
    while (folder > 0 && is_name_byte(text_[folder - 1])) --folder;
    const Kinds kind = kind_word(text_.substr(folder, begin - 1 - folder));
    const TextLine& line = lines_.line_of(begin);
    if (kind == 0 || folder < 2 || text_.substr(folder - 2, 2) != "[[" || line.context == Context::comment) return;
    out_.add(kind, text_.substr(begin, end - begin), Via::link, strength_of(body_, line, folder - 2, end), begin);
  }

  // "run $x-y", `$x-y`: how some clients call a skill. In code it is a variable and more text.
  void add_after_dollar(std::size_t begin, std::size_t end) {
    const bool ticked = text_[begin - 2] == '`';
    if (ticked ? text_.substr(end, 1) != "`" : !letters::is_space(text_[begin - 2]) || goes_on(text_, end)) return;
    const TextLine& line = lines_.line_of(begin);
    if (line.context != Context::code && line.context != Context::comment)
      out_.add(kinds_skill, text_.substr(begin, end - begin), Via::slash, strength_of(body_, line, begin, end), begin,
               Candidates::Certainty::guess);
  }

  void judge(std::size_t begin, std::size_t end) {
    const std::size_t index = lines_.index_of(begin);
    const TextLine& line = body_.lines()[index];
    if (line.context == Context::comment) return;
    const bool told =
        follows_use(text_, begin, body_.sentence_begin(line)) || shares_use(text_, begin, end, line.begin);
    if (!told && line.context == Context::code) {  // in code only an order, a drawing or "the x-y agent" counts
      const bool pointed = ((line.drawn || (line.drafted && line.list_item)) && is_drawn(body_, line, begin, end)) ||
                           (line.drawn && line.own != 0 && (text_[end] == ' ' || text_[end] == '\n') &&
                            (kind_behind(body_, index, end) | kind_before(text_, begin, line.begin)) != 0);
      if (pointed) point_at(line, begin, end);
      return;
    }
    Kinds behind = kind_behind(body_, index, end);
    if (behind == 0) behind = kind_before(text_, begin, line.begin);
    if (told || behind != 0 || is_dependency(line))
      return add_soft(body_, line, begin, end, Via::prose, behind, out_, Candidates::Certainty::guess);
    const Kinds above = line.intro != 0 ? line.intro : line.heading;
    if (line.list_item && line.context != Context::field &&
        (line.intro != 0 || (above != 0 && leads_line(body_, line, begin))))
      return add_soft(body_, line, begin, end, Via::prose, above, out_, certainty_of(above));
    const bool pointed = is_role_name(text_.substr(begin, end - begin)) ||
                         (line.context == Context::field
                              ? is_pointed_at(body_, line, begin, end) || is_referred_to(body_, line, begin, end)
                              : is_set_off(body_, line, begin, end));
    if (pointed) point_at(line, begin, end);
  }

  // A list under a heading that speaks of skills may also name agents; a list of agents has few others.
  static Candidates::Certainty certainty_of(Kinds above) noexcept {
    return (above & kinds_agent) != 0 ? Candidates::Certainty::stated : Candidates::Certainty::guess;
  }

  // Adds a name of unknown kind, which counts only if some manifest has it. Only a quoted one may be called, and one
  // right behind a verb.
  void point_at(const TextLine& line, std::size_t begin, std::size_t end) {
    const std::string_view name = text_.substr(begin, end - begin);
    if (is_generic_alias(name) || is_example_name(name) || kind_word(name) != 0) return;
    Strength strength = strength_of(body_, line, begin, end);
    const bool quoted = line.context != Context::code && is_quoted_name(body_, begin, end);
    if ((line.context == Context::code && is_tasked(line, begin)) || is_phase(line, begin))
      strength = call_strength(body_, line, begin, end);
    else if (strength == Strength::invoked && !quoted && !stands_behind_wide_use(text_, begin, end, line.begin))
      strength = Strength::mentioned;
    out_.add(0, name, Via::prose, strength, begin, Candidates::Certainty::guess);
  }

  // "Task: x-y → "what to do"": a call, drawn.
  bool is_tasked(const TextLine& line, std::size_t begin) const {
    if (line.drafted || begin < line.begin + 2 || text_.substr(begin - 2, 2) != ": ") return false;
    std::size_t tool = begin - 2;
    while (tool > line.begin && letters::is_word(text_[tool - 1])) --tool;
    return client::tool_names::starts_agents(text_.substr(tool, begin - 2 - tool));
  }

  // "Phase 2: x-y → list", "Step 3: **x-y**": who does a step of the process.
  bool is_phase(const TextLine& line, std::size_t begin) const {
    static constexpr auto steps = letters::word_set("phase", "step", "stage");
    std::size_t at = begin;
    if (at > line.begin + 1 && letters::is_lower(text_[at - 2])) return false;  // most names follow a word
    const auto skip = [&](const auto& is_skipped) {
      while (at > line.begin && is_skipped(text_[at - 1])) --at;
    };
    skip([](char c) { return letters::is_blank(c) || is_enclosing(c); });
    if (at == line.begin || text_[at - 1] != ':' || line.drafted || line.related) return false;
    --at;
    skip([](char c) { return letters::is_digit(c); });
    if (text_[at] == ':' || at < line.begin + 5 || text_[at - 1] != ' ') return false;
    const std::size_t end = --at;
    skip(letters::is_letter);
    return steps.has(text_.substr(at, end - at)) && leads_line(body_, line, at);
  }

  // The answer for a line is kept: it may hold many names.
  bool is_dependency(const TextLine& line) {
    if (line.context == Context::field) return false;
    if (judged_ != &line) {
      judged_ = &line;
      depends_ = is_dependency_line(body_.text(line));
    }
    return depends_;
  }

  const BodyText& body_;
  std::string_view text_;
  LineWalk lines_;
  Candidates& out_;
  const TextLine* judged_ = nullptr;
  bool depends_ = false;
};

// The next name of a list after the one that ends at `at`: ", x", " and x", ", or the x"; npos where the list ends.
std::size_t next_of_list(std::string_view text, std::size_t at) {
  if (text.substr(at, 1) == "`") ++at;
  const std::size_t end = at;
  if (text.substr(at, 2) == ", ") at += 2;
  for (const std::string_view joint : {" and ", " or ", "and ", "or "})
    if (text.substr(at, joint.size()) == joint && (joint.front() == ' ') == (at == end)) {
      at += joint.size();
      break;
    }
  if (at == end) return std::string_view::npos;
  if (text.substr(at, 4) == "the ") at += 4;
  return text.substr(at, 1) == "`" ? at + 1 : at;
}

// "delegate the rest to the architect, tester and doc-writer": in a list of those who get work, ordinary words are
// names. They bind only where a manifest has them.
void find_delegated(const BodyText& body, const TextLine& line, Candidates& out) {
  constexpr std::string_view stem = "legate";
  constexpr std::size_t longest_object = 80;
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t at = text.find(stem, line.begin); at != std::string_view::npos; at = text.find(stem, at + 1)) {
    const std::size_t to = text.substr(0, std::min(line.end, at + longest_object)).find(" to ", at);
    if (to == std::string_view::npos || text.substr(at, to - at).find_first_of(".;:!?,") != std::string_view::npos)
      continue;
    std::size_t begin = to + (text.substr(to, 8) == " to the " ? 8 : 4);
    if (text.substr(begin, 1) == "`") ++begin;
    for (std::size_t count = 0; begin < line.end && letters::is_lower(text[begin]); ++count) {
      const std::size_t end = name_end(text, begin), next = next_of_list(text, end);
      if (end < begin + 3 || (count == 0 && next == std::string_view::npos)) break;
      const std::string_view name = text.substr(begin, end - begin);
      if (!is_example_name(name) && kind_word(name) == 0)
        out.add(kinds_agent, name, Via::prose, strength_of(body, line, begin, end), begin,
                Candidates::Certainty::guess);
      if (next == std::string_view::npos) break;
      begin = next;
    }
  }
}

// "the researcher agent": an ordinary word between "the" and a kind word is a name, with one blank on either side.
void find_single_words(const BodyText& body, const TextLine& line, Candidates& out) {
  constexpr std::string_view article = "the";
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t blank = line.begin + article.size(); blank < line.end; ++blank) {
    if (text[blank] != ' ' || letters::to_lower(text[blank - 1]) != article.back()) continue;
    const std::size_t the = blank - article.size();
    if (!letters::equals_lower(text.substr(the, article.size()), article) ||
        (the > line.begin && letters::is_name(text[the - 1])))
      continue;
    const std::size_t name = blank + 1;
    std::size_t end = name;
    while (end < line.end && letters::is_lower(text[end])) ++end;
    if (end < name + 3 || end >= line.end || text[end] != ' ') continue;
    std::size_t word = end + 1;
    while (word < line.end && letters::is_name(text[word])) ++word;
    const Kinds kind = kind_word(text.substr(end + 1, word - end - 1));
    if (kind != 0 && text.substr(name, end - name) != "calling") add_soft(body, line, name, end, Via::prose, kind, out);
  }
}

// "spawn explore agent", "use an explore agent": an ordinary word between a verb of use and a kind word, or before a
// kind word in a heading ("With planner agent").
void find_used_words(const BodyText& body, const TextLine& line, Candidates& out) {
  constexpr std::string_view noun = " agent";
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t end = text.find(noun, line.begin); end < line.end; end = text.find(noun, end + 1)) {
    std::size_t begin = end, article = end;
    while (begin > line.begin && letters::is_lower(text[begin - 1])) --begin;
    if (end < begin + 3 || begin < line.begin + 4 || text[begin - 1] != ' ') continue;
    const std::string_view word = word_before(text, begin, line.begin, article);
    const bool told = line.context == Context::heading ||
                      stands_behind_use(text, word == "a" || word == "an" ? article : begin, line.begin);
    if (told && kind_word(text.substr(end + 1, rest_of_name(text, end + 1) - end - 1)) != 0)
      add_soft(body, line, begin, end, Via::prose, kinds_agent, out);
  }
}

// "- glossary" below "Load these skills:": an item that is a word and nothing else.
void find_whole_item(const BodyText& body, const TextLine& line, Candidates& out) {
  const std::string_view text = body.text().substr(0, line.end);
  std::size_t begin = line.begin;
  while (begin < line.end && !letters::is_letter(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < line.end && letters::is_lower(text[end])) ++end;
  if (end >= begin + 3 && letters::trim(text.substr(end)).empty())
    add_soft(body, line, begin, end, Via::prose, line.intro, out);
}

// "-> scout agent", "[scout agent]" in a drawing: an ordinary word before a kind word.
void find_drawn_words(const BodyText& body, const TextLine& line, Candidates& out) {
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t blank = line.begin + 3; blank + 5 <= line.end; ++blank) {
    if (text[blank] != ' ' || !letters::is_lower(text[blank - 1])) continue;
    std::size_t word = blank + 1;
    while (word < line.end && letters::is_name(text[word])) ++word;
    const Kinds kind = kind_word(text.substr(blank + 1, word - blank - 1));
    if (kind == 0) continue;
    std::size_t begin = blank;
    while (begin > line.begin && letters::is_lower(text[begin - 1])) --begin;
    const bool whole = begin == line.begin || !letters::is_name(text[begin - 1]);
    if (whole && blank >= begin + 3 && is_drawn(body, line, begin, blank))
      add_soft(body, line, begin, blank, Via::prose, kind, out);
  }
}

}  // namespace

void find_prose(const BodyText& body, Candidates& out) {
  HyphenFinder(body, out).find();
  for (const TextLine& line : body.lines())
    if ((line.signs & sign_delegate) != 0 && line.context != Context::code && line.context != Context::comment)
      find_delegated(body, line, out);
  for (const TextLine& line : body.lines()) {
    if (line.drawn && line.own != 0) find_drawn_words(body, line, out);
    if (line.context == Context::code || line.context == Context::comment) continue;
    if ((line.signs & sign_article) != 0) find_single_words(body, line, out);
    if ((line.own & kinds_agent) != 0) find_used_words(body, line, out);
    if ((line.signs & sign_title) != 0 && line.context != Context::heading) find_titles(body, line, out);
    if (line.list_item && line.intro != 0 && line.own == 0 && line.context == Context::running)
      find_whole_item(body, line, out);
  }
}

}  // namespace cascade::manifest
