#include "validate/stance.h"

#include "validate/words.h"

namespace cascade::validation {
namespace {

std::string_view slice(std::string_view text, std::size_t begin, std::size_t end) {
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

bool has_bad_mark(std::string_view text) noexcept {
  for (const std::string_view mark : {"❌", "✗", "✘", "🚫", "⛔", "☠"})
    if (text.find(mark) != std::string_view::npos) return true;
  return has_phrase(text, {"bad:", "wrong:", "bad example", "anti-pattern", "antipattern", "insecure:", "unsafe:",
                           "vulnerable:", "dangerous:", "don't:", "don'ts", "not this", "incorrect:"});
}

// What follows the words says that they are not to be done.
bool condemns(std::string_view after) noexcept {
  return has_phrase(
      after, {"is forbidden",  "are forbidden",  "is not allowed", "are not allowed", "is dangerous", "are dangerous",
              "is prohibited", "are prohibited", "is unsafe",      "must not be",     "must never",   "should never",
              "should not be", "is blocked",     "are blocked",    "is an attack",    "are attacks",  "is a red flag",
              "are red flags", "is a finding",   "counts as",      "is suspicious"});
}

}  // namespace

bool forbids(std::string_view before) noexcept {
  return has_phrase(before,
                    {"never",   "not",        "don't",       "do not", "doesn't", "does not",  "avoid",    "avoids",
                     "without", "mustn't",    "must not",    "cannot", "can't",   "refuse",    "refuses",  "reject",
                     "rejects", "instead of", "rather than", "forbid", "forbids", "forbidden", "prohibit", "prohibited",
                     "block",   "blocks",     "blocked",     "deny",   "denied",  "stop",      "beware",   "no",
                     "prevent", "prevents",   "disallow",    "unlike", "nor"});
}

bool introduces_example(std::string_view words) noexcept {
  return has_phrase(
      words, {"example",   "examples",   "e.g",           "for instance", "such as",   "like",        "phrases",
              "phrase",    "pattern",    "patterns",      "attack",       "attacks",   "attacker",    "attackers",
              "payload",   "payloads",   "malicious",     "suspicious",   "injection", "injections",  "inject",
              "detect",    "detects",    "detection",     "scan for",     "scans for", "look for",    "looks for",
              "watch for", "check for",  "checks for",    "search for",   "flag",      "flags",       "flagged",
              "red flags", "vulnerable", "vulnerability", "exploit",      "jailbreak", "adversarial", "untrusted",
              "tricks",    "trick",      "attempt",       "attempts",     "try to",    "tries to",    "says",
              "reads",     "contains",   "containing",    "tells you to", "told to",   "asks you to", "warns",
              "typical",   "sample",     "test case",     "test cases",   "red team"});
}

bool names_bad_practice(std::string_view heading) noexcept {
  return has_bad_mark(heading) ||
         has_phrase(
             heading,
             {"anti-patterns", "anti-pattern",    "anti patterns",  "bad",       "wrong",      "don't",   "avoid",
              "never",         "forbidden",       "prohibited",     "dangerous", "red flags",  "attack",  "attacks",
              "vulnerable",    "vulnerabilities", "vulnerability",  "injection", "threats",    "threat",  "examples",
              "example",       "detection",       "what not to do", "pitfalls",  "mistakes",   "blocked", "unsafe",
              "insecure",      "risks",           "exploit",        "payloads",  "test cases", "denied",  "deny",
              "not allowed",   "indicators"});
}

Stance stance_of(const TextModel& text, std::size_t begin, std::size_t end) {
  const std::string_view all = text.text();
  const Range sentence = text.sentence_at(begin), block = text.block_at(begin);
  const std::string_view before = slice(all, sentence.begin, begin), after = slice(all, end, sentence.end);
  if (forbids(before) || condemns(after) || has_bad_mark(before)) return Stance::forbidden;
  if (introduces_example(before)) return Stance::example;
  const Stretch* stretch = text.stretch_at(begin);
  const bool in_code = stretch != nullptr && (stretch->kind == Region::fence || stretch->kind == Region::indented);
  if (in_code) {
    // A comment in the code, on its line or the one above.
    std::size_t line = sentence.begin;
    while (line > block.begin && all[line - 1] == '\n') --line;
    while (line > block.begin && all[line - 1] != '\n' && sentence.begin - line < 300) --line;
    const std::string_view near = slice(all, line, sentence.end);
    if (has_bad_mark(near) || has_phrase(near, {"# bad", "# don't", "# never", "# wrong", "# dangerous", "# unsafe",
                                                "// bad", "# insecure", "# avoid", "// don't", "// never", "# not"}))
      return Stance::forbidden;
  }
  const std::string_view lead = text.lead_in(block.begin);
  const bool announces =
      lead.find_last_not_of(" \t\r\n*_") != std::string_view::npos && lead[lead.find_last_not_of(" \t\r\n*_")] == ':';
  if (in_code || announces) {
    if (has_bad_mark(lead) || forbids(lead)) return Stance::forbidden;
    if (introduces_example(lead) && !in_code) return Stance::example;
  }
  const auto headings = text.headings_above(begin);
  // The title of the file names its subject, not what is wrong in it.
  for (std::size_t i = 0; i + 1 < headings.size(); ++i)
    if (names_bad_practice(headings[i])) return Stance::example;
  return Stance::meant;
}

}  // namespace cascade::validation
