// The clause before a name is read first (prose/sentence.h): what refuses excludes, because a warning taken for an
// order would load what the author forbids. Where it says nothing, the nearest word before the name that is not filler
// decides: a verb of use calls it, anything else only mentions it. At most 160 bytes and 40 words are read.
#include "manifest/references.h"

#include <algorithm>

#include "manifest/line_words.h"
#include "text/ascii.h"
#include "text/word_set.h"
#include "unicode/utf8.h"

namespace cascade::manifest {
namespace {

using prose::no_word;

// The last bytes of [from, begin) of the text, as many as are read of a sentence.
std::string_view window_before(const BodyText& body, std::size_t from, std::size_t begin) {
  from = std::max(from, begin - std::min(begin, sentence_window));
  return body.text().substr(from, begin - from);
}

SentenceWords words_before(const BodyText& body, const TextLine& line, std::size_t begin) {
  SentenceWords words(window_before(body, body.sentence_begin(line), begin));
  words.keep_last_sentence();
  return words;
}

bool holds(const SentenceWords& words, prose::Roles roles) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words.is(i, roles)) return true;
  return false;
}

// The nearest word before the name that is not filler; empty: none.
std::string_view nearest_word(const SentenceWords& words) {
  std::size_t last = words.size();
  while (last > 0 && words.is(last - 1, prose::roles::filler)) --last;
  return last == 0 ? std::string_view() : words[last - 1];
}

// "a-b", "/a", "a:b", and an arrow between two.
bool is_other_name(std::string_view word) {
  return word == "→" || word.find('-') != std::string_view::npos || word.front() == '/' ||
         word.find(':') != std::string_view::npos;
}

// Whether the mark at `at`, the last of its sort before a name, opens a stretch that has a verb of use in it.
bool opens_order(std::string_view before, std::size_t at, std::size_t width) {
  if (at == std::string_view::npos) return false;
  const std::string_view inside = before.substr(at + width);
  if (inside.empty() || letters::is_space(inside.front())) return false;
  const bool opens = at == 0 || letters::is_space(before[at - 1]) ||
                     std::string_view("([{:=*>,").find(before[at - 1]) != std::string_view::npos;
  if (!opens) return false;
  return holds(SentenceWords(inside), prose::roles::is_use | prose::roles::doing);
}

// In quotation marks or a code span together with its verb ("Not found. Run /x first."): a message to somebody, or a
// request that somebody may make. A field's value may be quoted as a whole, and so are the nodes of a graph. `begin` is
// where the name begins, in bytes of the body. Reads at most one sentence window of the line and of three above it.
bool is_said(const BodyText& body, const TextLine& line, std::size_t begin) {
  if (line.context == Context::field) return false;
  const std::string_view before = window_before(body, line.begin, begin);
  constexpr std::string_view curly = "\xE2\x80\x9C", curly_end = "\xE2\x80\x9D";
  const std::size_t quote = before.rfind('"'), opened = before.rfind(curly), closed = before.rfind(curly_end);
  const std::string_view led = letters::trim(before.substr(0, quote));
  const bool node = line.context == Context::code && (led.empty() || led.ends_with("->"));
  const bool in_curly = opened != before.npos && (closed == before.npos || closed < opened);
  return (!node && opens_order(before, quote, 1)) || opens_order(before, before.rfind('`'), 1) ||
         (in_curly && opens_order(before, opened, curly.size()));
}

// "one x-y agent per hold", "a fresh x-y", "step 1 (x-y)".
bool is_count(std::string_view word) {
  static constexpr auto words = letters::word_set("one", "two", "three", "each", "every", "another", "new", "fresh",
                                                  "separate", "multiple", "several", "step", "phase", "stage");
  return words.has(word) || letters::is_digit(word.front());
}

constexpr auto begins_time = letters::word_set("after", "before", "when", "while");

