// A clause is read once behind its verb: what the house's grammar says of a name there is what it says of the verb.
#include "validate/reading/orders.h"

#include <algorithm>
#include <string>

#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/stance.h"

namespace cascade::validation {
namespace {

namespace r = prose::roles;

struct Sides {
  std::string_view before, behind;
  bool whole = true;  // `before` begins where the sentence does
};

// Of a place in its sentence, as much as the grammar reads.
Sides sides_of(const TextModel& text, Range place, std::size_t window) {
  const std::string_view all = text.text();
  const std::size_t begin = text.sentence_at(place.begin).begin;
  const std::size_t end = std::max(place.end, text.sentence_at(place.end).end);
  const std::size_t from = std::max(begin, place.begin - std::min(place.begin, window));
  return {all.substr(from, place.begin - from), all.substr(place.end, end - place.end), from == begin};
}

// What stands above: a heading, or what leads in to the place.
bool is_for_others(const TextModel& text, std::size_t at) {
  for (const std::string_view heading : text.headings_above(at))
    if (has_phrase(heading, lists::shown_headings)) return true;
  for (const std::string_view lead : text.lead_ins(at)) {
    const std::string_view said = letters::trim(lead);
    if (said.find_last_of(':') + 3 < said.size() || said.find(':') == std::string_view::npos) continue;
    const std::size_t sentence = said.rfind(". ");
    if (has_phrase(sentence == std::string_view::npos ? said : said.substr(sentence), lists::shown_leads)) return true;
  }
  return false;
}

// "The user applies the patch, runs the tests", "you do not plan, spawn agents or run": a verb behind a comma or "and"
// of a sentence that told of somebody, or of a list that is denied, is no order.
bool goes_on_from_statement(const prose::SentenceWords& words, std::size_t verb, std::string_view behind) {
  std::size_t first = 0, last = verb;
  while (last > 0 && words.is(last - 1, r::adverb)) --last;
  if (last == 0 || (words[last - 1] != "," && !words.is(last - 1, r::join))) return false;
  for (std::size_t i = 0; i < last; ++i)
    if (letters::is_one_of(words[i], {".", ";", "\xE2\x80\x94"}) || words.is_label(i)) first = i + 1;
  for (std::size_t i = first; i < last; ++i)
    if (words.is(i, r::neg) && has_phrase(behind, {"or"})) return true;
  if (words.is(first, r::universal)) return false;
  return words.is(first, r::det | r::pronoun | r::self | r::user | r::nobody);
}

}  // namespace

prose::Reading reading_at(const TextModel& text, Range place) {
  const Sides sides = sides_of(text, place, prose::sentence_window);
  return prose::read_clause({prose::SentenceWords(sides.before), prose::SentenceWords(sides.behind), sides.whole});
}

bool is_ordered(const TextModel& text, Range verb) {
  constexpr std::string_view means = " via";  // what is done by means of a name is ordered whatever the verb is
  const Sides sides = sides_of(text, verb, prose::sentence_window - 32);
  const std::string_view word = text.text().substr(verb.begin, std::min<std::size_t>(verb.end - verb.begin, 24));
  const prose::SentenceWords before(std::string(sides.before) + std::string(word) + std::string(means));
  const prose::Reading reading = prose::read_clause({before, prose::SentenceWords(sides.behind), sides.whole});
  if (reading.stance != prose::Stance::ordered || reading.by_others || reading.denied) return false;
  if (reading.head + 2 != before.size()) return false;
  if (goes_on_from_statement(before, reading.head, sides.behind)) return false;
  if (reading.head == 0 || before[reading.head - 1] != "to") return true;
  return reading.head >= 2 &&
         letters::is_one_of(before[reading.head - 2], {"sure", "remember", "forget", "need", "have"});
}

// The words of the sentence before the place are the grammar's: "look for what the text says, then run" is an order.
bool is_meant_for_reader(const TextModel& text, Range place) {
  const Range sentence = text.sentence_at(place.begin);
  if (text.is_quoted(place.begin) || stance_of(text, sentence.begin, place.end) != Stance::meant) return false;
  const std::string_view words = text.slice(sentence);
  if (has_phrase(words, lists::if_possible)) return false;
  const std::string_view before = words.substr(0, place.begin - sentence.begin);
  if (has_phrase(before, {"example", "examples", "e.g", "for instance", "such as", "say", "sample"})) return false;
  return !is_for_others(text, place.begin);
}

}  // namespace cascade::validation
