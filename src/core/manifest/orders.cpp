// Each order is a short pattern of words before a name, or of a list that it is in. Bounded by the sentence that
// SentenceWords holds.
#include "manifest/orders.h"

#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>

namespace cascade::manifest {

bool is_other_name(std::string_view word) {
  return word == "→" || word.find('-') != std::string_view::npos || word.front() == '/' ||
         word.find(':') != std::string_view::npos;
}

bool is_done_with(const SentenceWords& words, std::size_t at) {
  static constexpr auto before_verb =
      letters::word_set("then", "and", "also", "first", "next", "always", "now", "please");
  std::size_t first = at;
  while (first > 0 && words[first - 1] != "," && words[first - 1] != ";" && !words.is_label(first - 1)) --first;
  while (first < at && (!letters::is_letter(words[first].front()) || before_verb.has(words[first]))) ++first;
  return first < at && words.is(first, prose::roles::doing) && !words.is_in_brackets(first, at);
}

std::string_view nearest_word(const SentenceWords& words) {
  std::size_t last = words.size();
  while (last > 0 && words.is(last - 1, prose::roles::filler)) --last;
  return last == 0 ? std::string_view() : words[last - 1];
}

namespace {

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

}  // namespace

bool is_read_as_skill(const BodyText& body, const TextLine& line, const SentenceWords& words, std::size_t end) {
  return is_skill_read(body, line, words, end) || is_skill_file_read(body, words, end);
}

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

}  // namespace cascade::manifest
