// Names set off by marks: `name`, **name**, @name, and headings that are just a name. Each mark is followed by a name
// or skipped. Marks also surround ordinary words, so the text around a name gives its kind (add_soft()), and a name
// that could be a word is only a guess, which counts when a manifest has it.
#include "manifest/line_words.h"
#include "manifest/references.h"
#include "text/ascii.h"
#include "text/byte_block.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

constexpr letters::ByteSet ends_span("`\n"), before_heading("# \t0123456789.*`");

bool is_text(const TextLine& line) { return line.context != Context::code && line.context != Context::comment; }

// The name in a code span that is more than a name: `skill: x`, `skill: "x"`, `Use skill: x`, `x mode:fast`,
// `x depth=2`, `x(plan)`, `x-y add --all`, `skills/x`. `kind`: the kind that the span itself states. The range is empty
// when there is no name.
struct Called {
  std::size_t begin = 0, end = 0;
  Kinds kind = 0;
};

// One word such as mode:fast or depth=2.
bool is_setting(std::string_view word) {
  const std::size_t sign = word.find_first_of(":=");
  return sign != std::string_view::npos && sign > 0 && sign + 1 < word.size() &&
         std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(sign), letters::is_name);
}

// " <path>", " fetch #12", " --all": what is typed behind a name, with a placeholder, a number or an option.
bool are_arguments(std::string_view rest) {
  std::size_t begin = 1;
  while (begin < rest.size() && letters::is_lower(rest[begin])) ++begin;
  if (begin > 1 && begin < rest.size() && rest[begin] == ' ') ++begin;
  rest = rest.substr(begin);
  return rest.starts_with("<") || rest.starts_with("#") || rest.starts_with("--");
}

Called called_in_span(std::string_view span, std::size_t begin) {
  if (letters::starts_with_lower(span.substr(begin), "use ")) begin += 4;
  const std::size_t end = name_end(span, begin);
  if (end == begin || end >= span.size()) return {};
  const std::string_view rest = span.substr(end);
  if (rest.starts_with(": "))
    if (const Kinds kind = kind_word(span.substr(begin, end - begin))) {
      const bool quoted = rest.size() > 4 && rest[2] == '"' && rest.back() == '"';
      const std::size_t name = end + (quoted ? 3 : 2), close = span.size() - (quoted ? 1 : 0);
      return name_end(span, name) == close ? Called{name, close, kind} : Called{};
    }
  const std::string_view first = span.substr(begin, end - begin);
  if (rest.front() == '/' && (first == "skills" || first == "agents" || first == "commands"))
    return name_end(span, end + 1) == span.size() ? Called{end + 1, span.size(), kind_word(first)} : Called{};
  if (!is_distinctive(first)) return {};
  const bool call =
      rest.front() == '(' && rest.back() == ')' && rest.size() > 2 && name_end(rest, 1) == rest.size() - 1;
  const bool set = rest.front() == ' ' && (is_setting(rest.substr(1, rest.find(' ', 1) - 1)) || are_arguments(rest));
  return call || set ? Called{begin, end, 0} : Called{};
}

// "CodeReviewer", "PlanAgent": a name in humps whose last one is somebody who does something. Other words in humps are
// of code.
bool is_humped_role(std::string_view name) {
  if (name.size() < 7 || !letters::is_upper(name.front())) return false;
  std::size_t hump = name.size() - 1;
  while (hump > 0 && letters::is_lower(name[hump])) --hump;
  if (hump == 0 || !letters::is_upper(name[hump]) || !letters::is_lower(name[hump - 1])) return false;
  const std::string last = letters::to_lower(name.substr(hump));
  return last == "agent" || is_doer(last);
}

// `$team`: how some clients call a skill. Code has variables of this look.
void add_after_dollar(const BodyText& body, const TextLine& line, std::size_t tick, Candidates& out) {
  const std::string_view text = body.text();
  const std::size_t begin = tick + 2, end = name_end(text, begin);
  if (end < begin + 3 || text.substr(end, 1) != "`" || !is_text(line)) return;
  const std::string_view name = text.substr(begin, end - begin);
  if (!std::ranges::all_of(name, letters::is_lower) || is_example_name(name)) return;
  out.add(kinds_skill, name, Via::slash, strength_of(body, line, tick, end), begin, Certainty::guess);
}

// A text that somebody is to be given ("the `x-y` gate has run") stands in a fence without a language or of Markdown;
// in other code a code span means nothing.
void add_given(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end, Candidates& out) {
  const std::string_view name = body.text().substr(begin, end - begin);
  if ((!line.drawn && !line.drafted) || !is_distinctive(name) || is_example_name(name)) return;
  const Strength strength = strength_of(body, line, begin, end);
  out.add(0, name, Via::backtick, line.drawn ? strength : std::max(strength, Strength::mentioned), begin,
          Certainty::guess);
}

