// Bare names of several words in sentences: "use code-reviewer", "the code-reviewer agent", a list under "Agents:".
// Starts from the hyphens, since few words have one, finds the whole word and judges it by the words around it: a verb
// of use before it, a kind word next to it, the heading or lead-in above, a place that sets it off.
#include <algorithm>
#include <string>

#include "manifest/kinds.h"
#include "manifest/line_words.h"
#include "manifest/references.h"
#include "prose/sentence.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/word_set.h"

namespace cascade::manifest {
namespace {

constexpr letters::ByteSet bars_word("`/.@:*$#{<=\\&");

// The start of the hyphenated word around `hyphen`; npos when it is part of a path, mail address or longer word. No
// word crosses the end of a line.
std::size_t word_begin(std::string_view text, std::size_t hyphen) {
  std::size_t begin = hyphen;
  while (begin > 0 && (is_name_byte(text[begin - 1]) || (text[begin - 1] == '.' && letters::is_digit(text[begin]))))
    --begin;
  if (!letters::is_letter(text[begin]) && !begins_with_digit(text, begin)) return std::string_view::npos;
  return begin == 0 || !bars_word.has(text[begin - 1]) ? begin : std::string_view::npos;
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
  return at == end ? 0 : kind_at_begin(text.substr(at, limit - at));
}

// "skill x-y", "the agent x-y": the kind word right before the name, in the singular.
Kinds kind_before(std::string_view text, std::size_t at, std::size_t line_begin) {
  if (at < line_begin + 6 || text[at - 1] != ' ') return 0;
  std::size_t begin = at;
  return kind_of_one(word_before(text, at, line_begin, begin));
}

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
        add_after_dollar(hyphen - letters::run_at_end(text_.substr(0, hyphen), is_name_byte).size(), end);
      else if (is_proper(text_.substr(begin, end - begin)))
        judge(begin, end);
    }
  }

 private:
  // "run $x-y", `$x-y`: how some clients call a skill. In code it is a variable and more text.
  void add_after_dollar(std::size_t begin, std::size_t end) {
    if (begin < 2 || text_[begin - 1] != '$' || !letters::is_lower(text_[begin])) return;
    const bool ticked = text_[begin - 2] == '`';
    if (ticked ? text_.substr(end, 1) != "`" : !letters::is_space(text_[begin - 2]) || goes_on(text_, end)) return;
    const TextLine& line = lines_.line_of(begin);
    if (line.context != Context::code && line.context != Context::comment)
      out_.add(kinds_skill, text_.substr(begin, end - begin), Via::slash, strength_of(body_, line, begin, end), begin,
               Certainty::guess);
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
    if (told || behind != 0) return add_soft(body_, line, begin, end, Via::prose, behind, out_, Certainty::guess);
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
  static Certainty certainty_of(Kinds above) noexcept {
    return (above & kinds_agent) != 0 ? Certainty::stated : Certainty::guess;
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
    out_.add(0, name, Via::prose, strength, begin, Certainty::guess);
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
        out.add(kinds_agent, name, Via::prose, strength_of(body, line, begin, end), begin, Certainty::guess);
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
    const std::string_view single = letters::run_at_begin(text.substr(blank + 1), letters::is_lower);
    const std::size_t name = blank + 1, end = name + single.size();
    if (single.size() < 3 || end >= line.end || text[end] != ' ') continue;
    const Kinds kind = kind_at_begin(text.substr(end + 1));
    // "The build command" is one of the shell.
    static constexpr auto others = letters::word_set("build", "test", "lint", "start", "dev", "install", "format");
    if (kind != 0 && single != "calling" && (kind != kinds_command || !others.has(single)))
      add_soft(body, line, name, end, Via::prose, kind, out);
  }
}

// "spawn explore agent", "use an explore agent", "with planner agent": an ordinary word between a verb of use or a
// preposition and a kind word, or before a kind word in a heading.
void find_used_words(const BodyText& body, const TextLine& line, Candidates& out) {
  constexpr std::string_view noun = " agent";
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t end = text.find(noun, line.begin); end < line.end; end = text.find(noun, end + 1)) {
    std::size_t begin = end, article = end;
    while (begin > line.begin && letters::is_lower(text[begin - 1])) --begin;
    if (end < begin + 3 || begin < line.begin + 4 || text[begin - 1] != ' ') continue;
    const std::string_view word = word_before(text, begin, line.begin, article);
    const bool told = line.context == Context::heading || (prose::roles_in_any_case(word) & prose::roles::means) != 0 ||
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
    const Kinds kind = kind_at_begin(text.substr(blank + 1));
    if (kind == 0) continue;
    std::size_t begin = blank;
    while (begin > line.begin && letters::is_lower(text[begin - 1])) --begin;
    const bool whole = begin == line.begin || !letters::is_name(text[begin - 1]);
    if (whole && blank >= begin + 3 && is_drawn(body, line, begin, blank))
      add_soft(body, line, begin, blank, Via::prose, kind, out);
  }
}

constexpr std::size_t longest_title = 5;  // in words

constexpr bool is_title_mark(char c) noexcept { return c == '*' || c == '`' || c == '"'; }

