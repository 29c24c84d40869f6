// Asked only of what would be a call otherwise, so that few lines are searched upwards. Lead-ins that a whole list
// hangs on are read once for all lines (lead_words.h).
#include "manifest/shown.h"

#include "manifest/lead_words.h"
#include "manifest/message.h"
#include "manifest/names.h"
#include "manifest/ordered_code.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <string_view>

namespace cascade::manifest {
namespace {

// The beginning of a line, which says what it is. A line may be as long as the file.
std::string_view beginning(const BodyText& body, const TextLine& line) {
  constexpr std::size_t longest = 160;
  return body.text(line).substr(0, longest);
}

// "/plan → /build", "/plan x -> a list": a drawing of what follows. An arrow in quotes may be part of a task.
bool leads_on(std::string_view rest) {
  const std::size_t arrow = std::min(rest.find(" \xE2\x86\x92 "), rest.find(" -> "));
  if (arrow == std::string_view::npos) return false;
  const auto quotes = std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(arrow), '"');
  return quotes % 2 == 0 || rest.find("-> /", arrow) != rest.npos || rest.find("\xE2\x86\x92 /", arrow) != rest.npos;
}

// "**Basic usage:**", "For example:".
bool leads_usage(std::string_view line) {
  while (!line.empty() && (letters::is_space(line.back()) || line.back() == '*')) line.remove_suffix(1);
  return line.ends_with(':') && (line.find("xample") != line.npos || line.find("sage") != line.npos);
}

// Whether the heading above is the word itself ("#### /plan"), or it or the lead-in speaks of examples or usage: the
// code shows how it is typed.
bool is_shown_below_itself(const BodyText& body, const TextLine& line, std::string_view word) {
  const TextLine* const above = body.heading_above(line);
  const TextLine* lead = &line;
  for (int i = 0; i < BodyText::farthest_heading && lead != body.lines().data() && lead - 1 != above; ++i) {
    --lead;
    if (lead->context != Context::running || letters::trim(beginning(body, *lead)).empty()) continue;
    if (leads_usage(beginning(body, *lead))) return true;
    break;
  }
  if (above == nullptr) return false;
  std::string_view heading = beginning(body, *above);
  for (const std::string_view shows :
       {"xample", "Usage", "usage", "Quick Start", "Quick start", "Getting Started", "Getting started", "Syntax"})
    if (heading.find(shows) != std::string_view::npos) return true;
  heading.remove_prefix(std::min(heading.find_first_not_of("# `*"), heading.size()));
  return heading.starts_with(word) && (heading.size() == word.size() || !is_name_byte(heading[word.size()]));
}

// " [topic]    Makes a plan", " - makes a plan": behind a command of a list that says what each is for. A '#' begins a
// remark on a command that is typed.
bool is_described(std::string_view rest) {
  while (rest.size() > 2 && rest[0] == ' ' && (rest[1] == '[' || rest[1] == '<')) {
    const std::size_t close = rest.find(rest[1] == '[' ? ']' : '>');
    if (close == std::string_view::npos) return false;
    rest.remove_prefix(close + 1);
  }
  const bool column = rest.starts_with("  ") || rest.starts_with('\t');
  while (!rest.empty() && letters::is_blank(rest.front())) rest.remove_prefix(1);
  if (rest.starts_with("- ") || rest.starts_with("\xE2\x80\x94 ") || rest.starts_with("\xE2\x80\x93 ")) return true;
  return column && !rest.empty() &&
         (letters::is_letter(rest.front()) || rest.front() == '(' || static_cast<unsigned char>(rest.front()) >= 0x80);
}

// ` "Build a list"`, " add a list": three words of one task behind the command, where an order has a placeholder.
bool has_example_words(std::string_view rest) {
  constexpr std::size_t farthest = 80, enough = 3;
  rest = rest.substr(0, std::min(rest.find('#'), std::min(rest.size(), farthest)));
  if (rest.find_first_of("<[{$") != std::string_view::npos || rest.find("...") != std::string_view::npos) return false;
  std::size_t count = 0;
  for (std::size_t at = 0; at < rest.size();) {
    const std::size_t begin = std::min(rest.find_first_not_of(' ', at), rest.size());
    at = std::min(rest.find(' ', begin), rest.size());
    std::string_view word = rest.substr(begin, at - begin);
    if (word.starts_with('"')) {
      count = 0;
      word.remove_prefix(1);
    }
    while (!word.empty() && (word.back() == ',' || word.back() == '"')) word.remove_suffix(1);
    count = !word.empty() && std::all_of(word.begin(), word.end(), letters::is_letter) ? count + 1 : 0;
    if (count == enough) return true;
  }
  return false;
}

// "... X when you want control", "... X anytime": the rest of the sentence leaves it to somebody.
bool is_left_open(std::string_view rest) {
  rest = rest.substr(0, std::min(rest.find(". "), std::min<std::size_t>(rest.size(), sentence_window)));
  static constexpr std::string_view signs[] = {"you want",     "you'd like",    "you would like", "when ready",
                                               "you're ready", "you are ready", "anytime",        "any time"};
  return std::any_of(std::begin(signs), std::end(signs),
                     [rest](std::string_view sign) { return rest.find(sign) != std::string_view::npos; });
}

// "/plan   # makes a plan": a command with a remark.
bool is_remarked_command(const BodyText& body, const TextLine& line) {
  const std::string_view text = letters::trim(beginning(body, line));
  return line.context == Context::code && text.starts_with('/') && text.find(" # ") != std::string_view::npos;
}

// Whether the command and one on the line above or below have remarks: a list of what there is.
bool is_listed_with_remarks(const BodyText& body, const TextLine& line) {
  if (!is_remarked_command(body, line)) return false;
  return (&line != body.lines().data() && is_remarked_command(body, *(&line - 1))) ||
         (&line != &body.lines().back() && is_remarked_command(body, *(&line + 1)));
}

// "Need a list? Use X", "Not sure? Try X": an answer to what somebody may ask.
bool answers_question(const BodyText& body, const TextLine& line, std::size_t end) {
  static constexpr auto first =
      letters::word_set("need", "want", "looking", "not", "prefer", "stuck", "curious", "unsure", "wondering");
  const std::size_t from = end - std::min(end - line.begin, sentence_window);
  const std::string_view before = body.text().substr(from, end - from);
  const std::size_t mark = before.rfind('?');
  if (mark == std::string_view::npos || before.find(". ", mark) != std::string_view::npos) return false;
  std::size_t begin = before.rfind(". ", mark);
  begin = begin == std::string_view::npos ? 0 : begin + 2;
  while (begin < mark && !letters::is_letter(before[begin])) ++begin;
  std::size_t word = begin;
  while (word < mark && letters::is_letter(before[word])) ++word;
  return first.has(before.substr(begin, word - begin));
}

// Whether the line of code is in a stretch that a line "Next steps:" begins.
bool is_next_step(const BodyText& body, const TextLine& line) {
  constexpr int farthest = 12;  // lines
  const TextLine* above = &line;
  for (int i = 0; i < farthest && above != body.lines().data(); ++i) {
    --above;
    if (above->context != Context::code) return false;
    if (letters::starts_with_lower(without_marks(beginning(body, *above)), "next steps")) return true;
  }
  return false;
}

// Below "When to use", "Limitations", "Suggestions": who else there is, for what is not done here. Commands below
// "Usage" or "Integration with other commands" are for whoever types them.
bool stands_apart(const BodyText& body, const TextLine& line, bool command) {
  static constexpr std::string_view signs[] = {
      "when to use",     "when to invoke",  "limitation",      "cross-reference", "reference card",
      "quick reference", "quick start",     "getting started", "troubleshooting", "faq",
      "suggestion",      "recommendations", "follow-up",       "example",         "alternatives"};
  static constexpr std::string_view of_commands[] = {"usage", "integration with other", "tips", "available"};
  const TextLine* const above = body.heading_above(line);
  if (above == nullptr) return false;
  const std::string heading = letters::to_lower(beginning(body, *above));
  const auto holds = [&heading](std::string_view sign) { return heading.find(sign) != std::string::npos; };
  return std::any_of(std::begin(signs), std::end(signs), holds) ||
         (command && std::any_of(std::begin(of_commands), std::end(of_commands), holds));
}

// "For most yards, use X", "if you have scales instead, use X": another has another task.
bool is_of_other_case(const SentenceWords& before) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == "instead" && !before.has(i + 1, "of")) return before.has(0, "if");
    if (before[i] == "for" && (before.has(i + 1, "most") || before.has(i + 1, "other"))) return true;
  }
  return false;
}

