// Bare names of several words in sentences: "use code-reviewer", "the code-reviewer agent", a list under "Agents:".
// Starts from the hyphens, since few words have one, finds the whole word and judges it by the words around it: a verb
// of use before it, a kind word next to it, the heading or lead-in above, a place that sets it off.
#include "manifest/foreign_words.h"
#include "manifest/identity.h"
#include "manifest/line_walk.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/set_off.h"
#include "manifest/soft.h"
#include "manifest/strength.h"
#include "manifest/verb_before.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <string_view>

namespace cascade::manifest {
namespace {

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
    if (told || behind != 0)
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

  // "x-y スキルを使う": the order, if there is one, comes behind the name.
  bool has_unspaced_kind(std::size_t end) const {
    return unspaced_kind_at_begin(text_.substr(text_.substr(end, 1) == " " ? end + 1 : end)).kind != 0;
  }

  // Adds a name of unknown kind, which counts only if some manifest has it. Only one right behind a
  // verb may be called.
  void point_at(const TextLine& line, std::size_t begin, std::size_t end) {
    const std::string_view name = text_.substr(begin, end - begin);
    if (is_generic_alias(name) || is_example_name(name) || kind_word(name) != 0) return;
    Strength strength = strength_of(body_, line, begin, end);
    if (is_phase(line, begin))
      strength = call_strength(body_, line, begin, end);
    else if (strength == Strength::invoked && !stands_behind_wide_use(text_, begin, end, line.begin) &&
             !has_unspaced_kind(end))
      strength = Strength::mentioned;
    out_.add(0, name, Via::prose, strength, begin, Candidates::Certainty::guess);
  }

  // "Phase 2: x-y → list", "Step 3: **x-y**": who does a step of the process. Behind a drawn line ("├── Phase 2: x-y")
  // it is a picture of one, unless an arrow tells what comes out.
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
    if (!steps.has(text_.substr(at, end - at)) || !leads_line(body_, line, at) || line.told) return false;
    const bool drawn = text_.substr(line.begin, at - line.begin).find('\xE2') != std::string_view::npos;
    return !drawn || body_.text(line).find(" \xE2\x86\x92 ") != std::string_view::npos;
  }

  const BodyText& body_;
  std::string_view text_;
  LineWalk lines_;
  Candidates& out_;
};

}  // namespace

void find_prose(const BodyText& body, Candidates& out) { HyphenFinder(body, out).find(); }

}  // namespace cascade::manifest