// The kind word that follows a name with its marks, in the singular: "the **knots** skill".
Kinds kind_behind(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != ' ') return 0;
  return kind_of_one(letters::run_at_begin(text.substr(at + 1), letters::is_name));
}

// "the `x` skill", "agent `x`": a command of this form may be one of the shell.
bool is_named(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const std::string_view text = body.text();
  if (line.context != Context::running || end < begin + 3 || text.substr(end, 1) != "`") return false;
  const Kinds kind = kind_beside(text, line, begin, end);
  return (kind == kinds_skill || kind == kinds_agent) && ends_noun(body, line, end) &&
         std::ranges::none_of(text.substr(begin, end - begin), letters::is_upper);
}

void find_code_spans(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  LineWalk lines(body);
  std::size_t next = 0;
  for (const std::size_t tick : out.marks().of(Mark::tick)) {
    if (tick < next) continue;  // it closes a span
    constexpr std::size_t longest_span = 120;
    std::size_t begin = tick + 1, end = qualified_end(text, begin), close = end;
    if (end == begin) {
      if (text.substr(begin, 1) == "$") add_after_dollar(body, lines.line_of(tick), tick, out);
      continue;
    }
    Kinds said = 0;
    if (text[end] != '`') {
      close = ends_span.find_in(text.substr(0, std::min(text.size(), begin + longest_span)), begin);
      if (close == std::string_view::npos || text[close] != '`') continue;
      const Called called = called_in_span(text.substr(0, close), begin);
      if (called.begin == called.end) continue;
      begin = called.begin;
      end = called.end;
      said = called.kind;
    }
    const TextLine& line = lines.line_of(tick);
    if (!is_text(line)) {
      const Kinds behind = line.drawn && line.own != 0 && close == end ? kind_behind(text, end + 1) : Kinds{0};
      if (behind != 0)
        add_soft(body, line, begin, end, Via::backtick, behind, out, Certainty::guess);
      else if (said == 0 && close == end)
        add_given(body, line, begin, end, out);
      continue;
    }
    next = close + 1;
    // `Use skill: x`, "invoke `agents/x-y`"
    const bool whole = said != 0 && ((begin > tick + 1 && letters::starts_with_lower(text.substr(tick + 1), "use ")) ||
                                     (text[begin - 1] == '/' && is_distinctive(text.substr(begin, end - begin)) &&
                                      is_handed_work(body, line, tick)));
    if (whole) {
      out.add(said, text.substr(begin, end - begin), Via::backtick, strength_of(body, line, tick, close), begin);
      continue;
    }
    const Kinds stated = said != 0 ? said : cue_for(body, line, begin, end);
    const bool handed =
        stated == 0 && letters::is_lower(text[begin]) && (line.handed_on || is_handed_work(body, line, tick));
    const std::string_view name = text.substr(begin, end - begin);
    const bool humped = stated == 0 && is_humped_role(name), doer = humped || is_doer(name);
    const Kinds cue = handed ? kinds_agent : doer ? stated | kinds_agent : stated;
    // The head of a list item is usually of the kind that the list is about, but "Related skills" may have agents, too.
    const bool leads = line.list_item && line.own == 0 && leads_line(body, line, tick);
    add_soft(body, line, begin, end, Via::backtick, cue, out,
             leads || handed || humped                                       ? Certainty::guess
             : said == 0 && close == end && is_named(body, line, begin, end) ? Certainty::named
                                                                             : Certainty::stated);
  }
}

// The kind word, and a colon, that bold type may hold after the name: "**x skill:**", "**x スキル**".
Kinds kind_inside(std::string_view text, std::size_t& end) {
  if (end >= text.size() || (text[end] != ' ' && static_cast<unsigned char>(text[end]) < 0x80)) return 0;
  const std::size_t begin = text[end] == ' ' ? end + 1 : end;
  const std::string_view named = letters::run_at_begin(text.substr(begin), letters::is_name);
  std::size_t word = begin + named.size();
  Kinds kind = begin > end ? kind_word(named) : 0;
  if (named.empty()) {
    const UnspacedKind unspaced = unspaced_kind_at_begin(text.substr(begin));
    kind = unspaced.kind;
    word += unspaced.bytes;
  }
  if (kind == 0) return 0;
  if (text.substr(word, 1) == ":") ++word;
  if (text.substr(word, 2) != "**") return 0;
  end = word;
  return kind;
}

// Bold type that begins with a capital and may end with a word for somebody who does something; most does not.
std::string_view role_title(std::string_view text, std::size_t begin, std::size_t word_end) {
  constexpr std::size_t longest = 40;
  if (!letters::is_upper(text[begin]) || text.substr(word_end, 1) != " ") return {};
  const std::size_t size = text.substr(begin, longest).find("**");
  if (size == std::string_view::npos) return {};
  const std::string_view title = text.substr(begin, size);
  const char last = title.back();
  return last == 'r' || last == 't' || last == 'n' ? title : std::string_view{};
}