// "To free crates, use /x", "use /x to check your list", "add your crates, then use /x", "use /x afterward": how
// somebody who types commands does it.
bool tells_how(const SentenceWords& before, std::string_view rest) {
  rest = rest.substr(0, std::min(rest.find(". "), std::min<std::size_t>(rest.size(), sentence_window)));
  const std::size_t first = before.size() > 0 && !letters::is_letter(before[0].front()) ? 1 : 0;
  for (std::size_t i = first + 1; i < before.size(); ++i)  // "Your job is to use /x" speaks to the reader
    if (before[i] == "your") return true;
  return before.has(first, "to") || rest.find(" your ") != std::string_view::npos ||
         rest.find(" afterward") != std::string_view::npos;
}

// "Run `x start <list>`": a program's subcommand in a code span.
bool is_subcommand(const SentenceWords& before, std::string_view text, std::size_t begin, std::string_view rest) {
  const bool run = before.size() > 0 && (before[before.size() - 1] == "run" || before[before.size() - 1] == "use");
  if (!run || begin == 0 || text[begin - 1] != '`' || !letters::is_letter(text[begin]) || !rest.starts_with(' '))
    return false;
  std::size_t at = 1;
  while (at < rest.size() && (letters::is_lower(rest[at]) || rest[at] == '-')) ++at;
  return at > 2 && at + 1 < rest.size() && rest[at] == ' ' && std::string_view("<#-").find(rest[at + 1]) != rest.npos;
}

