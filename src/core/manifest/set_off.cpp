// Each test reads only the text right before and right after the name on its line, because a name is set off by its
// place and not by the sense of the sentence. Binding drops names that no manifest has, so the tests can be generous.
#include "manifest/set_off.h"

#include "manifest/soft.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::manifest {

// Goes by the first byte of the character's UTF-8.
bool is_unspaced(std::string_view text, std::size_t at) noexcept {
  return at < text.size() && static_cast<unsigned char>(text[at]) >= 0xE3 &&
         static_cast<unsigned char>(text[at]) < 0xEE;
}

namespace {

bool has_arrow(std::string_view before, std::string_view after) noexcept {
  for (const std::string_view arrow : {"->", "=>", "\xE2\x86\x92"})
    if (before.ends_with(arrow) || after.starts_with(arrow)) return true;
  return false;
}

// "`x` / x-y", "x-y + z": in a row with others.
bool is_joined(std::string_view before, std::string_view after) noexcept {
  return before.ends_with(" / ") || before.ends_with(" + ") || after.starts_with(" / ") || after.starts_with(" + ");
}

// Whether the clause or item ends right after the name.
bool ends_here(std::string_view after) noexcept {
  return after.empty() || std::string_view(".,;:)!?(|").find(after.front()) != std::string_view::npos ||
         after.substr(0, 2) == "- " || after.substr(0, 3) == "\xE2\x80\x94" || after.substr(0, 3) == "\xE2\x80\x93";
}

// Whether the text next to a name is a line or arrow of a drawing: box drawing, blocks and triangles, arrows.
bool is_drawing(std::string_view text) noexcept {
  for (const std::string_view sign : {"\xE2\x94", "\xE2\x95", "\xE2\x96", "\xE2\x86"})
    if (text.starts_with(sign) || (text.size() >= 3 && text.substr(text.size() - 3).starts_with(sign))) return true;
  return text.ends_with("|") || text.starts_with("|");
}

std::string_view last_word(std::string_view before) noexcept {
  std::size_t begin = before.size();
  while (begin > 0 && letters::is_letter(before[begin - 1])) --begin;
  return before.substr(begin);
}

// "x-y에게", "x-yを", "操作は x-y の", "(x-y·a-b)": a name within a script without blanks, or in a list with that
// script's dots.
bool is_in_unspaced(std::string_view text, std::size_t begin, std::size_t end) noexcept {
  constexpr std::string_view dot = "\xC2\xB7";
  if (text.substr(0, begin).ends_with(dot) || text.substr(end).starts_with(dot)) return true;
  // A blank may part the two scripts on either side.
  if (text.substr(end, 1) == " " && is_unspaced(text, end + 1) && begin >= 4 &&
      (text[begin - 1] == ' ' ? is_unspaced(text, begin - 4) : is_unspaced(text, begin - 3)))
    return true;
  return is_unspaced(text, end) || (text.substr(end).starts_with('(') && is_unspaced(text, end + 1)) ||
         (begin >= 3 && is_unspaced(text, begin - 3));
}

// Words that point at the name after them, whatever follows it.
bool points(std::string_view word) {
  static constexpr auto words = letters::word_set("see", "via", "ask", "asks", "consult", "hand", "feeds", "unlike");
  return words.has(word);
}

bool is_preposition(std::string_view word) {
  static constexpr auto words =
      letters::word_set("from", "by", "to", "of", "in", "into", "with", "for", "and", "or", "than", "also", "before",
                        "after", "behind", "then", "like", "as", "when", "next", "under", "on", "upon", "during");
  return words.has(word);
}

// "sends gaps to x-y for new tests", "works with x-y and a", "lists for x-y to use": a partner, and what it is for or
// who else is one.
bool is_partner(std::string_view word, std::string_view behind) {
  static constexpr auto words = letters::word_set("to", "with", "from", "by", "on", "for", "and", "or");
  static constexpr auto purposes =
      letters::word_set("for", "to", "when", "before", "after", "if", "as", "on", "and", "or");
  return words.has(word) && purposes.has(behind.substr(0, behind.find(' ')));
}

// "the x-y gate", "each x-y pass", "based on x-y feedback", "x-y's findings": the name owns something that a manifest
// does or gives.
bool owns_what_follows(std::string_view before, std::string_view after) {
  static constexpr auto articles = letters::word_set("a", "an", "the", "each", "every", "its", "this", "that", "full",
                                                     "same", "on", "from", "per", "using", "s");  // "whose's x-y loop"
  static constexpr auto things = letters::word_set(
      "gate", "step", "phase", "stage", "pass", "run", "runs", "check", "checks", "workflow", "pipeline", "loop",
      "output", "template", "report", "findings", "verdict", "guide", "procedure", "protocol", "playbook", "handoff",
      "session", "feedback", "results", "orchestrator", "coordinator", "worker");
  if (after.substr(0, 3) == "'s ") return true;
  if (after.empty() || after.front() != ' ') return false;
  std::size_t end = 1;
  while (end < after.size() && letters::is_name(after[end])) ++end;
  return things.has(after.substr(1, end - 1)) && articles.has(last_word(letters::trim(before)));
}

}  // namespace