// "When to use X", "whether to load X", "Triggers: X", "- Running X" in a list of occasions, "## Using X", "## How to
// run X", "Next steps: run X", "you run alongside X": not an order.
bool is_occasion(const SentenceWords& words, std::size_t verb, const TextLine& line) {
  const std::string_view word = words[verb];
  if (verb >= 2 && words[verb - 1] == "to" && (words[verb - 2] == "when" || words[verb - 2] == "whether")) return true;
  if (line.context == Context::heading && (word.ends_with("ing") || (verb > 0 && words[verb - 1] == "to"))) return true;
  if ((letters::starts_with_lower(word, "trigger") || word == "prefer") && words.is_label(verb)) return true;
  const std::size_t label = verb > 0 && words[verb - 1] == ":" ? verb - 1 : verb;  // behind bold type
  if (label > 1 && words.is_label(label - 1) && words[label - 1].starts_with("step") && words[label - 2] == "next")
    return true;
  if (word.starts_with("run") && words.has(verb + 1, "alongside")) return true;
  if (word.ends_with("ing") && verb > 0 && words[verb - 1] == "about") return true;  // "a message about using X"
  const bool timed = verb > 0 && begins_time.has(words[verb - 1]);                   // "- After running X"
  return word.ends_with("ing") && (timed || (line.list_item && verb <= 1));
}

// "Delegate scouting to", "hands the list to": what is handed over is named in up to five words.
bool is_given_away(const SentenceWords& words, std::size_t to) {
  constexpr std::size_t far = 6;
  for (std::size_t at = to; at-- > 0 && to - at <= far && words[at] != "," && words[at] != ";";)
    if (words.is(at, prose::roles::hands_over)) return true;
  return false;
}

// "Hand off to", "delegates to", "call out to": `to` is preceded by a verb, and it is not another's.
bool is_handed_on(const SentenceWords& words, std::size_t to) {
  const bool back = to > 1 && words[to - 1] == "back" && words[to - 2].starts_with("fall");
  if (!back && !words.is(to - 1, prose::roles::is_use) && !is_given_away(words, to)) return false;
  const std::size_t verb = back || (to > 1 && (words[to - 1] == "off" || words[to - 1] == "over")) ? to - 2 : to - 1;
  return verb == 0 || !begins_time.has(words[verb - 1]);  // "before handing off to"
}

// The nearest verb of use before a name, and a "with" or "via" on the way to it.
struct Leading {
  std::size_t verb = no_word, means = no_word;
};

// "the packing skill (", "the fitting skill:": the word before the kind says which one is meant, and the name says it
// again.
bool is_told_twice(const SentenceWords& words, std::size_t i) {
  return i + 2 == words.size() && kind_word(words[i + 1]) != 0 && (words.is_bracket_open() || words.is_label(i + 1));
}

// The nearest word before the name that is neither filler nor another name of the same list is a verb of use.
bool is_called(const SentenceWords& words, const TextLine& line, Leading& leading) {
  std::size_t skipped = 0;
  for (std::size_t i = words.size(); i-- > 0 && skipped < 8; ++skipped) {
    const std::string_view word = words[i];
    if (words.is(i, prose::roles::is_use)) {
      leading.verb = i;
      const bool noun = i > 0 && words.is(i - 1, prose::roles::det) && word.ends_with("ing");  // "the calling skill"
      return !noun && !is_occasion(words, i, line);
    }
    if (word == "to") return i > 0 && is_handed_on(words, i);
    if (word == "with" || word == "via" || word == "through") leading.means = i;
    if (!words.is(i, prose::roles::filler) && word != "," && !is_other_name(word) && !is_count(word) &&
        !is_told_twice(words, i))
      return false;
  }
  return false;
}

// Whether the verb before the name calls it, and the clause does not say that somebody else does it, or may.
bool is_called_by_verb(const SentenceWords& words, const TextLine& line, const prose::Reading& reading,
                       Leading& leading) {
  if (!is_called(words, line, leading)) return false;
  if (reading.stance != prose::Stance::told && reading.stance != prose::Stance::advised) return true;
  if (reading.denied || reading.by_others) return false;
  const std::size_t verb = leading.verb;
  const bool by_doing = verb != no_word && verb > 0 && words.has(verb - 1, "by");  // "do it by running x"
  return verb == no_word || verb != reading.head || by_doing;
}