// "Shall I run X now?"
bool is_asked_about(std::string_view rest) {
  rest = rest.substr(0, sentence_window);
  for (std::size_t end = rest.find_first_of(".!?;"); end != std::string_view::npos;
       end = rest.find_first_of(".!?;", end + 1))
    if (end + 1 == rest.size() || !letters::is_word(rest[end + 1])) return rest[end] == '?';
  return false;
}

}  // namespace

bool is_shown(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
              std::size_t end) {
  const std::string_view rest = body.behind(line, end);
  const bool command = body.text()[begin] == '/';
  if (line.told || rest.starts_with(" --help") || is_left_open(rest) || answers_question(body, line, end)) return true;
  if (is_of_other_case(before) || (command && tells_how(before, rest)) || is_asked_about(rest) ||
      is_subcommand(before, body.text(), begin, rest) || is_in_message(body, line) || stands_apart(body, line, command))
    return true;
  if (line.context != Context::code) return false;
  if (command && !is_ordered_code(body, line)) return true;
  const std::string_view shown = letters::trim(beginning(body, line));
  const bool offered = shown.size() > 3 && shown[0] == '[' && letters::is_digit(shown[1]) && shown[2] == ']';
  return offered || shown.starts_with("> ") || (before.size() > 0 && before[0] == "next" && before.is_label(0)) ||
         is_next_step(body, line);
}

bool is_shown_command(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const std::string_view text = body.text(), rest = body.behind(line, end);
  return line.told || !is_ordered_code(body, line) || leads_on(rest) || is_described(rest) || has_example_words(rest) ||
         is_listed_with_remarks(body, line) || is_shown_below_itself(body, line, text.substr(begin, end - begin)) ||
         is_next_step(body, line);
}

}  // namespace cascade::manifest
