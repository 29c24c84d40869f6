// Looks for a negation, follows it to its verb, and watches for words that take it back before the name: "do not use a,
// use X" calls X. "Instead" also excludes from behind the name.
#include "manifest/exclusion.h"

#include <algorithm>
#include <string_view>

#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::manifest {
namespace {

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

// "use X instead" (not "instead of", nor "for an X run it is a snapshot instead", which has another subject).
bool is_followed_by_instead(const BodyText& body, const TextLine& line, std::size_t end) {
  // Of a name that ends its line, the word may stand on the next one.
  const TextLine* last = &line;
  if (letters::trim(body.behind(line, end)).empty() && last != &body.lines().back() &&
      (last + 1)->context == line.context)
    ++last;
  const std::string_view text = body.text().substr(end, std::min(last->end - end, sentence_window));
  if (text.find("nstead") == text.npos) return false;  // most lines
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
    if (clause_ended) return words.is(i, prose::roles::is_use);
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

bool holds_negation(const SentenceWords& words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words.is(i, prose::roles::neg | prose::roles::forbid_foreign | prose::roles::refuses)) return true;
  return false;
}

}  // namespace

bool is_excluded(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
                 std::size_t end) {
  const bool negated = holds_negation(before);
  return line.not_for || (negated && is_sent_elsewhere(before)) || is_followed_by_instead(body, line, end) ||
         is_for_another(line, before) || is_for_that(body, line, negated, begin, end);
}

}  // namespace cascade::manifest