// A description tells others when to choose its manifest; what it orders ("for weights, invoke x") is for those who
// choose. "Runs x" and "then run x" say what the manifest itself does.
bool orders_chooser(const BodyText& body, const TextLine& line, const SentenceWords& words, std::size_t verb) {
  if (line.context != Context::field || verb >= words.size() || line.list_item) return false;
  static constexpr auto in_turn = letters::word_set("i", "then", "first", "always", "must");
  const bool own =
      words[verb].ends_with("s") || words[verb].ends_with("ing") || (verb > 0 && in_turn.has(words[verb - 1]));
  return !own && !body.text(line).starts_with("initialPrompt:");
}

// A bare name behind "with" may be a partner ("design schemas with x-y"); a mark or a kind word tells that it is none.
bool is_marked(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const std::string_view text = body.text();
  if (text[begin] == '/' || text[begin] == '@' || (begin > line.begin && !letters::is_space(text[begin - 1])))
    return true;
  const SentenceWords behind(text.substr(end, std::min<std::size_t>(line.end - end, 16)));
  return behind.size() > 0 && kind_word(behind[0]) != 0;
}

// "Run X first", "run X or Y first.": in the same clause, behind the name.
bool comes_first(std::string_view rest) {
  static constexpr auto following = letters::word_set(".", ",", ";", "!", "and", "then", "to", "before", "if");
  constexpr std::size_t far = 9;
  const SentenceWords words(rest);
  for (std::size_t i = 0; i < words.size() && i < far; ++i) {
    if (words[i] == "first")
      return (i == 0 || (words[i - 1] != "the" && words[i - 1] != "your" && words[i - 1] != "its")) &&
             (i + 1 == words.size() || following.has(words[i + 1]) || rest.find("first.*") != rest.npos);
    if (words[i] == "." || words[i] == ";" || words[i] == "," || words[i] == "—") return false;
  }
  return false;
}

// "Resolve them with", "commit each crate via": an order whose means is the name. `at` is the preposition. In "count
// the crates (in one row with" it says something else in brackets.
bool is_done_with(const SentenceWords& words, std::size_t at) {
  static constexpr auto before_verb =
      letters::word_set("then", "and", "also", "first", "next", "always", "now", "please");
  std::size_t first = at;
  while (first > 0 && words[first - 1] != "," && words[first - 1] != ";" && !words.is_label(first - 1)) --first;
  while (first < at && (!letters::is_letter(words[first].front()) || before_verb.has(words[first]))) ++first;
  return first < at && words.is(first, prose::roles::doing) && !words.is_in_brackets(first, at);
}

// "Config not found. Create it with X", "stop and tell the user to run X first": there is nothing to work on before X
// has run, whoever runs it.
bool is_needed(const BodyText& body, const TextLine& line, const SentenceWords& words, const Leading& leading,
               std::size_t begin, std::size_t end) {
  const bool used = leading.verb != no_word && !is_occasion(words, leading.verb, line) &&
                    (leading.verb == 0 || !words.is(leading.verb - 1, prose::roles::rel));
  if (!used && (leading.means == no_word || !is_done_with(words, leading.means))) return false;
  if (holds(words, prose::roles::proposes | prose::roles::lead)) return false;
  // "first" may stand on the next line.
  const bool goes_on = &line != &body.lines().back() && (&line + 1)->context == line.context && !(&line + 1)->list_item;
  const std::size_t limit = goes_on ? (&line + 1)->end : line.end;
  if (comes_first(body.text().substr(end, std::min(limit - end, sentence_window)))) return true;
  return says(window_before(body, body.sentence_begin(line), begin), Says::missing);
}

