// Reads the sentence before a name as a short list of lower-case words, at most 160 bytes and 40 words, and "instead"
// after it. The tests that exclude come first: a warning taken for an order would load what the author forbids. Then
// the nearest word before the name that is not filler decides: a verb of use calls it, anything else only mentions it.
// Lists of words instead of a grammar keep this linear, and a language is added by adding its words.
#include "manifest/strength.h"

#include "language/negation.h"
#include "language/use.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cascade::manifest {
namespace {

constexpr std::size_t window = 160;  // bytes looked at on either side

// A verb that makes the named manifest act.
bool is_use(std::string_view word) {
  if (word.starts_with("re-")) word.remove_prefix(3);  // "re-run"
  return language::verbs_of_use.has(word) || language::wide_verbs_of_use.has(word) ||
         language::foreign_verbs_of_use.has(word);
}

// "delegate to", "hand off to", "route to": the verb before a "to".
bool is_handing_over(std::string_view word) {
  return language::verbs_of_handing_on.has(word) || language::wide_verbs_of_handing_on.has(word);
}

bool is_filler(std::string_view word) {
  static constexpr auto words =
      letters::word_set("the", "a", "an", "this", "our", "your", "its", "and", "or", "both", "either", "also", "then",
                        "skill", "agent", "command", "subagent", "skills", "agents", "commands", "tool", "directly",
                        "specialized", "dedicated", "existing", "with", "alongside");
  return words.has(word);
}

// "one x-y agent per hold", "a fresh x-y", "step 1 (x-y)".
bool is_count(std::string_view word) {
  static constexpr auto words = letters::word_set("one", "two", "three", "each", "every", "another", "new", "fresh",
                                                  "separate", "multiple", "several", "step", "phase", "stage");
  return words.has(word) || letters::is_digit(word.front());
}

// The bytes of words. A slash, colon or dot inside keeps a path or a qualified name one word.
constexpr std::array<bool, 256> make_inside() {
  std::array<bool, 256> out{};
  for (std::size_t byte = 0; byte < out.size(); ++byte) {
    const char c = static_cast<char>(byte);
    out[byte] = letters::is_name(c) || c == '\'' || byte >= 0x80 || c == '/' || c == ':' || c == '.';
  }
  return out;
}
constexpr std::array<bool, 256> are_inside = make_inside();

// Up to 40 words of a stretch of text, in lower case, without the marks around them. A mark that ends a
// sentence or clause is a word of its own.
class Words {
 public:
  explicit Words(std::string_view text) {
    text = text.substr(0, letters_.size());
    std::transform(text.begin(), text.end(), letters_.begin(), [](char c) { return letters::to_lower(c); });
    const std::string_view lower(letters_.data(), text.size());
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= lower.size(); ++i) {
      const char c = i < lower.size() ? lower[i] : ' ';
      if (are_inside[static_cast<unsigned char>(c)] && (c != '.' || !is_last(lower, i))) continue;
      add(begin, i - begin);
      const bool ends_sentence = (c == '.' || c == '!' || c == '?') && is_last(lower, i);
      if (ends_sentence || c == ';' || c == '|' || c == ',') add(i, 1);
      begin = i + 1;
    }
  }

  std::size_t size() const noexcept { return count_; }
  std::string_view operator[](std::size_t i) const noexcept {
    return {letters_.data() + words_[i].begin, words_[i].length};
  }
  bool has(std::size_t i, std::string_view word) const noexcept { return i < count_ && (*this)[i] == word; }
  // Whether a colon ends the word, also behind marks of emphasis.
  bool is_label(std::size_t i) const noexcept {
    std::size_t end = std::size_t{words_[i].begin} + words_[i].length;
    while (end < letters_.size() && letters_[end] == '*') ++end;
    return end < letters_.size() && letters_[end] == ':';
  }
  // Keeps only the words after the last end of a sentence.
  void keep_last_sentence() {
    for (std::size_t i = count_; i-- > 0;)
      if (is_end((*this)[i])) {
        std::copy(words_.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                  words_.begin() + static_cast<std::ptrdiff_t>(count_), words_.begin());
        count_ -= i + 1;
        return;
      }
  }

 private:
  struct Word {
    std::uint8_t begin, length;
  };
  static_assert(window < 256);

  static bool is_last(std::string_view text, std::size_t at) {
    return at + 1 >= text.size() || letters::is_space(text[at + 1]);
  }

  static bool is_end(std::string_view word) { return word == "." || word == "!" || word == "?"; }

  void add(std::size_t begin, std::size_t length) {
    while (length > 1 && (letters_[begin + length - 1] == ':' || letters_[begin + length - 1] == '.')) --length;
    if (length == 0) return;
    if (count_ == words_.size()) {  // the last words matter
      std::copy(words_.begin() + 1, words_.end(), words_.begin());
      --count_;
    }
    words_[count_++] = {static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(length)};
  }

