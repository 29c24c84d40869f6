// Decides by lists of phrases around the place, nearest first: the sentence before and after it, then the row and
// column of a table, the text that leads up to it, and the headings above. A warning nearby revokes an order at once;
// a mere example is remembered and counts only if nothing stronger follows. Negations must govern the place:
// conditions and earlier clauses are skipped, or every "if you do not have it, run ..." would pass as a warning. No
// model and no scores, so each verdict can be explained by one phrase.
#include "validate/reading/stance.h"

#include <algorithm>

#include "prose/clause.h"
#include "text/ascii.h"
#include "validate/reading/lists.h"
#include "validate/reading/words.h"

namespace cascade::validation {
namespace {

std::string_view slice(std::string_view text, std::size_t begin, std::size_t end) {
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

bool has_bad_mark(std::string_view text) noexcept {
  for (const std::string_view mark : {"❌", "✗", "✘", "🚫", "⛔", "☠", "👎"})
    if (text.find(mark) != std::string_view::npos) return true;
  return has_phrase(text, lists::bad_marks);
}

// Whether the following text says that this must not be done, or that it is an attack.
bool condemns(std::string_view after) noexcept { return has_phrase(after, lists::condemning); }

constexpr std::size_t reach = 400;  // bytes: text farther away says nothing about a place

// The same in other languages, whose verbs may come last: searches the whole sentence.
bool forbids_elsewhere(std::string_view sentence) {
  sentence = sentence.substr(0, 2 * reach);
  for (const std::string_view part : lists::forbidding_parts)
    if (sentence.find(part) != std::string_view::npos) return true;
  return has_phrase(sentence, lists::forbidding_elsewhere);
}

std::size_t count_words(std::string_view text) {
  std::size_t count = 0;
  for (WordCursor words(text); words.next();) ++count;
  return count;
}

// Returns the last sentence before a list or code: only that one is about it.
std::string_view last_sentence(std::string_view lead) {
  const std::string_view whole = letters::trim(lead), text = whole.substr(whole.size() - std::min(whole.size(), reach));
  for (std::size_t i = text.size(); i-- > 1;)
    if (letters::is_space(text[i]) && (text[i - 1] == '.' || text[i - 1] == '!' || text[i - 1] == '?'))
      return text.substr(i + 1);
  return text;
}

}  // namespace

bool forbids(std::string_view before) noexcept {
  while (!before.empty() && !letters::is_space(before.back()) && before.find_first_of(" \t\n") != before.npos)
    before.remove_suffix(1);  // the beginning of what is judged
  const bool whole = before.size() <= prose::sentence_window;
  const prose::SentenceWords words(before.substr(before.size() - std::min(before.size(), prose::sentence_window)));
  const prose::Reading reading = prose::read_clause({words, prose::SentenceWords({}), whole});
  return reading.stance == prose::Stance::refused || (reading.denied && reading.stance != prose::Stance::bare);
}

bool introduces_attack(std::string_view words) noexcept { return has_phrase(words, lists::attack_words); }

bool introduces_example(std::string_view words) noexcept {
  return introduces_attack(words) || has_phrase(words, lists::example_words);
}

bool names_bad_practice(std::string_view heading) noexcept {
  return has_bad_mark(heading) || has_phrase(heading, lists::bad_headings);
}

namespace {

bool names_examples(std::string_view heading) noexcept {
  return has_phrase(heading, {"examples", "example", "test cases", "samples", "fixtures", "phrases", "wordings"});
}

// The same in other languages, at the begin of the comment. Only ASCII ignores case.
bool is_marked_bad_elsewhere(std::string_view near) {
  for (std::size_t at = near.find_first_of("#/"); at != std::string_view::npos; at = near.find_first_of("#/", at + 1)) {
    const std::string_view comment = letters::trim_left(near.substr(at + 1));
    for (const std::string_view word : lists::bad_elsewhere)
      if (letters::starts_with_lower(comment, word)) return true;
  }
  return false;
}

// "# CRITICAL: executes whatever the server returns": a label, and then what the line does.
bool is_marked_bad_by_label(std::string_view near) {
  constexpr std::size_t longest = 200;
  for (std::size_t at = near.find_first_of("#/"); at != std::string_view::npos; at = near.find_first_of("#/", at + 1)) {
    std::string_view remark = near.substr(at, longest);
    remark = remark.substr(0, remark.find('\n'));
    const std::size_t colon = remark.find(':');
    if (colon == std::string_view::npos || !has_phrase(remark.substr(0, colon), lists::condemning_labels)) continue;
    if (has_phrase(remark.substr(colon), lists::condemned_effects)) return true;
  }
  return false;
}

// Whether a comment in the code, on its line or the one above, calls it bad.
bool is_marked_bad(std::string_view all, const Range& block, const Range& sentence) {
  std::size_t line = sentence.begin;
  while (line > block.begin && all[line - 1] == '\n') --line;
  while (line > block.begin && all[line - 1] != '\n' && sentence.begin - line < 300) --line;
  const std::string_view near = slice(all, line, sentence.end);
  return has_bad_mark(near) || is_marked_bad_elsewhere(near) || is_marked_bad_by_label(near) ||
         has_phrase(near, {"# bad", "# don't", "# never", "# wrong", "# dangerous", "# unsafe", "// bad", "# insecure",
                           "# avoid", "// don't", "// never", "# not", "# do not", "// do not", "# vulnerable", "# no",
                           "# forbidden", "# blocked"});
}

// Judges a cell by the row of the table and the heading of its column.
Stance stance_in_table(std::string_view all, const TextModel::TableCell& cell, std::size_t begin, std::size_t end) {
  const std::string_view before = slice(all, std::max(cell.row.begin, begin - std::min(begin, reach)), begin);
  const std::string_view after = slice(all, end, std::min(cell.row.end, end + reach));
  if (forbids(before) || condemns(after) || has_bad_mark(before) || has_bad_mark(after)) return Stance::forbidden;
  if (has_phrase(cell.headings,
                 {"risk", "risks", "danger", "dangers", "threat", "threats", "severity", "attack", "blocked", "hazard",
                  "consequence", "damage", "why not", "verdict", "decision", "effect", "why", "reason"}))
    return Stance::attack;
  if (introduces_attack(before) || introduces_attack(after) || names_bad_practice(cell.heading) ||
      introduces_attack(cell.heading))
    return Stance::attack;
  return introduces_example(cell.heading) ? Stance::example : Stance::meant;
}

bool ends_in_colon(std::string_view lead) {
  const std::size_t last = lead.find_last_not_of(" \t\r\n*_");
  return last != std::string_view::npos && lead[last] == ':';
}

// "Bad", "**Don't**", "### Never": one or two words above something that must not be done.
bool is_bad_label(std::string_view lead) {
  const std::size_t begin = lead.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  constexpr std::size_t longest_label = 100;
  if (begin == std::string_view::npos || lead.size() > longest_label || count_words(lead) > 3) return false;
  std::size_t length = 0;
  for (const std::string_view word : {"bad", "wrong", "don't", "do not", "avoid", "never", "incorrect", "dangerous",
                                      "unsafe", "insecure", "anti-pattern", "forbidden", "not"})
    if (begins_with_phrase(lead.substr(begin), word, length)) return true;
  return false;
}

Stance stance_of_lead(std::string_view lead, bool in_code) {
  if (is_bad_label(lead)) return Stance::forbidden;
  if (!in_code && !ends_in_colon(lead)) return Stance::meant;
  std::string_view last = last_sentence(lead);
  while (!last.empty() && std::string_view(" :*_\t\n").find(last.back()) != std::string_view::npos)
    last.remove_suffix(1);  // what it leads in to is what it speaks of
  if (has_bad_mark(last) || forbids(std::string(last) + ' ')) return Stance::forbidden;
  if (introduces_attack(last)) return Stance::attack;
  return introduces_example(last) && !in_code ? Stance::example : Stance::meant;
}

}  // namespace

Stance stance_of(const TextModel& text, std::size_t begin, std::size_t end) {
  const std::string_view all = text.text();
  const Range sentence = text.sentence_at(begin), block = text.block_at(begin);
  const std::string_view before = slice(all, std::max(sentence.begin, begin - std::min(begin, reach)), begin);
  const std::string_view after = slice(all, end, std::min(sentence.end, end + reach));
  const Stretch* stretch = text.stretch_at(begin);
  const bool in_code = stretch != nullptr && (stretch->kind == Region::fence || stretch->kind == Region::indented);
  Stance mild = Stance::meant;
  if (in_code) {
    if (is_marked_bad(all, block, sentence)) return Stance::forbidden;
  } else {
    if (forbids(before) || condemns(after) || has_bad_mark(before)) return Stance::forbidden;
    if (forbids_elsewhere(before) || forbids_elsewhere(after)) return Stance::forbidden;
    if (introduces_attack(before)) return Stance::attack;
    if (introduces_example(before)) mild = Stance::example;
  }
  const auto weigh = [&](Stance stance) {
    if (stance == Stance::example) mild = stance;
    return takes_back_command(stance);
  };
  if (const auto cell = text.table_cell(begin))
    if (const Stance stance = stance_in_table(all, *cell, begin, end); weigh(stance)) return stance;
  for (const std::string_view lead : text.lead_ins(begin))
    if (const Stance stance = stance_of_lead(lead, in_code); weigh(stance)) return stance;
  for (const std::string_view heading : text.headings_above(begin)) {
    if (names_bad_practice(heading)) return Stance::attack;
    if (names_examples(heading)) mild = Stance::example;
  }
  return mild;
}

}  // namespace cascade::validation