// In a line that begins with "Prerequisite": whether the name is to be read or used, or is listed right after the
// label.
bool is_asked_for(const SentenceWords& words) {
  bool lists = true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (words.is(i, prose::roles::is_use) || word == "read" || word == "install" || word == "requires" ||
        word == "need")
      return true;
    lists = lists && (letters::starts_with_lower(word, "prerequisite") || words.is(i, prose::roles::filler) ||
                      word == "," || word.find('-') != std::string_view::npos);
  }
  return lists;
}

// "**Complements**: `Agent(x)`": a list of related agents, written as calls.
bool stands_beside(const BodyText& body, const TextLine& line, std::size_t begin) {
  constexpr std::size_t longest_label = 40;
  const std::string_view before = body.text().substr(line.begin, begin - line.begin);
  const std::size_t colon = before.substr(0, longest_label).find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view label = before.substr(0, colon);
  const auto first = std::ranges::find_if(label, letters::is_letter);
  return says(label.substr(static_cast<std::size_t>(first - label.begin())), Says::beside);
}

// "- `x`: what for" below "Launch these agents:": nothing but the list's mark, a number or the kind stands before it,
// or what it is for and an arrow ("1. **Pack** → `x`").
bool leads_ordered_item(const SentenceWords& words, const TextLine& line) {
  if (!line.ordered) return false;
  if (nearest_word(words) == "→") return true;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (letters::is_letter(words[i].front()) && !words.is(i, prose::roles::filler) && !is_count(words[i]) &&
        !is_other_name(words[i]))
      return false;
  return true;
}

// What follows the name on its line, behind its marks and a blank; empty where no blank follows.
std::string_view word_behind(const BodyText& body, const TextLine& line, std::size_t end) {
  constexpr std::size_t near = 24;
  std::string_view behind = body.text().substr(end, std::min(std::max(end, line.end) - end, near));
  while (!behind.empty() && (behind.front() == '`' || behind.front() == '*' || behind.front() == '"'))
    behind.remove_prefix(1);
  if (behind.empty() || behind.front() != ' ') return {};
  return behind.substr(1);
}

// Orders in scripts without blanks. Most names have none of their bytes near them.
UnspacedOrder unspaced_order_of(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  constexpr std::size_t near = 16;
  const std::string_view text = body.text();
  const auto is_ascii = [](std::string_view part) { return unicode::skip_ascii(part, 0) == part.size(); };
  const std::size_t ahead = std::min(begin - line.begin, near), behind = std::max(end, line.end) - end;
  if (is_ascii(text.substr(begin - ahead, ahead)) && is_ascii(text.substr(end, std::min(behind, near))))
    return UnspacedOrder::none;
  return unspaced_order(window_before(body, line.begin, begin), body.behind(line, end));
}

// "- `/a`: runs b" below "Related commands": what a does. "- Use b to check" is an order even there.
bool tells_of_another(const SentenceWords& words, const TextLine& line) {
  if (!line.related) return false;
  bool begins = true;  // a clause
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (begins && words.is(i, prose::roles::is_use) && !words[i].ends_with("s")) return false;
    begins = words[i] == "," || (begins && !letters::is_letter(words[i].front()) && words[i].front() != '/');
  }
  return true;
}

// What the clause around a name in running text says of it.
prose::Reading reading_of(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
                          std::size_t end) {
  constexpr std::size_t near = 100;
  if (begin > line.begin && (body.text()[begin - 1] == '/' || body.text()[begin - 1] == ':')) return {};  // in a path
  const std::size_t owned = body.text().find_first_not_of("`*", end);
  if (owned != body.text().npos && body.text()[owned] == '\'' && body.text().substr(owned, 2) != "' ")
    return {prose::Stance::told};  // "X's table"
  std::size_t from = end;
  while (from < line.end && is_enclosing(body.text()[from])) ++from;
  const SentenceWords behind(body.text().substr(from, std::min(std::max(from, line.end) - from, near)));
  const bool whole = begin - body.sentence_begin(line) <= sentence_window;
  return prose::read_clause({before, behind, whole, line.context == Context::running});
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
  const std::string_view before = window_before(body, line.begin, begin);
  const std::size_t open = before.rfind('('), close = before.rfind(')');
  return negated || (open != before.npos && (close == before.npos || close < open));
}

