// Each question looks first at what is rarest: the last byte of the line, the first letter of its words. Lists of fixed
// words decide the rest.
#include "manifest/lead_words.h"

#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/byte_set.h"
#include "text/word_set.h"

#include <algorithm>
#include <iterator>

namespace cascade::manifest {

using letters::ByteSet;

namespace {

constexpr ByteSet begins_sign("nNoOaA");  // the first letters of the signs below

// "engage", "invoke": behind "When not to".
bool names_use(std::string_view rest) {
  static constexpr std::string_view verbs[] = {"engage",   "invoke", "activate", "trigger", "apply",
                                               "delegate", "run",    "spawn",    "load"};
  return std::any_of(std::begin(verbs), std::end(verbs),
                     [&](std::string_view verb) { return letters::starts_with_lower(rest, verb); });
}

}  // namespace

// The second and third letters of the signs below.
constexpr auto may_be_sign = [](const char* from) noexcept {
  const letters::ByteBlock second = letters::to_lower(letters::load_block(from));
  const letters::ByteBlock third = letters::to_lower(letters::load_block(from + 1));
  return ((second == 'o') | (second == '\'') | (second == 'u') | (second == 'n')) & (third == 't');
};

// "When NOT to use", "Do not use for", "Not for": the author sends the tasks listed below elsewhere.
bool says_not_for(std::string_view line) {
  line = line.substr(0, 160);
  const auto holds = [line](std::size_t second) {
    if (second < 1 || !begins_sign.has(line[second - 1])) return false;
    const auto begins = [rest = line.substr(second - 1)](std::string_view sign) {
      return letters::starts_with_lower(rest, sign);
    };
    return begins("not to use") || (begins("not to ") && names_use(line.substr(second + 6))) || begins("not use") ||
           begins("not activate") || begins("not invoke") || begins("not engage") || begins("not trigger") ||
           begins("n't use") || begins("not for:") || begins("not handle") || begins("not cover") ||
           begins("out of scope") || begins("anti-trigger");
  };
  bool found = false;
  letters::for_each_where(line, may_be_sign, [&](std::size_t second) { found = found || holds(second); });
  return found;
}

namespace {

constexpr ByteSet ends_lead(" \t\r*_");
constexpr ByteSet marks_words(" \t*_>#");

}  // namespace

// The tests below want a line without its marks, where they look at its beginning.
std::string_view without_marks(std::string_view line) {
  while (!line.empty() && marks_words.has(line.front())) line.remove_prefix(1);
  return line;
}

bool begins_with(char lower, std::string_view line) { return !line.empty() && (line.front() | 0x20) == lower; }

// "Skip this skill if": means the same in other words.
bool says_skip(std::string_view line) {
  if (!begins_with('s', line)) return false;
  static constexpr std::string_view beginnings[] = {"skip this skill", "skip this agent", "skip this command",
                                                    "skip if", "skip when"};
  for (const std::string_view start : beginnings)
    if (letters::starts_with_lower(line, start)) return true;
  return false;
}

// "## See also", "### Related commands": what is listed below is told of and not called.
bool says_related(std::string_view heading) {
  if (!begins_with('s', heading) && !begins_with('r', heading) && !begins_with('c', heading)) return false;
  static constexpr std::string_view beginnings[] = {"see also", "related", "similar", "cross-reference"};
  return std::any_of(std::begin(beginnings), std::end(beginnings),
                     [&](std::string_view start) { return letters::starts_with_lower(heading, start); });
}

// "PREREQUISITE: Load …", "Prerequisite skills:"; a heading without a colon does not count.
bool says_prerequisite(std::string_view line) {
  return begins_with('p', line) && letters::starts_with_lower(line, "prerequisite") &&
         line.substr(0, 60).find(':') != std::string_view::npos;
}

bool says_of_another(std::string_view line) {
  line.remove_suffix(1);
  if (line.ends_with(" will")) {
    line.remove_suffix(5);
    const std::string_view subject = line.substr(line.rfind(' ') + 1);
    return subject.find('-') != std::string_view::npos;
  }
  for (const std::string_view end :
       {" the user", " the user to", " the user that", " the user they can", " the user about"})
    if (line.ends_with(end)) return true;
  return false;
}

// "Route elsewhere when the task is:", "Hand off to:": the list below names who gets the work. REQUIRES: the line ends
// in a colon.
bool says_handing_on(std::string_view line) {
  static constexpr std::string_view beginnings[] = {"route ",    "delegate to", "hand off",
                                                    "hand over", "escalate to", "defer to"};
  for (const std::string_view start : beginnings)
    if (letters::starts_with_lower(line, start)) return true;
  return false;
}

std::string_view without_lead_marks(std::string_view line) {
  while (!line.empty() && ends_lead.has(line.back())) line.remove_suffix(1);
  return line;
}

namespace {

// The word that begins at or after `at`, behind marks, numbers and words such as "then".
std::string_view first_word(std::string_view line, std::size_t at, std::size_t& end) {
  static constexpr auto leading = letters::word_set("then", "please", "next", "also", "now", "and", "always");
  for (;;) {
    while (at < line.size() && !letters::is_letter(line[at])) ++at;
    end = at;
    while (end < line.size() && letters::is_name(line[end])) ++end;
    const std::string_view word = line.substr(at, end - at);
    if (word.empty() || !leading.has(word)) return word;
    at = end;
  }
}

}  // namespace

// "Launch these agents in parallel:", "Step 2: run the review with:", "First read these skills:": the items below are
// called. "Use when:" lists occasions. REQUIRES: the line ends in a colon.
bool says_order(std::string_view line, Kinds kinds) {
  static constexpr auto verbs =
      letters::word_set("run", "invoke", "launch", "spawn", "dispatch", "call", "load", "use", "delegate", "engage",
                        "execute", "start", "apply", "activate", "invoking", "launching", "spawning", "dispatching");
  static constexpr auto tags = letters::word_set("mandatory", "important", "required", "critical");
  static constexpr auto readings = letters::word_set("read", "reference", "consult", "follow");
  static constexpr auto occasions = letters::word_set("when", "if", "for", "this", "it", "only", "whenever", "cases");
  static constexpr auto taking_back =
      letters::word_set("user", "users", "not", "never", "don't", "when", "if", "they", "human", "avoid");
  const auto is_order = [kinds](std::string_view word) {
    return verbs.has(word) || ((kinds & kinds_skill) != 0 && readings.has(word));
  };
  std::size_t end = 0;
  std::string_view word = first_word(line, 0, end);
  if (tags.has(word)) word = first_word(line, end, end);  // "[MANDATORY] Read …"
  for (const char sign : {':', ','}) {                    // "Step 2: run …:", "In parallel, run …:"
    if (kinds == 0 || is_order(word)) break;
    const std::size_t clause = line.find(sign);
    if (clause != std::string_view::npos) word = first_word(line, clause, end);
  }
  std::size_t behind = end;
  if (!is_order(word)) return false;
  const std::string_view next = first_word(line, end, behind);
  // "Invoke this skill to weigh the crates:"; "use this skill when:" and "invoke this skill for:" list occasions.
  const bool one = next == "this" && word != "use" && word != "apply" &&
                   kind_word(first_word(line, behind, behind)) != 0 && !line.ends_with(" for:");
  if (occasions.has(next) && !one) return false;
  // "After user approval, invoke these in turn — do not pause:": neither the time nor what follows takes it back.
  const std::size_t clause = static_cast<std::size_t>(word.data() - line.data());
  const bool timed = letters::starts_with_lower(line, "after ") || letters::starts_with_lower(line, "once ");
  for (const std::string_view aside : {" \xE2\x80\x94 ", ". "}) line = line.substr(0, line.find(aside, clause));
  if (timed) line.remove_prefix(std::min(clause, line.size()));
  for (std::size_t begin = 0; begin < line.size(); begin = end + 1) {
    end = std::min(line.find(' ', begin), line.size());
    std::string_view one = line.substr(begin, end - begin);
    while (!one.empty() && !letters::is_letter(one.back())) one.remove_suffix(1);
    if (taking_back.has(one)) return false;
  }
  return true;
}

bool is_command_step(std::string_view item) {
  std::size_t at = 0;
  while (at < item.size() && letters::is_digit(item[at])) ++at;
  if (at == 0 || at == item.size() || (item[at] != '.' && item[at] != ')')) return false;
  const std::string_view step = letters::trim(item.substr(at + 1));
  return step.size() > 4 && step.starts_with("`/") && letters::is_letter(step[2]) &&
         step.find('`', 1) + 1 == step.size();
}

// "## Skills used", "Required skills:", "Skills you load": the list below is what the manifest works with.
bool says_used(std::string_view words) {
  static constexpr auto uses =
      letters::word_set("use", "used", "uses", "load", "invoke", "required", "needed", "mandatory");
  static constexpr auto others =
      letters::word_set("when", "not", "how", "why", "if", "without", "optional", "this", "for", "it", "to",
                        "downstream", "upstream", "output", "related", "similar", "other", "available");
  if (words.size() >= 40) return false;
  bool used = false;
  std::size_t end = 0;
  for (std::string_view word = first_word(words, 0, end); !word.empty(); word = first_word(words, end, end)) {
    if (others.has(word)) return false;
    used = used || uses.has(word);
  }
  return used;
}

// "## Next steps", "## Next phase: mending": what may be done when all this is done.
bool says_next_steps(std::string_view words) {
  return begins_with('n', words) &&
         (letters::starts_with_lower(words, "next steps") || letters::starts_with_lower(words, "next phase"));
}

// "## Triggers", "Trigger phrases:", "Example prompts:", "Next steps:", "Options:": the list below holds what somebody
// may say or do.
bool says_triggers(std::string_view line) {
  if (!begins_with('t', line) && !begins_with('e', line) && !begins_with('n', line) && !begins_with('o', line))
    return false;
  static constexpr std::string_view beginnings[] = {"trigger",         "example prompt", "example request",
                                                    "example trigger", "next steps",     "options:"};
  return line.size() < 60 && std::any_of(std::begin(beginnings), std::end(beginnings), [&](std::string_view start) {
           return letters::starts_with_lower(line, start);
         });
}

namespace {

// Whether a line that is not empty ends in these words of lower case.
bool ends_in(std::string_view line, std::string_view end) {
  return line.size() >= end.size() && letters::to_lower(line.back()) == end.back() &&
         letters::equals_lower(line.substr(line.size() - end.size()), end);
}

constexpr ByteSet ends_label(" \t\r*_:");
constexpr ByteSet ends_output("tTsSeE:");  // the last letters of the endings below, or a label's colon
constexpr ByteSet precedes_end("uUtTaAeEiIrRsSmM");

// Without an aside at the end: "Response (second round)".
std::string_view without_aside(std::string_view line) {
  const std::size_t open = line.rfind('(');
  if (open == std::string_view::npos || open == 0) return line;
  line = line.substr(0, open);
  while (!line.empty() && ends_label.has(line.back())) line.remove_suffix(1);
  return line;
}

// "出力", "输出", "출력".
bool is_foreign_output(std::string_view line) {
  return line.ends_with("\xE5\x87\xBA\xE5\x8A\x9B") || line.ends_with("\xE8\xBE\x93\xE5\x87\xBA") ||
         line.ends_with("\xEC\xB6\x9C\xEB\xA0\xA5");
}

}  // namespace

// "Sample output:", "It prints:": the reader is not meant to run the code below it.
bool says_output(std::string_view line) {
  while (!line.empty() && ends_label.has(line.back())) line.remove_suffix(1);
  if (!line.empty() && line.back() == ')') line = without_aside(line);
  if (line.size() < 2) return false;
  if (static_cast<unsigned char>(line.back()) >= 0x80) return is_foreign_output(line);
  if (!ends_output.has(line.back()) || !precedes_end.has(line[line.size() - 2])) return false;
  line = without_marks(line.substr(line.size() - std::min<std::size_t>(line.size(), 60)));
  static constexpr std::string_view endings[] = {"output",         "prints",    "output format",   "you see",
                                                 "you will see",   "output is", "looks like this", "sample report",
                                                 "example report", "response",  "message format",  "report format"};
  return !line.empty() &&
         std::any_of(std::begin(endings), std::end(endings), [&](std::string_view end) { return ends_in(line, end); });
}

namespace {

constexpr ByteSet ends_message("hHpPrRyYwWeEtT");  // the last letters of the endings below

}  // namespace

// "If there is none, stop with:", "Tell the user:": what follows is a message to somebody. REQUIRES: the line ends in a
// colon.
bool announces_message(std::string_view line) {
  if (line.size() < 5) return false;
  line.remove_suffix(1);
  while (!line.empty() && ends_lead.has(line.back())) line.remove_suffix(1);
  if (line.empty() || !ends_message.has(line.back())) return false;
  line = line.substr(line.size() - std::min<std::size_t>(line.size(), 24));
  static constexpr std::string_view endings[] = {
      "stop with", "and stop", "the user",  "respond with",  "reply with", "abort with", "exit with",
      "fail with", "and exit", "and abort", "error message", "message",    "then say",   "display"};
  return std::any_of(std::begin(endings), std::end(endings), [&](std::string_view end) { return ends_in(line, end); });
}

namespace {

constexpr ByteSet begins_shown("dDpPsSaAeE");

}  // namespace

// "Print this:", "Step 3: Display the summary": a text to be shown, unless something is to be run for it.
bool says_shown(std::string_view line) {
  static constexpr auto verbs = letters::word_set("display", "print", "show", "present", "announce", "echo");
  static constexpr auto orders =
      letters::word_set("run", "running", "execute", "invoke", "invoking", "launch", "call", "calling", "dispatch",
                        "spawn", "delegate", "use", "using", "with", "via", "by");
  static constexpr auto steps = letters::word_set("step", "phase", "stage");
  std::size_t end = 0;
  while (end < line.size() && !letters::is_letter(line[end])) ++end;
  if (end == line.size() || !begins_shown.has(line[end])) return false;
  std::string_view word = first_word(line, end, end);
  if (steps.has(word)) word = first_word(line, end, end);
  if (!verbs.has(word)) return false;
  for (word = first_word(line, end, end); !word.empty(); word = first_word(line, end, end))
    if (orders.has(word)) return false;
  return true;
}

// "Example", "Examples:", "Worked example: a small yard". An example of a text may hold orders.
bool says_example(std::string_view words) {
  if (!begins_with('e', words) && !begins_with('w', words)) return false;
  if (letters::starts_with_lower(words, "worked ")) words.remove_prefix(7);
  return letters::starts_with_lower(words, "example");
}

// "Bad: …", "❌ …": an example of what not to do.
bool is_bad_example(std::string_view line) {
  static constexpr std::string_view cross = "\xE2\x9D\x8C";
  std::size_t at = 0;
  while (at < line.size() &&
         (letters::is_blank(line[at]) || line[at] == '-' || line[at] == '*' || line[at] == '>' || line[at] == '#'))
    ++at;
  if (at == line.size()) return false;
  line.remove_prefix(at);
  switch (letters::to_lower(line.front())) {
    case cross.front(): return line.substr(0, cross.size()) == cross;
    case 'b': return letters::starts_with_lower(line, "bad:") || letters::starts_with_lower(line, "bad**");
    case 'w': return letters::starts_with_lower(line, "wrong:") || letters::starts_with_lower(line, "wrong**");
    default: return false;
  }
}

// "Do not use for:", "**When not to use**": a line that is about the list below it.
bool announces_list(std::string_view line) {
  while (!line.empty() && letters::is_space(line.back())) line.remove_suffix(1);
  const bool unfinished =
      line.size() < 80 && (begins_with('d', line) || begins_with('w', line)) &&
      (letters::starts_with_lower(line, "do not use this") || letters::starts_with_lower(line, "don't use this") ||
       letters::starts_with_lower(line, "when not to use"));
  if (unfinished && letters::is_letter(line.back())) return true;
  if (line.empty() || (line.back() != ':' && line.back() != '*' && line.back() != '_')) return false;
  const bool bold = line.size() < 80 && line.substr(0, 2) == "**" && line.substr(line.size() - 2) == "**";
  while (!line.empty() && (line.back() == '*' || line.back() == '_' || letters::is_blank(line.back())))
    line.remove_suffix(1);
  return bold || (!line.empty() && line.back() == ':');
}

}  // namespace cascade::manifest