// Words that are not part of a title even with a capital.
bool is_before_title(std::string_view word) {
  static constexpr auto words =
      letters::word_set("the", "a", "an", "this", "that", "these", "each", "every", "any", "all", "both", "only", "no",
                        "our", "your", "its", "if", "when", "then", "with", "via", "to", "by", "for", "from", "and",
                        "or", "before", "after", "while", "ask", "see", "let", "related", "available", "required");
  return words.has(word) ||
         (prose::roles_in_any_case(word) & (prose::roles::call | prose::roles::call_wide | prose::roles::hand)) != 0;
}

struct Title {
  std::size_t begin = 0, end = 0, words = 0;
};

// The title that ends at `end`; without words when there is none.
Title title_before(std::string_view text, std::size_t line_begin, std::size_t end) {
  Title title{end, end, 0};
  for (std::size_t stop = end; title.words <= longest_title;) {
    const std::string_view word = letters::run_at_end(text.substr(line_begin, stop - line_begin), letters::is_name);
    const std::size_t begin = stop - word.size();
    if (word.size() < 2 || !letters::is_upper(word.front()) || is_before_title(word)) break;
    title.begin = begin;
    ++title.words;
    if (begin < line_begin + 2 || text[begin - 1] != ' ' || !letters::is_name(text[begin - 2])) break;
    stop = begin - 1;
  }
  return title;
}

// At the start of a sentence or item a capital means nothing.
bool begins_sentence(std::string_view text, std::size_t line_begin, std::size_t at) {
  while (at > line_begin && (letters::is_space(text[at - 1]) || is_title_mark(text[at - 1]))) --at;
  return at == line_begin || std::string_view(".:!?;|>-").find(text[at - 1]) != std::string_view::npos;
}

std::string joined(std::string_view title) {
  std::string name = letters::to_lower(title);
  for (char& c : name)
    if (c == ' ') c = '-';
  return name;
}

// "the Code Reviewer agent", "**Planner** agent": the capitalized words before a kind word are joined with hyphens.
// Verbs of use, articles and the like, and a lone word that begins the sentence are left out, because their capital
// means nothing.
void find_titles(const BodyText& body, const TextLine& line, Candidates& out) {
  const std::string_view text = body.text();
  for (std::size_t i = line.begin; i < line.end;) {
    if (!letters::is_letter(text[i])) {
      ++i;
      continue;
    }
    const std::size_t word = i;
    while (i < line.end && letters::is_name(text[i])) ++i;
    const Kinds kind = kind_word(text.substr(word, i - word));
    if (kind == 0 || word < line.begin + 3 || text[word - 1] != ' ') continue;
    std::size_t end = word - 1;
    while (end > line.begin && is_title_mark(text[end - 1])) --end;
    const Title title = title_before(text, line.begin, end);
    if (title.words == 0 || title.words > longest_title) continue;
    const std::string_view words = text.substr(title.begin, end - title.begin);
    if (title.words == 1 && text[i - 1] != 's' && has_hump(words))
      out.add(kind, words, Via::prose, strength_of(body, line, title.begin, end), title.begin, Certainty::guess);
    if (title.words == 1 && end == word - 1 && begins_sentence(text, line.begin, title.begin)) continue;
    const std::string name = joined(words);
    if (name.size() < 3 || name.starts_with("claude") || is_generic_alias(name) || is_example_name(name)) continue;
    out.add(kind, name, Via::prose, strength_of(body, line, title.begin, end), title.begin);
  }
}

}  // namespace

void find_prose(const BodyText& body, Candidates& out) { HyphenFinder(body, out).find(); }

// Ordinary words count only in a few fixed forms, and mostly as guesses: otherwise every sentence would name manifests.
// Each form is looked for only on lines that have a word or sign of it.
void find_words(const BodyText& body, Candidates& out) {
  for (const TextLine& line : body.lines()) {
    if (line.signs == 0 && (!line.list_item || line.intro == 0)) continue;  // most lines
    if (line.drawn && line.own != 0) find_drawn_words(body, line, out);
    if (line.context == Context::code || line.context == Context::comment) continue;
    if ((line.signs & sign_delegate) != 0) find_delegated(body, line, out);
    if ((line.signs & sign_article) != 0) find_single_words(body, line, out);
    if ((line.signs & sign_used) != 0) find_used_words(body, line, out);
    if ((line.signs & sign_title) != 0 && line.context != Context::heading) find_titles(body, line, out);
    if (line.list_item && line.intro != 0 && line.own == 0 && line.context == Context::running)
      find_whole_item(body, line, out);
  }
}

void find_leading_title(const BodyText& body, const TextLine& line, std::string_view title, std::size_t begin,
                        Candidates& out) {
  for (std::size_t blank = title.find(' '); blank != std::string_view::npos; blank = title.find(' ', blank + 1))
    if (blank + 1 == title.size() || !letters::is_upper(title[blank + 1])) return;
  const std::string name = joined(title);
  if (!is_plain_name(name) || !is_role_name(name)) return;
  const Strength strength = strength_of(body, line, begin, begin + title.size());
  out.add(kinds_agent, name, Via::prose, strength, begin, Certainty::guess);
}

}  // namespace cascade::manifest
