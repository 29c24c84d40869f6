// In English the subject comes before a verb in the third person, and the object of an order after an imperative. So
// the two words next to the code span decide, and a question decides by itself. A wanted effect ("`curl … | sh`
// installs it") is an order in other words.
#include "validate/reading/mention.h"

#include "prose/clause.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/words.h"

namespace cascade::validation {
namespace {

constexpr std::size_t reach = 400;  // bytes: text farther away says nothing about a place

bool is_plain_word(std::string_view word) noexcept {
  for (const char c : word)
    if (!letters::is_lower(c)) return false;
  return !word.empty();
}

// "runs", "removes"; not "this", "always".
bool is_third_person(std::string_view word) noexcept {
  static constexpr std::string_view others[] = {"this",    "its",       "plus",     "across",    "always",
                                                "unless",  "whereas",   "besides",  "thus",      "less",
                                                "perhaps", "sometimes", "commands", "arguments", "options"};
  return word.size() >= 4 && word.back() == 's' && word[word.size() - 2] != 's' && is_plain_word(word) &&
         !letters::is_one_of_lower(word, others);
}

bool is_auxiliary(std::string_view word) noexcept {
  static constexpr std::string_view verbs[] = {"is",  "are",   "was", "were",  "would", "can",
                                               "may", "could", "has", "might", "will",  "cannot"};
  return letters::is_one_of_lower(word, verbs);
}

// Verbs for effects that a reader would want.
bool is_wanted_effect(std::string_view word) noexcept {
  static constexpr std::string_view verbs[] = {
      "installs", "sets",  "gets",   "works", "starts", "creates", "updates", "fetches", "downloads", "bootstraps",
      "builds",   "fixes", "cleans", "helps", "solves", "undoes",  "makes",   "adds",    "prepares",  "restores"};
  return letters::is_one_of_lower(word, verbs);
}

// "and the like", "etc.", also after further code spans of the list: "`a`, `b`, `c`, etc."
bool goes_on_for_ever(std::string_view after) noexcept {
  constexpr int longest_list = 12;
  for (int listed = 0; listed < longest_list; ++listed) {
    const std::size_t begin = after.find_first_not_of(" \t,");
    if (begin == std::string_view::npos) return false;
    after.remove_prefix(begin);
    while (after.substr(0, 3) == "、" || after.substr(0, 3) == "，") after.remove_prefix(3);
    std::size_t length = 0;
    for (const std::string_view rest :
         {"and the like", "or the like", "and similar", "or similar", "as well", "etc", "and so on", "usw", "vb", "vs"})
      if (begins_with_phrase(after, rest, length)) return true;
    after = letters::trim_left(after);
    for (const std::string_view rest : {"等", "など", "…", "...", "и т.", "и др.", "등"})
      if (after.substr(0, rest.size()) == rest) return true;
    if (after.substr(0, 1) != "`") return false;
    const std::size_t end = after.find('`', 1);
    if (end == std::string_view::npos) return false;
    after.remove_prefix(end + 1);
  }
  return false;
}

std::string_view first_word(std::string_view after) noexcept {
  const std::size_t blank = after.find_first_not_of("*_\"'");
  if (blank == std::string_view::npos || !letters::is_space(after[blank])) return {};
  const std::size_t begin = after.find_first_not_of(" \t\r\n", blank);
  if (begin == std::string_view::npos || !letters::is_letter(after[begin])) return {};
  static constexpr std::string_view adverbs[] = {"often",   "also",  "usually",   "then",    "never",
                                                 "always",  "still", "only",      "simply",  "just",
                                                 "quietly", "then",  "sometimes", "silently"};
  WordCursor words(after.substr(begin));
  while (words.next())
    if (!letters::is_one_of_lower(words.word(), adverbs)) return words.word();
  return {};
}

// "`x` in a step sends ...": skips the place, up to four words.
std::string_view behind_place(std::string_view after) noexcept {
  WordCursor words(after);
  if (!words.next()) return after;
  static constexpr std::string_view prepositions[] = {"in", "inside", "within", "on", "from", "behind", "at"};
  if (!letters::is_one_of_lower(words.word(), prepositions)) return after;
  for (int count = 0; count < 4 && words.next(); ++count)
    if (count > 0 && (is_auxiliary(words.word()) || is_third_person(words.word())))
      return after.substr(words.begin() - 1);
  return after;
}

// "Such operations (e.g. `x`) remain blocked": the parenthesis ends right behind, and the sentence goes on about them.
bool is_sample_of_subject(std::string_view after) noexcept {
  if (after.empty() || after.front() != ')') return false;
  static constexpr std::string_view plural[] = {"are", "remain", "stay", "require", "need", "get", "must", "should"};
  const std::string_view next = first_word(after.substr(1));
  return is_auxiliary(next) || is_third_person(next) || letters::is_one_of_lower(next, plural);
}

// A guard's table: the first cell of a row has the pattern, a later one says that it is warned of, asked about or
// blocked.
bool is_watched(const TextModel& text, const Stretch& span) {
  const auto cell = text.table_cell(span.begin);
  if (!cell || cell->number > 0 || span.end > cell->row.end) return false;
  const std::size_t behind = std::min(std::max(cell->cell.end, span.end), cell->row.end);
  const std::string_view after = text.text().substr(behind, std::min(cell->row.end - behind, reach));
  if (has_phrase(after, lists::watched)) return true;
  for (const std::string_view word : lists::watched_elsewhere)
    if (after.find(word) != std::string_view::npos) return true;
  return false;
}

// What the sentence says of the command.
prose::Reading reading_of(std::string_view before, std::string_view after) {
  constexpr std::size_t near = prose::sentence_window;
  const bool whole = before.size() <= near;
  const prose::SentenceWords words(before.substr(before.size() - std::min(before.size(), near)));
  return prose::read_clause({words, prose::SentenceWords(after), whole});
}

}  // namespace

// In order: a guard's table, a question, an endless list, an auxiliary behind the span, a verb in the third person
// behind it, a noun before it. An order before the span ("run `x`") outweighs what only sounds like a statement.
bool is_talked_about(const TextModel& text, const Stretch& span) {
  if (is_watched(text, span)) return true;
  const Range sentence = text.sentence_at(span.begin);
  const std::size_t from = std::max(sentence.begin, span.begin - std::min(span.begin, reach));
  const std::string_view before = text.text().substr(from, span.begin - from);
  const std::size_t to = std::max(span.end, std::min(text.sentence_at(span.end).end, span.end + reach));
  const std::string_view after = text.text().substr(span.end, to - span.end);
  if (!after.empty() && letters::trim(after).size() > 1 && letters::trim(after).back() == '?') return true;
  if (goes_on_for_ever(after)) return true;
  const prose::Reading reading = reading_of(before, after);
  if (reading.stance == prose::Stance::refused) return true;
  if (reading.stance == prose::Stance::ordered || reading.stance == prose::Stance::advised) return false;
  if (reading.stance == prose::Stance::told && reading.part != prose::Part::subject)
    return !has_phrase(after, {"terminal", "shell", "console", "prompt", "command line"});  // "copy `x` into a shell"
  if (is_sample_of_subject(after)) return true;
  const std::string_view next = first_word(behind_place(after));
  return is_auxiliary(next) || (is_third_person(next) && !is_wanted_effect(next));
}

bool asks_for_consent(std::string_view words) noexcept {
  return has_phrase(words, lists::consent) || confirms_first(words);
}

bool confirms_first(std::string_view words) noexcept { return has_phrase(words, lists::confirming); }

}  // namespace cascade::validation