  std::array<char, window> letters_{};
  std::array<Word, 40> words_{};
  std::size_t count_ = 0;
};

// The words before a name, back to the beginning of its sentence.
Words words_before(const BodyText& body, const TextLine& line, std::size_t begin) {
  const std::size_t first = body.sentence_begin(line);
  const std::size_t from = begin - first > window ? begin - window : first;
  Words words(body.text().substr(from, begin - from));
  words.keep_last_sentence();
  return words;
}

bool is_negation(const Words& words, std::size_t i) {
  if (language::prohibitions.has(words[i]) || language::foreign_prohibitions.has(words[i])) return true;
  if (words[i] == "not") return i > 0 && language::auxiliaries.has(words[i - 1]);
  static constexpr auto before_no = letters::word_set("under", "on", "in", "at");
  return i > 1 && words[i - 1] == "no" && language::occasions_of_no.has(words[i]) && before_no.has(words[i - 2]);
}

// Words that may come between "do not" and its verb: "never be handed over", "refrain from calling".
bool is_before_verb(std::string_view word) {
  static constexpr auto words = letters::word_set("ever", "just", "also", "even", "be", "been", "being", "from");
  return words.has(word) || (word.size() > 2 && word.substr(word.size() - 2) == "ly");
}

// "route to", "hand off to" at `verb`.
bool hands_over(const Words& words, std::size_t verb) {
  if (is_handing_over(words[verb])) return words.has(verb + 1, "to");
  static constexpr auto verbs = letters::word_set("hand", "handed", "handing", "send", "sent", "go", "switch");
  const bool hand = verbs.has(words[verb]);
  for (std::size_t i = verb + 1; hand && i < words.size() && i < verb + 4; ++i)
    if (words[i] == "to") return true;
  return false;
}

// "do not [ever] use X": a negated use that nothing reverses before the name.
bool is_warned_off(const Words& words) {
  bool negated = false, clause_ended = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (negated && clause_ended && is_use(word)) negated = false;  // "do not use a, use X"
    clause_ended = word == ",";
    if (is_negation(words, i)) {
      std::size_t verb = i + 1;
      while (verb < words.size() && is_before_verb(words[verb])) ++verb;
      if (verb < words.size() && (is_use(words[verb]) || hands_over(words, verb))) negated = true;
    }
    if (word == "without" || word == "until" || word == "unless" || word == "before" || word == "but" ||
        word == "instead" || word == ";" || word == "always")
      negated = false;
  }
  return negated;
}

// "rather than [using] X", "instead of [the] X".
bool is_put_behind(const Words& words) {
  for (std::size_t back = 1; back + 1 <= words.size() && back <= 4; ++back) {
    const std::size_t i = words.size() - back;
    if (i > 0 && ((words[i] == "than" && words[i - 1] == "rather") || (words[i] == "of" && words[i - 1] == "instead")))
      return true;
    if (words[i] == "unlike") return true;
    if (!is_use(words[i]) && !is_filler(words[i])) return false;
  }
  return false;
}

// "not for this, use X", "do not use when …, use X", "do not trigger when … (use X)": the sentence first names a task
// that its own manifest is not for.
bool is_sent_elsewhere(const Words& words) {
  static constexpr auto occasions = letters::word_set("for", "when", "if", "this", "on", "in", "to", "as", "it");
  bool elsewhere = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool used = words.has(i + 1, "use") || words.has(i + 1, "trigger") || words.has(i + 1, "invoke");
    const bool use = used && i + 2 < words.size() && occasions.has(words[i + 2]);
    if (words[i] == "not" && (words.has(i + 1, "for") || words.has(i + 1, "when") || use)) elsewhere = true;
    if (words[i] == "don't" && use) elsewhere = true;
    if (words[i] == "without" || words[i] == "until" || words[i] == "unless" || words[i] == "before") elsewhere = false;
  }
  return elsewhere;
}

// "use X instead" (not "instead of", nor "for an X run it is a snapshot instead", which has another subject).
bool is_followed_by_instead(const BodyText& body, const TextLine& line, std::size_t end) {
  // Of a name that ends its line, the word may stand on the next one.
  const TextLine* last = &line;
  if (letters::trim(body.text().substr(end, line.end - end)).empty() && last != &body.lines().back() &&
      (last + 1)->context == line.context)
    ++last;
  const std::string_view text = body.text().substr(end, std::min(last->end - end, window));
  std::size_t at = 0;
  while (at < text.size() &&
         !(letters::to_lower(text[at]) == 'i' && letters::starts_with_lower(text.substr(at), "instead")))
    ++at;
  if (at == text.size()) return false;
  const Words after(text);
  for (std::size_t i = 0; i < after.size() && i < 5; ++i) {
    if (after[i] == "." || after[i] == "!" || after[i] == "?" || after[i] == ";") return false;
    if (after[i] == "it" || after[i] == "it's" || after[i] == "there") return false;
    if (after[i] == "instead") return !after.has(i + 1, "of");
  }
  return false;
}