// "Follow the rules from", "**Reference**: apply the steps in", "load and follow the rules in": an order to go by what
// is written somewhere.
bool is_followed(const SentenceWords& words) {
  static constexpr auto orders = letters::word_set("follow", "apply", "adhere", "obey");
  static constexpr auto before_order = letters::word_set("load", "read", "open", "then");
  std::size_t first = 0;
  while (first < words.size() && (!letters::is_letter(words[first].front()) || words.is_label(first))) ++first;
  if (first + 2 < words.size() && before_order.has(words[first]) && words[first + 1] == "and") first += 2;
  return first < words.size() && orders.has(words[first]);
}

// "Follow the rules in": what comes next is where they are written.
bool is_followed_in(const SentenceWords& words) {
  const std::string_view nearest = nearest_word(words);
  return (nearest == "from" || nearest == "in" || nearest == "per") && is_followed(words);
}

// "Read the `x` skill", "follow the rules in the `x` skill", "if `x` is not loaded, load it": that loads it.
bool is_skill_read(const BodyText& body, const TextLine& line, const SentenceWords& words, std::size_t end) {
  if ((line.own & kinds_skill) == 0) return false;
  const std::string_view rest = body.text().substr(end, std::min(line.end - end, sentence_window));
  for (const std::string_view order : {", load it", ", invoke it", ", use it"})
    if (rest.find(order) != std::string_view::npos && (order != ", use it" || words.has(0, "if"))) return true;
  const std::string_view nearest = nearest_word(words);
  if (nearest != "read" && nearest != "consult" && !is_followed_in(words)) return false;
  const SentenceWords behind(rest.substr(0, 12));
  return behind.size() > 0 && kind_word(behind[0]) == kinds_skill;
}

// "Read ../x/SKILL.md", "you must read [x](../x/SKILL.md)", "follow the steps in x/SKILL.md": the file is the skill.
bool is_skill_file_read(const BodyText& body, const SentenceWords& words, std::size_t end) {
  static constexpr auto before_order =
      letters::word_set("must", "then", "first", "always", "and", "now", "please", ",");
  if (!body.text().substr(0, end).ends_with("/SKILL.md")) return false;
  if (is_followed_in(words)) return true;
  std::size_t read = words.size();
  while (read > 0 && words[read - 1] != "read") --read;
  if (read == 0 || nearest_word(words) != "read") return false;
  const std::size_t before = read - 1;
  return before == 0 || words.is_label(before - 1) || !letters::is_letter(words[before - 1].front()) ||
         before_order.has(words[before - 1]);
}

constexpr auto purposes = letters::word_set("for", "to", "when", "if");

// Whether the verb of use or of handing over at `verb` begins its clause and has a name with a purpose behind it: "use
// /a for", "hand off to /a (new) to".
bool gives_name_with_purpose(const SentenceWords& words, std::size_t verb) {
  constexpr std::size_t near = 3;
  const bool begins = verb == 0 || words.is_label(verb - 1) || words[verb - 1] == ":" || words[verb - 1] == "-" ||
                      words[verb - 1] == "," || words[verb - 1] == "→";
  std::size_t name = verb + 1;
  while (name < words.size() && name < verb + near && !is_other_name(words[name])) ++name;
  if (!begins || name >= words.size() || !is_other_name(words[name])) return false;
  if (!words.is(verb, prose::roles::is_use) && !(words[name - 1] == "to" && words.is(verb, prose::roles::hands_over)))
    return false;
  for (std::size_t i = name + 1; i < words.size() && i <= name + near && words[i] != ","; ++i)
    if (purposes.has(words[i])) return true;
  return false;
}