bool is_pointed_at(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  constexpr std::size_t arrow_above = 16;  // bytes back to an arrow that ends the line above
  if (is_in_unspaced(body.text(), begin, end)) return true;
  std::string_view before = letters::trim(body.before(line, begin));
  if (before.empty())
    before = letters::trim(body.text().substr(begin - std::min(begin, arrow_above), std::min(begin, arrow_above)));
  const std::string_view after = body.behind(line, end);
  return points(last_word(before)) || is_partner(last_word(before), letters::trim(after)) || has_arrow(before, {}) ||
         owns_what_follows(before, after);
}

bool is_referred_to(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  static constexpr auto words = letters::word_set("is", "are", "has", "have", "need", "needs", "to", "with", "by",
                                                  "from", "after", "for", "in", "and", "or");
  const std::string_view before = body.before(line, begin);
  std::string_view after = body.behind(line, end);
  if (after.substr(0, 2) == "'s") after.remove_prefix(2);
  after = letters::trim(after);
  if (after.substr(0, 7) == "instead") after.remove_prefix(7);
  return ends_here(after) && words.has(last_word(letters::trim(before)));
}

bool is_drawn(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const std::string_view before = letters::trim(body.before(line, begin));
  const std::string_view after = letters::trim(body.behind(line, end));
  if (has_arrow(before, after)) return true;
  if (before.ends_with("[") && after.starts_with("]")) return true;
  if (before.ends_with(":")) return true;  // "Next phase: x-y"
  if (before.starts_with("participant ") && before.ends_with(" as")) return true;
  if (!leads_line(body, line, begin)) return is_drawing(before);
  return after.empty() || line.list_item || is_drawing(before) || is_drawing(after);
}

bool is_set_off(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const std::string_view text = body.text();
  if (is_in_unspaced(text, begin, end)) return true;
  const std::string_view before = body.before(line, begin), after = body.behind(line, end);
  if (before.ends_with("(")) return ends_here(after) || has_arrow({}, letters::trim(after));
  const std::string_view trimmed = letters::trim(before);
  std::string_view behind = letters::trim(after);
  if (behind.starts_with("**")) behind = letters::trim(behind.substr(2));  // "**With x-y**: what for"
  // The words that lead to it may stand on the line above.
  const std::size_t sentence = body.sentence_begin(line);
  const std::string_view word =
      last_word(trimmed.empty() ? letters::trim(text.substr(sentence, begin - sentence)) : trimmed);
  if (has_arrow(trimmed, behind) || is_joined(before, after) || owns_what_follows(before, after)) return true;
  if (before.ends_with("[[") && after.starts_with("]]")) return true;
  if (!ends_here(behind)) return points(word) || is_partner(word, behind) || trimmed.ends_with(":");
  const std::size_t last = trimmed.find_last_not_of("*_ ");  // "**Calls:** x"
  if (last != std::string_view::npos && std::string_view(",|:").find(trimmed[last]) != std::string_view::npos)
    return true;
  if (leads_line(body, line, begin) && (line.list_item || word.empty())) return line.list_item;
  return points(word) || is_preposition(word);
}

}  // namespace cascade::manifest
