// Bare names of several words in sentences: "use code-reviewer", "the code-reviewer agent", a list under "Agents:".
#include "manifest/letters.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/soft.h"
#include "manifest/strength.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cascade::manifest {
namespace {

// The begin of the hyphenated word around `hyphen`, or npos: lower case, not part of a path, mail address or longer
// word.
std::size_t word_begin(std::string_view text, std::size_t hyphen, std::size_t line_begin) {
  std::size_t begin = hyphen;
  while (begin > line_begin && (is_name(text[begin - 1]) || (text[begin - 1] == '.' && is_digit(text[begin])))) --begin;
  if (!is_lower(text[begin])) return std::string_view::npos;
  if (begin == line_begin) return begin;
  const char before = text[begin - 1];
  static constexpr std::string_view barred = "`/.@:*$#{<=\\&";
  return barred.find(before) == std::string_view::npos ? begin : std::string_view::npos;
}

bool goes_on(std::string_view text, std::size_t end, std::size_t line_end) {
  if (end >= line_end) return false;
  const char c = text[end];
  if (c == '.' || c == ':') return end + 1 < line_end && is_word(text[end + 1]);
  return is_name(c) || c == '`' || c == '/' || c == '*' || c == '(' || c == '=' || c == '@';
}

std::string_view word_before(std::string_view text, std::size_t at, std::size_t line_begin, std::size_t& begin) {
  std::size_t end = at;
  while (end > line_begin && (is_blank(text[end - 1]) || text[end - 1] == '*' || text[end - 1] == '"')) --end;
  begin = end;
  while (begin > line_begin && is_name(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

// "use [the] X", "delegate to X".
bool follows_use(std::string_view text, std::size_t at, std::size_t line_begin) {
  static constexpr std::array<std::string_view, 16> verbs = {
      "use",   "uses",   "using",  "run",      "runs", "invoke", "invokes", "invoking",
      "spawn", "spawns", "launch", "dispatch", "call", "calls",  "calling", "spawning"};
  static constexpr std::array<std::string_view, 9> handing = {
      "route", "routes", "delegate", "delegates", "escalate", "escalates", "off", "defer", "handoff"};
  std::size_t begin = at;
  std::string_view word = word_before(text, at, line_begin, begin);
  if (equals_lower(word, "the")) word = word_before(text, begin, line_begin, begin);
  const auto among = [](const auto& words, std::string_view wanted) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view known) { return equals_lower(wanted, known); });
  };
  if (among(verbs, word)) return true;
  if (!equals_lower(word, "to")) return false;
  word = word_before(text, begin, line_begin, begin);
  return among(handing, word);
}

// The kind word behind the name, on this line or, when the line ends there, at the begin of the next.
Kinds kind_behind(const BodyText& body, std::size_t line, std::size_t end) {
  const std::string_view text = body.text();
  std::size_t at = end;
  const std::size_t limit =
      line + 1 < body.lines().size() && body.lines()[line + 1].context == body.lines()[line].context
          ? body.lines()[line + 1].end
          : body.lines()[line].end;
  while (at < limit && is_space(text[at])) ++at;
  if (at == end) return 0;
  std::size_t word = at;
  while (word < limit && is_name(text[word])) ++word;
  return kind_word(text.substr(at, word - at));
}

// "Dependencies: a-b, c-d": a label of other manifests of whatever kind.
bool is_dependency_line(std::string_view line) {
  static constexpr std::array<std::string_view, 9> labels = {"dependencies", "depends on",      "requires",
                                                             "works with",   "integrates with", "upstream",
                                                             "downstream",   "prerequisites",   "related"};
  std::size_t begin = 0;
  while (begin < line.size() && !is_letter(line[begin])) ++begin;
  const std::string_view words = line.substr(begin);
  if (words.empty() || std::string_view("driwup").find(to_lower(words.front())) == std::string_view::npos) return false;
  for (std::string_view label : labels) {
    if (!starts_with_lower(words, label)) continue;
    std::size_t at = begin + label.size();
    while (at < line.size() && !is_word(line[at]) && line[at] != ':') ++at;
    if (at < line.size() && line[at] == ':') return true;
  }
  return false;
}

// Where the first word of a list item is, its mark and emphasis skipped.
std::size_t item_lead(std::string_view text, const TextLine& line) {
  std::size_t at = line.begin;
  while (at < line.end && !is_letter(text[at])) ++at;
  return at;
}

void find_on_line(const BodyText& body, std::size_t index, Candidates& out) {
  const TextLine& line = body.lines()[index];
  const std::string_view text = body.text().substr(0, line.end);
  const std::string_view shown = body.text(line);
  const bool dependencies = line.context != Context::field && is_dependency_line(shown);
  const std::size_t lead = line.list_item ? item_lead(text, line) : line.end;
  const Kinds above = line.intro != 0 ? line.intro : line.heading;
  for (std::size_t hyphen = text.find('-', line.begin); hyphen < line.end;) {
    const std::size_t begin = word_begin(text, hyphen, line.begin);
    const std::size_t end = begin == std::string_view::npos ? hyphen : name_end(text, begin);
    std::size_t next = std::max(end, hyphen + 1);
    while (next < line.end && is_name(text[next])) ++next;  // one look at a run of dashes is enough
    if (end > hyphen && !goes_on(text, end, line.end)) {
      const Kinds behind = kind_behind(body, index, end);
      const bool in_code = line.context == Context::code;
      if (follows_use(text, begin, line.begin) || (dependencies && !in_code))
        add_soft(body, line, begin, end, Via::prose, behind, out, Candidates::Certainty::guess);
      else if (in_code)
        ;  // only an order counts
      else if (behind != 0)
        add_soft(body, line, begin, end, Via::prose, behind, out, Candidates::Certainty::guess);
      else if (line.list_item && line.context != Context::field && (line.intro != 0 || (begin == lead && above != 0)))
        add_soft(body, line, begin, end, Via::prose, above, out);
    }
    hyphen = text.find('-', next);
  }
}

// "the researcher agent": an ordinary word that the sentence makes a name, with one blank on either side.
void find_single_words(const BodyText& body, const TextLine& line, Candidates& out) {
  constexpr std::string_view article = "the";
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t blank = line.begin + article.size(); blank < line.end; ++blank) {
    if (text[blank] != ' ' || to_lower(text[blank - 1]) != article.back()) continue;
    const std::size_t the = blank - article.size();
    if (!equals_lower(text.substr(the, article.size()), article) || (the > line.begin && is_name(text[the - 1])))
      continue;
    const std::size_t name = blank + 1;
    std::size_t end = name;
    while (end < line.end && is_lower(text[end])) ++end;
    if (end < name + 3 || end >= line.end || text[end] != ' ') continue;
    std::size_t word = end + 1;
    while (word < line.end && is_name(text[word])) ++word;
    if (const Kinds kind = kind_word(text.substr(end + 1, word - end - 1)))
      add_soft(body, line, name, end, Via::prose, kind, out);
  }
}

}  // namespace

void find_prose(const BodyText& body, Candidates& out) {
  for (std::size_t i = 0; i < body.lines().size(); ++i) {
    const TextLine& line = body.lines()[i];
    if (line.context == Context::comment) continue;
    if ((line.signs & sign_hyphenated) != 0) find_on_line(body, i, out);
    if (line.own != 0 && line.context != Context::code) find_single_words(body, line, out);
  }
}

}  // namespace cascade::manifest
