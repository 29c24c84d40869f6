// A clause is read once behind its verb: what the house's grammar says of a name there is what it says of the verb.
// What hangs on the verb is cut at prepositions, which are a closed class, and ends with the clause.
#include "validate/reading/orders.h"

#include <algorithm>
#include <string>
#include <utility>

#include "text/ascii.h"
#include "text/word_set.h"
#include "text/words.h"
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

bool is_in_word(char c) { return letters::is_word_byte(c) || c == '-' || c == '\'' || c == '_'; }

std::size_t word_end(std::string_view text, std::size_t at, std::size_t limit) {
  while (at < limit && is_in_word(text[at])) ++at;
  return at;
}

// "Files affected", "tests again", "a file for each": what may follow a noun without being one.
bool is_no_noun(std::string_view word) {
  return prose::roles_in_any_case(word) != 0 || prose::is_adverb(word) || word.ends_with("ed") || word.ends_with("ing");
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

class PhraseWalk {
 public:
  PhraseWalk(const TextModel& text, Range verb)
      : text_(text), all_(text.text()), at_(verb.end), limit_(std::max(verb.end, text.sentence_at(verb.begin).end)) {}

  std::vector<Phrase> walk() {
    open({});
    while (at_ < limit_ && step()) continue;
    close(at_);
    return std::move(found_);
  }

 private:
  void open(std::string_view preposition) { found_.push_back({preposition, {at_, at_}}); }
  void close(std::size_t end) {
    found_.back().range.end = std::max(end, found_.back().range.begin);
    if (letters::trim(all_.substr(found_.back().range.begin, end - found_.back().range.begin)).empty())
      found_.pop_back();
  }
  void next(std::string_view preposition, std::size_t from) {
    close(at_);
    at_ = from;
    open(preposition);
  }
  bool is_empty() const {
    const std::size_t begin = found_.back().range.begin;
    return letters::trim(all_.substr(begin, at_ - begin)).empty();
  }

  // False: the clause ends here.
  bool step() {
    const char c = all_[at_];
    if (const Stretch* stretch = text_.stretch_at(at_); stretch != nullptr && stretch->end > at_) {
      joined_ = false;
      at_ = std::min(stretch->end, limit_);
      return true;
    }
    if (is_in_word(c)) return word();
    if (c == ':' && !preposition_.empty() && is_empty()) return ++at_, true;  // "save it to: `x.md`"
    if (c == ';' || c == ':' || c == '(' || c == ')' || c == '|' || all_.substr(at_, 3) == "\xE2\x80\x94") return false;
    if (c == ',') {
      joined_ = true;
      next(preposition_, at_ + 1);
      return true;
    }
    ++at_;
    return true;
  }

  bool word() {
    const std::size_t end = word_end(all_, at_, limit_);
    const std::string_view word = all_.substr(at_, end - at_);
    const prose::Roles roles = prose::roles_in_any_case(word);
    const bool verb = (roles & r::is_verb) != 0 && (roles & r::is_closed) == 0;
    if (letters::is_one_of_lower(word, {"so", "then", "but", "whose", "-", "--"})) return false;
    const bool is_object = is_empty() && ((roles & r::det) != 0 || letters::equals_lower(word, "what"));
    if ((roles & (r::sub | r::rel)) != 0 && !is_object) return false;
    if (verb && (joined_ || (preposition_ == "to" && is_empty()))) return false;  // "and read", "to see"
    if ((roles & r::join) != 0) {
      joined_ = true;
      next(preposition_, end);
      return true;
    }
    joined_ = false;
    if ((roles & r::prep) != 0 &&
        !letters::is_one_of_lower(word, {"up", "down", "off", "out", "back", "over", "away"})) {
      preposition_ = word;
      next(word, end);
      return true;
    }
    at_ = end;
    return true;
  }

  const TextModel& text_;
  std::string_view all_, preposition_;
  std::size_t at_, limit_;
  bool joined_ = false;  // behind a comma or "and"
  std::vector<Phrase> found_;
};

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

std::vector<Phrase> phrases_behind(const TextModel& text, Range verb) { return PhraseWalk(text, verb).walk(); }

Range noun_in(const TextModel& text, Range phrase, std::string_view nouns) {
  const std::string_view all = text.text();
  for (std::size_t at = phrase.begin; at < phrase.end;) {
    const Stretch* stretch = text.stretch_at(at);
    if (stretch != nullptr || !is_in_word(all[at])) {
      at = stretch != nullptr ? std::max(stretch->end, at + 1) : at + 1;
      continue;
    }
    const std::size_t end = word_end(all, at, phrase.end);
    const std::string word = letters::to_lower(all.substr(at, end - at));
    const std::size_t begin = std::exchange(at, end);
    if (!letters::lists(nouns, word)) continue;
    const std::size_t next = all.find_first_not_of(" \t\r\n", end);
    if (next >= phrase.end || !is_in_word(all[next]) ||
        is_no_noun(all.substr(next, word_end(all, next, phrase.end) - next)))
      return {begin, end};
  }
  return {};
}

}  // namespace cascade::validation