// "/ship dispatches X", "the user runs X": another command or the user does it.
bool is_done_by_another(const Words& words, std::size_t verb) {
  static constexpr auto third_person = letters::word_set("uses", "runs", "invokes", "calls", "dispatches", "launches",
                                                         "spawns", "loads", "executes", "triggers", "orchestrates");
  if (!third_person.has(words[verb])) return false;
  if (verb > 0 && (words[verb - 1] == "user" || words[verb - 1] == "users")) return true;
  for (std::size_t i = 0; i < verb; ++i)
    if (words[i].front() == '/' && words[i].size() > 1) return true;
  return false;
}

// "tell the user to run X", "the user should run X", "suggest running X": somebody else is to do it. "You are ready to
// use X": nobody is.
bool is_left_to_user(const Words& words, std::size_t verb) {
  static constexpr auto users =
      letters::word_set("user", "users", "they", "them", "human", "developer", "operator", "ready");
  static constexpr auto proposals = letters::word_set("suggest", "suggests", "recommend", "recommends", "propose");
  static constexpr auto helps = letters::word_set("to", "should", "can", "may", "must", "could", "explicitly", "then",
                                                  "first", "manually", "either", "or");
  constexpr std::size_t far = 4;
  for (std::size_t i = verb; i-- > 0 && verb - i <= far;) {
    if (users.has(words[i])) return true;
    if (!helps.has(words[i])) return proposals.has(words[i]) && i + 1 == verb;
  }
  return false;
}

// "When to use X", "Triggers: X", "- Running X" in a list of occasions: not an order.
bool is_occasion(const Words& words, std::size_t verb, const TextLine& line) {
  const std::string_view word = words[verb];
  if (verb >= 2 && words[verb - 1] == "to" && words[verb - 2] == "when") return true;
  if (letters::starts_with_lower(word, "trigger") && words.is_label(verb)) return true;
  static constexpr auto times = letters::word_set("after", "before", "when", "while");
  const bool timed = verb > 0 && times.has(words[verb - 1]);  // "- After running X"
  return line.list_item && verb <= (timed ? 2 : 1) && word.ends_with("ing");
}

// "Delegate scouting to": an order to hand over a task named in up to three words.
bool is_given_away(const Words& words, std::size_t to) {
  static constexpr auto orders = letters::word_set("delegate", "escalate", "hand", "defer", "dispatch", "forward");
  for (std::size_t back = 1; back <= 4 && back <= to; ++back) {
    const std::string_view word = words[to - back];
    if (word == "," || word == ";") return false;
    if (orders.has(word)) return true;
  }
  return false;
}

bool is_other_name(std::string_view word) {
  return word.find('-') != std::string_view::npos || word.front() == '/' || word.find(':') != std::string_view::npos;
}

// The nearest word before the name that is neither filler nor another name of the same list is a verb of use.
bool is_called(const Words& words, const TextLine& line) {
  std::size_t skipped = 0;
  for (std::size_t i = words.size(); i-- > 0 && skipped < 8; ++skipped) {
    const std::string_view word = words[i];
    if (is_use(word))
      return !is_done_by_another(words, i) && !is_left_to_user(words, i) && !is_occasion(words, i, line);
    if (word == "to")
      return i > 0 && (is_handing_over(words[i - 1]) || is_use(words[i - 1]) || is_given_away(words, i));
    if (!is_filler(word) && word != "," && !is_other_name(word) && !is_count(word)) return false;
  }
  return false;
}

// "Use `/a` for x, `/b` for y and `/c` to do z": one verb leads a list in which each name comes with its purpose.
bool shares_call(const BodyText& body, const TextLine& line, const Words& words, std::size_t end) {
  static constexpr auto purposes = letters::word_set("for", "to", "when", "if");
  constexpr std::size_t fewest = 5;  // "use /a for x ,"
  std::size_t last = words.size();
  while (last > 0 && (words[last - 1] == "and" || words[last - 1] == "or" || words[last - 1] == "the")) --last;
  if (last < fewest || words[last - 1] != ",") return false;
  const Words behind(body.text().substr(end, std::min<std::size_t>(line.end - end, 24)));
  if (behind.size() == 0 || !purposes.has(behind[0])) return false;
  for (std::size_t i = 0; i + 3 < last; ++i)
    if (is_use(words[i]))
      return (i == 0 || words.is_label(i - 1) || words[i - 1] == ":" || words[i - 1] == "-") &&
             is_other_name(words[i + 1]) && purposes.has(words[i + 2]);
  return false;
}

