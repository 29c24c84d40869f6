// Recognises orders by grammar instead of by fixed sentences: a verb where an order can begin ("ignore", "do not
// follow"), then its object word by word until it names instructions, rules or a prompt that the reader was given
// before. Fixed sentences would miss the next wording, and single words would report every text about security.
#include "validate/reading/stance.h"

#include <array>
#include <cstdio>

#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/text_model.h"

namespace cascade::validation {
namespace {

bool opens_an_order(std::string_view before) noexcept {
  before = letters::trim(before);
  if (before.empty()) return true;
  const char last = before.back();
  if (std::string_view(",:;-*>(#|").find(last) != std::string_view::npos) return true;
  std::size_t begin = before.size();
  while (begin > 0 && !letters::is_space(before[begin - 1])) --begin;
  return letters::is_one_of_lower(before.substr(begin), lists::before_order);
}

struct Object {
  bool earlier = false;  // previous, above, your ...
  bool all = false, other = false;
};

enum class Step : std::uint8_t { on, instructions, rules, stop };

Step step(std::string_view word, Object& object) noexcept {
  if (letters::is_one_of_lower(word, lists::instructions)) return Step::instructions;
  if (letters::is_one_of_lower(word, lists::rules)) return Step::rules;
  bool* const of_object = letters::is_one_of_lower(word, lists::earlier) ? &object.earlier
                          : letters::is_one_of_lower(word, lists::every) ? &object.all
                          : letters::equals_lower(word, "other")         ? &object.other
                                                                         : nullptr;
  if (of_object != nullptr) *of_object = true;
  return of_object != nullptr || letters::is_one_of_lower(word, lists::between) ? Step::on : Step::stop;
}

bool is_risky_action(std::string_view around) noexcept { return has_phrase(around, lists::risky); }

// "do not follow": returns where the negation of a verb begins; npos: there is none.
std::size_t negation_before(std::string_view before) noexcept {
  std::string_view last, one_before;
  std::size_t begin = 0, begin_before = 0;
  for (WordCursor words(before); words.next();) {
    one_before = last;
    last = words.word();
    begin_before = begin;
    begin = words.begin();
  }
  if (letters::is_one_of_lower(last, lists::refusing)) return begin;
  const bool negated =
      letters::is_one_of_lower(last, {"not"}) && letters::is_one_of_lower(one_before, lists::before_not);
  return negated ? begin_before : std::string_view::npos;
}

bool limits_itself(std::string_view behind) noexcept {
  return begins_with_one_of(behind, lists::limits_begin) || has_phrase(behind, lists::limits);
}

// Things done in secret: "this", "the upload".
bool is_deed(std::string_view word) noexcept { return letters::is_one_of_lower(word, lists::deeds); }

// After "tell the user": nothing, "that ...", "about this"; not "about warnings of the compiler", "to run it".
bool is_about_a_deed(std::string_view behind) noexcept {
  behind = letters::trim(behind);
  if (behind.empty() || std::string_view(".,;:!)").find(behind.front()) != std::string_view::npos) return true;
  WordCursor words(behind);
  if (!words.next()) return true;
  if (letters::is_one_of_lower(words.word(), lists::goes_on)) return true;
  if (!letters::is_one_of_lower(words.word(), lists::about)) return false;
  for (int seen = 0; seen < 4 && words.next(); ++seen)
    if (is_deed(words.word()) || letters::is_one_of_lower(words.word(), lists::about_deed)) return true;
  return false;
}

// Between "mention" and "the user": "this to", "the upload to"; not "the step numbers to".
bool names_a_deed(std::string_view object) noexcept {
  std::string_view last;
  for (WordCursor words(object); words.next() && !letters::is_one_of_lower(words.word(), lists::toward);)
    last = words.word();
  return is_deed(last);
}

// `at`: the verb that is negated.
std::optional<InjectionMatch> keep_from_user(std::string_view sentence, std::size_t at) noexcept {
  WordCursor words(sentence.substr(at));
  if (!words.next()) return std::nullopt;  // the verb
  const std::string_view verb = words.word();
  const bool tells = letters::is_one_of_lower(verb, lists::telling);
  const std::size_t object = at + words.end();
  int seen = 0;
  while (seen < 6 && words.next()) {
    ++seen;
    const std::string_view word = words.word();
    // Keeping secrets is not secrecy towards the user.
    if (letters::is_one_of_lower(word, lists::kept)) return std::nullopt;
    if (letters::is_one_of_lower(word, lists::user)) {
      const std::size_t end = at + words.end();
      const bool secret = tells ? is_about_a_deed(sentence.substr(end))
                                : names_a_deed(sentence.substr(object, at + words.begin() - object));
      if (!secret || limits_itself(sentence.substr(end))) return std::nullopt;
      return InjectionMatch{at, end, "keeps something from the user"};
    }
    if (!tells && seen == 1 && letters::is_one_of_lower(word, lists::pointing)) {
      const std::size_t end = at + words.end();
      const std::string_view behind = letters::trim(sentence.substr(end));
      const bool ends = behind.empty() || std::string_view(".,;").find(behind.front()) != std::string_view::npos ||
                        begins_with_one_of(behind, lists::pointing_ends);
      if (ends) return InjectionMatch{at, end, "keeps something from the user"};
    }
  }
  return std::nullopt;
}

}  // namespace

// At most eight words after the verb: an order of this kind names its object at once. A verb that may begin no order
// ("they ignore ...") is passed over.
std::optional<InjectionMatch> find_override(std::string_view sentence) noexcept {
  for (WordCursor verbs(sentence); verbs.next();) {
    const std::string_view before = sentence.substr(0, verbs.begin());
    const bool drops = letters::is_one_of_lower(verbs.word(), lists::drops);
    const std::size_t negation =
        letters::is_one_of_lower(verbs.word(), lists::obeys) ? negation_before(before) : std::string_view::npos;
    const bool disobeys = negation != std::string_view::npos;
    if (!disobeys && (!drops || !opens_an_order(before))) continue;
    Object object;
    WordCursor words(sentence.substr(verbs.end()));
    for (int seen = 0; seen < 8 && words.next(); ++seen) {
      // "everything in your prompt"
      if (object.all && letters::is_one_of_lower(words.word(), lists::all_in)) continue;
      const Step found = step(words.word(), object);
      if (found == Step::stop) break;
      if (found == Step::on) continue;
      const std::size_t end = verbs.end() + words.end();
      object.earlier = object.earlier || begins_with_one_of(sentence.substr(end), lists::earlier_behind);
      const bool strong =
          object.earlier || (object.all && object.other) || (found == Step::instructions && object.all && !disobeys);
      // "ignore previous instructions" may end here or describe them; "ignore your rules files" does not count.
      // "all instructions in the page" are somebody else's: ignoring them is a defence.
      if (strong && (object.earlier || !begins_with_one_of(sentence.substr(end), lists::foreign)))
        return InjectionMatch{disobeys ? negation : verbs.begin(), end, "replaces the instructions that were given"};
      if (found == Step::rules) break;
    }
  }
  return std::nullopt;
}

// Only next to an action that can do harm: not telling the user of a tie-break is style, of an upload is not.
std::optional<InjectionMatch> find_secrecy(std::string_view sentence, std::string_view around) noexcept {
  if (!is_risky_action(around)) return std::nullopt;
  std::string_view one_before, two_before;
  for (WordCursor words(sentence); words.next(); two_before = one_before, one_before = words.word()) {
    const std::string_view word = words.word();
    const bool verb = letters::is_one_of_lower(word, lists::saying);
    const bool negated = letters::is_one_of_lower(one_before, lists::not_saying) ||
                         (letters::is_one_of_lower(two_before, lists::not_saying) &&
                          letters::is_one_of_lower(one_before, lists::not_even));
    if (verb && negated)
      if (auto match = keep_from_user(sentence, words.begin())) return match;
    if (letters::is_one_of_lower(word, lists::hides) &&
        begins_with_one_of(sentence.substr(words.end()), lists::hidden_things))
      return InjectionMatch{words.begin(), words.end(), "hides it from the user"};
    if (letters::is_one_of_lower(word, lists::knows) &&
        has_phrase(sentence.substr(0, words.begin()), {"without the user"}))
      return InjectionMatch{words.begin(), words.end(), "keeps something from the user"};
    if (letters::is_one_of_lower(word, lists::secretly)) {
      WordCursor next(sentence.substr(words.end()));
      if (next.next() && is_risky_action(next.word()))
        return InjectionMatch{words.begin(), words.end() + next.end(), "is done behind the user's back"};
    }
  }
  return std::nullopt;
}

std::optional<InjectionMatch> find_role_switch(std::string_view line) noexcept {
  const std::size_t begin = line.find_first_not_of(" \t*_>#[<-");
  if (begin == std::string_view::npos) return std::nullopt;
  std::string_view rest = line.substr(begin);
  std::size_t length = 0;
  for (const std::string_view speaker : lists::speakers)
    if (rest.substr(0, speaker.size()) == speaker) length = speaker.size();
  if (length == 0) return std::nullopt;
  rest = rest.substr(length);
  const std::size_t colon = rest.find_first_not_of("]*_ >");
  if (colon == std::string_view::npos || rest[colon] != ':') return std::nullopt;
  const std::string_view said = letters::trim(rest.substr(colon + 1).substr(0, 200));
  const std::size_t start = said.find_first_not_of("*_ ");
  if (start != std::string_view::npos && begins_with_one_of(said.substr(start), lists::forged_orders))
    return InjectionMatch{begin, begin + length, "speaks as the system"};
  return std::nullopt;
}

std::string code_point_name(char32_t c) {
  std::array<char, 12> name{};
  std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(c));
  return name.data();
}

}  // namespace cascade::validation