void find_bold(const BodyText& body, Candidates& out) {
  const std::string_view text = body.text();
  LineWalk lines(body);
  std::size_t next = 1;
  for (const std::size_t star : out.marks().of(Mark::star)) {
    if (star < next || text[star - 1] != '*') continue;
    const std::size_t begin = star + 1, end = name_end(text, begin);
    std::size_t close = end;
    const Kinds inside = end == begin ? 0 : kind_inside(text, close);
    if (end == begin) continue;
    if (text.compare(close, 2, "**") != 0) {
      const std::string_view title = role_title(text, begin, end);
      if (title.empty()) continue;
      const TextLine& item = lines.line_of(star);
      if (item.list_item && item.context == Context::running && leads_line(body, item, star))
        find_leading_title(body, item, title, begin, out);
      continue;
    }
    const TextLine& line = lines.line_of(star);
    if (!is_text(line) || line.context == Context::field) continue;
    const std::string_view name = text.substr(begin, end - begin);
    const bool distinctive = is_distinctive(name), ordinary = !distinctive && letters::is_lower(text[begin]);
    if (inside != 0) {
      if (distinctive || ordinary) add_soft(body, line, begin, end, Via::bold, inside, out);
      next = close + 2;
      continue;
    }
    if (const Kinds behind = kind_behind(text.substr(0, line.end), end + 2); behind != 0 && ordinary) {
      add_soft(body, line, begin, end, Via::bold, behind, out);
      next = end + 2;
      continue;
    }
    // A plain bold word is emphasis unless the line speaks of agents, or the heading of its list of related manifests.
    if (ordinary && line.list_item && line.own == 0 && line.intro != 0 && leads_line(body, line, star))
      add_soft(body, line, begin, end, Via::bold, line.intro, out, Certainty::guess);
    else if (distinctive || (line.own & kinds_agent) != 0)
      add_soft(body, line, begin, end, Via::bold, cue_for(body, line, begin, end), out);
    else if (is_doer(name) || is_humped_role(name))
      add_soft(body, line, begin, end, Via::bold, kinds_agent, out, Certainty::guess);
    next = end + 2;
  }
}

// @agent-name anywhere, @name outside of code; not mail addresses, packages, decorators.
void find_at(const BodyText& body, Candidates& out) {
  static constexpr std::string_view prefix = "agent-";
  const std::string_view text = body.text();
  LineWalk lines(body);
  for (const std::size_t at : out.marks().of(Mark::at)) {
    if (at > 0 && (letters::is_word(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == '/' || text[at - 1] == '@'))
      continue;
    const TextLine& line = lines.line_of(at);
    std::size_t begin = at + 1;
    const bool prefixed = text.substr(begin, prefix.size()) == prefix;
    if (prefixed) begin += prefix.size();
    if (line.context == Context::comment || (!prefixed && line.context == Context::code)) continue;
    const std::size_t end = name_end(text, begin);
    if (end < begin + 2) continue;
    const char after = end < line.end ? text[end] : ' ';
    const bool goes_on = letters::is_name(after) || after == '/' || after == '(' ||
                         (after == '.' && end + 1 < line.end && letters::is_word(text[end + 1]));
    if (!goes_on)
      out.add(kinds_agent, text.substr(begin, end - begin), Via::at, strength_of(body, line, at, end), begin);
  }
}

// "### 2. `code-reviewer` (fast)" under a heading that speaks of agents.
void find_heading(const BodyText& body, const TextLine& line, Candidates& out) {
  const std::string_view text = body.text().substr(0, line.end);
  std::size_t begin = line.begin, end = line.end;
  while (begin < end && before_heading.has(text[begin])) ++begin;
  const std::size_t name = name_end(text, begin);
  if (name == begin) return;
  std::size_t rest = name;
  while (rest < end && (text[rest] == '*' || text[rest] == '`' || letters::is_space(text[rest]))) ++rest;
  if (rest < end && text[rest] == '(' && text[rest - 1] == ' ' &&
      letters::trim(text.substr(rest, end - rest)).back() == ')')
    rest = end;
  if (rest != end) return;
  add_soft(body, line, begin, name, Via::heading, line.intro != 0 ? line.intro : line.heading, out);
}

}  // namespace

void find_marked(const BodyText& body, Candidates& out) {
  find_at(body, out);
  find_code_spans(body, out);
  find_bold(body, out);
  for (const TextLine& line : body.lines())
    if (line.context == Context::heading && line.heading != 0) find_heading(body, line, out);
}

}  // namespace cascade::manifest