// In a line that begins with "Prerequisite": whether the name is to be read or used, or is listed right after the
// label.
bool is_asked_for(const Words& words) {
  bool lists = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (is_use(word) || word == "read" || word == "install" || word == "requires" || word == "need") return true;
    lists = lists && (letters::starts_with_lower(word, "prerequisite") || is_filler(word) || word == "," ||
                      word.find('-') != std::string_view::npos);
  }
  return lists;
}

// "**Complements**: `Agent(x)`": a list of related agents, written as calls.
bool stands_beside(const BodyText& body, const TextLine& line, std::size_t begin) {
  static constexpr auto relations =
      letters::word_set("base", "complements", "complement", "related", "similar", "see", "alternatives", "siblings",
                        "parent", "preceded", "followed", "precedes", "follows", "pairs", "works", "collaborates",
                        "coordinates", "integrates", "reports", "extends", "peers");
  constexpr std::size_t longest_label = 40;
  const std::string_view before = body.text().substr(line.begin, begin - line.begin);
  const std::size_t colon = before.substr(0, longest_label).find(':');
  if (colon == std::string_view::npos) return false;
  const Words label(before.substr(0, colon));
  std::size_t first = 0;  // after a list's mark
  while (first < label.size() && !letters::is_letter(label[first].front())) ++first;
  return first < label.size() && label.size() - first <= 3 && relations.has(label[first]);
}

// Whether the mark at `at`, the last of its sort before a name, opens a stretch that has a verb of use in it.
bool opens_order(std::string_view before, std::size_t at, std::size_t width) {
  if (at == std::string_view::npos) return false;
  const std::string_view inside = before.substr(at + width);
  if (inside.empty() || letters::is_space(inside.front())) return false;
  const bool opens = at == 0 || letters::is_space(before[at - 1]) ||
                     std::string_view("([{:=*>,").find(before[at - 1]) != std::string_view::npos;
  if (!opens) return false;
  const Words words(inside);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (is_use(words[i])) return true;
  return false;
}

// In quotation marks or a code span together with its verb ("Not found. Run /x first."): a message to somebody, or a
// request that somebody may make. A field's value may be quoted as a whole, and so are the nodes of a graph.
bool is_said(const BodyText& body, const TextLine& line, std::size_t begin) {
  if (line.context == Context::field) return false;
  const std::size_t from = std::max(line.begin, begin - std::min(begin, window));
  const std::string_view before = body.text().substr(from, begin - from);
  constexpr std::string_view curly = "\xE2\x80\x9C", curly_end = "\xE2\x80\x9D";
  const std::size_t quote = before.rfind('"'), opened = before.rfind(curly), closed = before.rfind(curly_end);
  const std::string_view led = letters::trim(before.substr(0, quote));
  const bool node = line.context == Context::code && (led.empty() || led.ends_with("->"));
  const bool in_curly = opened != before.npos && (closed == before.npos || closed < opened);
  return (!node && opens_order(before, quote, 1)) || opens_order(before, before.rfind('`'), 1) ||
         (in_curly && opens_order(before, opened, curly.size()));
}

// "- `/a`: runs b" below "Related commands": what a does. "- Use b to check" is an order even there.
bool tells_of_another(const Words& words, const TextLine& line) {
  if (!line.related) return false;
  std::size_t first = 0;  // after a list's mark
  while (first < words.size() && !letters::is_letter(words[first].front()) && words[first].front() != '/') ++first;
  return first == words.size() || !is_use(words[first]);
}

bool is_excluded(const BodyText& body, const TextLine& line, const Words& before, std::size_t end) {
  return line.not_for || is_warned_off(before) || is_put_behind(before) || is_sent_elsewhere(before) ||
         is_followed_by_instead(body, line, end);
}

}  // namespace

Strength strength_of(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const Words before = words_before(body, line, begin);
  if (is_excluded(body, line, before, end)) return Strength::excluded;
  if (line.printed || line.drafted) return Strength::mentioned;
  const bool called = !tells_of_another(before, line) &&
                      (is_called(before, line) || shares_call(body, line, before, end)) && !is_said(body, line, begin);
  if (line.prerequisite && (called || line.list_item || is_asked_for(before))) return Strength::required;
  return called ? Strength::invoked : Strength::mentioned;
}

Strength call_strength(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const Words before = words_before(body, line, begin);
  if (is_excluded(body, line, before, end)) return Strength::excluded;
  if (line.printed || (stands_beside(body, line, begin) && !is_called(before, line))) return Strength::mentioned;
  return line.prerequisite ? Strength::required : Strength::invoked;
}

}  // namespace cascade::manifest