// "Use `/a` for x, `/b` for y and `/c` to do z", "hand off to a-b to paint, then c-d to wash": one verb leads a list in
// which each name comes with its purpose.
bool shares_call(const BodyText& body, const TextLine& line, const SentenceWords& words, std::size_t end) {
  constexpr std::size_t fewest = 5;  // "use /a for x ,"
  static constexpr auto joints = letters::word_set("and", "or", "the", "then");
  std::size_t last = words.size();
  while (last > 0 && joints.has(words[last - 1])) --last;
  if (last < fewest || words[last - 1] != ",") return false;
  const SentenceWords behind(body.text().substr(end, std::min<std::size_t>(line.end - end, 24)));
  if (behind.size() == 0 || !purposes.has(behind[0])) return false;
  for (std::size_t i = 0; i + 3 < last; ++i)
    if (words.is(i, prose::roles::is_use | prose::roles::hands_over)) return gives_name_with_purpose(words, i);
  return false;
}

// "do not call X", "rather than X", "instead of X", "not for this, use X", "use X instead", or a line below a heading
// such as "When not to use". `before`: the words of the sentence up to the name, which is [begin, end).
bool is_excluded(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
                 std::size_t end) {
  const bool negated = holds(before, prose::roles::neg | prose::roles::forbid_foreign | prose::roles::refuses);
  return line.not_for || (negated && is_sent_elsewhere(before)) || is_followed_by_instead(body, line, end) ||
         is_for_another(line, before) || is_for_that(body, line, negated, begin, end);
}

}  // namespace

Strength strength_of(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const SentenceWords before = words_before(body, line, begin);
  if (is_excluded(body, line, before, begin, end)) return Strength::excluded;
  const prose::Reading reading = reading_of(body, line, before, begin, end);
  const bool running = line.context == Context::running;
  if (reading.stance == prose::Stance::refused) return Strength::excluded;
  // A bare name may be an ordinary word, or that of a partner in a list of such.
  const bool ordered =
      running && reading.stance == prose::Stance::ordered &&
      (is_marked(body, line, begin, end) ||
       (!line.list_item && reading.part != prose::Part::means &&
        before.is(reading.head, prose::roles::is_use | prose::roles::hands_over | prose::roles::gives))) &&
      (reading.head == no_word || !is_occasion(before, reading.head, line));
  const std::string_view behind = word_behind(body, line, end);
  if (line.drafted || says(behind, Says::oneself)) return Strength::mentioned;
  Leading leading;
  const bool by_verb =
      is_called_by_verb(before, line, reading, leading) && !orders_chooser(body, line, before, leading.verb);
  if (line.printed) return is_needed(body, line, before, leading, begin, end) ? Strength::invoked : Strength::mentioned;
  const UnspacedOrder unspaced = unspaced_order_of(body, line, begin, end);
  if (unspaced == UnspacedOrder::refusal) return Strength::excluded;
  const bool called =
      (!tells_of_another(before, line) &&
       (ordered || by_verb || unspaced == UnspacedOrder::call || leads_ordered_item(before, line) ||
        shares_call(body, line, before, end) || is_skill_read(body, line, before, end) ||
        is_skill_file_read(body, before, end)) &&
       !is_said(body, line, begin) && !is_shown(body, line, before, begin, end)) ||
      ((leading.verb != no_word || leading.means != no_word) && is_needed(body, line, before, leading, begin, end));
  if (line.prerequisite && (called || line.list_item || is_asked_for(before))) return Strength::required;
  return called && !says(behind, Says::program) ? Strength::invoked : Strength::mentioned;
}

Strength call_strength(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end) {
  const SentenceWords before = words_before(body, line, begin);
  if (is_excluded(body, line, before, begin, end)) return Strength::excluded;
  if (reading_of(body, line, before, begin, end).stance == prose::Stance::refused) return Strength::excluded;
  Leading leading;
  if (line.printed || (stands_beside(body, line, begin) && !is_called(before, line, leading)))
    return Strength::mentioned;
  return line.prerequisite ? Strength::required : Strength::invoked;
}

}  // namespace cascade::manifest
