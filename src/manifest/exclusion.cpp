// Looks for a negation, follows it to its verb, and watches for words that take it back before the name: "do not use a,
// use X" calls X. "Instead" also excludes from behind the name.
#include "manifest/exclusion.h"

#include <algorithm>
#include <string_view>

#include "language/negation.h"
#include "manifest/use_words.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/byte_set.h"
#include "text/word_set.h"

namespace cascade::manifest {
namespace {

bool is_negation(const SentenceWords& words, std::size_t i) {
  if (language::prohibitions.has(words[i]) || language::foreign_prohibitions.has(words[i])) return true;
  if (words[i] == "not") return i > 0 && language::auxiliaries.has(words[i - 1]);
  static constexpr auto before_no = letters::word_set("under", "on", "in", "at");
  return i > 1 && words[i - 1] == "no" && language::occasions_of_no.has(words[i]) && before_no.has(words[i - 2]);
}

// SentenceWords that may come between "do not" and its verb: "never be handed over", "refrain from calling".
bool is_before_verb(std::string_view word) {
  static constexpr auto words = letters::word_set("ever", "just", "also", "even", "be", "been", "being", "from");
  return words.has(word) || (word.size() > 2 && word.substr(word.size() - 2) == "ly");
}

// "route to", "hand off to" at `verb`.
bool hands_over(const SentenceWords& words, std::size_t verb) {
  if (is_handing_over(words[verb])) return words.has(verb + 1, "to");
  static constexpr auto verbs = letters::word_set("hand", "handed", "handing", "send", "sent", "go", "switch");
  const bool hand = verbs.has(words[verb]);
  for (std::size_t i = verb + 1; hand && i < words.size() && i < verb + 4; ++i)
    if (words[i] == "to") return true;
  return false;
}

// "do not stop or run X": whether the verb at `verb` shares its negation with a verb of use behind "or".
bool shares_negation(const SentenceWords& words, std::size_t verb) {
  for (std::size_t i = verb; i + 1 < words.size() && words[i] != "," && words[i] != ";"; ++i)
    if (words[i] == "or") return is_use(words[i + 1]);
  return false;
}

// "do not [ever] use X": a negated use that nothing reverses before the name.
bool is_warned_off(const SentenceWords& words) {
  bool negated = false, clause_ended = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (negated && clause_ended && is_use(word)) negated = false;  // "do not use a, use X"
    clause_ended = word == ",";
    if (is_negation(words, i)) {
      std::size_t verb = i + 1;
      while (verb < words.size() && is_before_verb(words[verb])) ++verb;
      if (verb < words.size() &&
          (is_use(words[verb]) || words[verb] == "engage" || hands_over(words, verb) || shares_negation(words, verb)))
        negated = true;
    }
    if (word == "without" || word == "until" || word == "unless" || word == "before" || word == "but" ||
        word == "instead" || word == ";" || word == "always")
      negated = false;
  }
  return negated;
}

// "rather than [using] X", "instead of [the] X".
bool is_put_behind(const SentenceWords& words) {
  for (std::size_t back = 1; back + 1 <= words.size() && back <= 4; ++back) {
    const std::size_t i = words.size() - back;
    if (i > 0 && ((words[i] == "than" && words[i - 1] == "rather") || (words[i] == "of" && words[i - 1] == "instead")))
      return true;
    if (words[i] == "unlike") return true;
    if (!is_use(words[i]) && !is_filler(words[i])) return false;
  }
  return false;
}

// "not for this, use X", "do not use when …, use X", "do not trigger when … (use X)", a cell "No — use X": the sentence
// first names a task that its own manifest is not for.
bool is_sent_elsewhere(const SentenceWords& words) {
  static constexpr auto occasions = letters::word_set("for", "when", "if", "this", "on", "in", "to", "as", "it");
  bool elsewhere = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool used = words.has(i + 1, "use") || words.has(i + 1, "trigger") || words.has(i + 1, "invoke");
    const bool use = used && i + 2 < words.size() && occasions.has(words[i + 2]);
    if (words[i] == "not" && (words.has(i + 1, "for") || words.has(i + 1, "when") || use)) elsewhere = true;
    if (words[i] == "don't" && use) elsewhere = true;
    const bool answer = words[i] == "no" && (i == 0 || words[i - 1] == "|");
    if (answer && (words.has(i + 1, "use") || (words.has(i + 1, "\xE2\x80\x94") && words.has(i + 2, "use"))))
      elsewhere = true;
    if (words[i] == "without" || words[i] == "until" || words[i] == "unless" || words[i] == "before") elsewhere = false;
  }
  return elsewhere;
}

// Looks for its last two letters, which hardly any other word has together.
bool holds_instead(std::string_view text) {
  constexpr std::string_view word = "instead";
  const auto may_end_word = [](const char* from) noexcept {
    return (letters::to_lower(letters::load_block(from)) == 'a') &
           (letters::to_lower(letters::load_block(from + 1)) == 'd');
  };
  bool found = false;
  letters::for_each_where(text, may_end_word, [&](std::size_t at) {
    const std::size_t end = at + 2;
    found = found || (end >= word.size() && letters::equals_lower(text.substr(end - word.size(), word.size()), word));
  });
  return found;
}

// "use X instead" (not "instead of", nor "for an X run it is a snapshot instead", which has another subject).
bool is_followed_by_instead(const BodyText& body, const TextLine& line, std::size_t end) {
  // Of a name that ends its line, the word may stand on the next one.
  const TextLine* last = &line;
  if (letters::trim(body.behind(line, end)).empty() && last != &body.lines().back() &&
      (last + 1)->context == line.context)
    ++last;
  const std::string_view text = body.text().substr(end, std::min(last->end - end, sentence_window));
  if (!holds_instead(text)) return false;
  const SentenceWords after(text);
  for (std::size_t i = 0; i < after.size() && i < 5; ++i) {
    if (after[i] == "." || after[i] == "!" || after[i] == "?" || after[i] == ";") return false;
    if (after[i] == "it" || after[i] == "it's" || after[i] == "there") return false;
    if (after[i] == "instead") return !after.has(i + 1, "of");
  }
  return false;
}

// "For a list, use X" in a description, behind what the manifest itself is for: another task has another owner.
bool is_for_another(const TextLine& line, const SentenceWords& words) {
  if (line.context != Context::field || !words.has(0, "for")) return false;
  bool clause_ended = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (clause_ended) return is_use(words[i]);
    clause_ended = words[i] == ",";
  }
  return false;
}

// "... (use X for that)", "do not count crates; use X for that".
bool is_for_that(const BodyText& body, const TextLine& line, bool negated, std::size_t begin, std::size_t end) {
  std::size_t behind = end;
  while (behind < line.end && (body.text()[behind] == '`' || body.text()[behind] == '*')) ++behind;
  const char next = behind + 1 < line.end ? body.text()[behind + 1] : ' ';
  if (next == 's' || next == 'a' || next == 'c')
    for (const std::string_view kind : {" skill ", " agent ", " command "})
      if (body.text().compare(behind, kind.size(), kind) == 0) behind += kind.size() - 1;
  if (behind + 9 > line.end || body.text()[behind + 1] != 'f') return false;
  const std::string_view rest = body.text().substr(behind, 10);
  if (!rest.starts_with(" for that") && !rest.starts_with(" for those")) return false;
  const std::size_t from = std::max(line.begin, begin - std::min(begin, sentence_window));
  const std::string_view before = body.text().substr(from, begin - from);
  const std::size_t open = before.rfind('('), close = before.rfind(')');
  return negated || (open != before.npos && (close == before.npos || close < open));
}

// Whether a word is there without which nothing is warned off or sent elsewhere. Few sentences have one: a full index
// takes half a per cent less with this look first.
bool holds_negation(const SentenceWords& words) {
  static constexpr letters::ByteSet first("nacsdmrwpjk\xC4\xD0");  // bytes of all these words
  for (std::size_t i = 0; i < words.size(); ++i)
    if (first.has(words[i].front()) &&
        (language::prohibitions.has(words[i]) || language::foreign_prohibitions.has(words[i]) || words[i] == "not" ||
         words[i] == "no"))
      return true;
  return false;
}

}  // namespace

bool is_excluded(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
                 std::size_t end) {
  const bool negated = holds_negation(before);
  return line.not_for || (negated && (is_warned_off(before) || is_sent_elsewhere(before))) || is_put_behind(before) ||
         is_followed_by_instead(body, line, end) || is_for_another(line, before) ||
         is_for_that(body, line, negated, begin, end);
}

}  // namespace cascade::manifest
