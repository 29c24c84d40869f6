// Asked only of what would be a call otherwise, so that few lines are searched upwards. Lead-ins that a whole list
// hangs on are read once for all lines (lead_words.h).
#include "manifest/shown.h"

#include "manifest/message.h"
#include "manifest/ordered_code.h"
#include "manifest/phrases.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <string_view>

namespace cascade::manifest {
namespace {

// The beginning of a line, which says what it is. A line may be as long as the file.
std::string_view beginning(const BodyText& body, const TextLine& line) {
  constexpr std::size_t longest = 160;
  return body.text(line).substr(0, longest);
}

// "... X when you want control", "... X anytime": the rest of the sentence leaves it to somebody.
bool is_left_open(std::string_view rest) {
  rest = rest.substr(0, std::min(rest.find(". "), std::min<std::size_t>(rest.size(), sentence_window)));
  return says(rest, Says::left_open);
}

// "Need a list? Use X", "Not sure? Try X": an answer to what somebody may ask.
bool answers_question(const BodyText& body, const TextLine& line, std::size_t end) {
  static constexpr auto first =
      letters::word_set("need", "want", "looking", "not", "prefer", "stuck", "curious", "unsure", "wondering");
  const std::size_t from = end - std::min(end - line.begin, sentence_window);
  const std::string_view before = body.text().substr(from, end - from);
  const std::size_t mark = before.rfind('?');
  if (mark == std::string_view::npos || before.find(". ", mark) != std::string_view::npos) return false;
  std::size_t begin = before.rfind(". ", mark);
  begin = begin == std::string_view::npos ? 0 : begin + 2;
  while (begin < mark && !letters::is_letter(before[begin])) ++begin;
  std::size_t word = begin;
  while (word < mark && letters::is_letter(before[word])) ++word;
  return first.has(before.substr(begin, word - begin));
}

// Below "When to use", "Limitations", "Suggestions": who else there is, for what is not done here. Commands below
// "Usage" or "Integration with other commands" are for whoever types them.
bool stands_apart(const BodyText& body, const TextLine& line, bool command) {
  const TextLine* const above = body.heading_above(line);
  if (above == nullptr) return false;
  const std::string_view heading = beginning(body, *above);
  return says(heading, Says::aside) || (command && says(heading, Says::aside_command));
}

// "To free crates, use /x", "use /x to check your list", "add your crates, then use /x", "use /x afterward": how
// somebody who types commands does it.
bool tells_how(const SentenceWords& before, std::string_view rest) {
  rest = rest.substr(0, std::min(rest.find(". "), std::min<std::size_t>(rest.size(), sentence_window)));
  const std::size_t first = before.size() > 0 && !letters::is_letter(before[0].front()) ? 1 : 0;
  for (std::size_t i = first + 1; i < before.size(); ++i)  // "Your job is to use /x" speaks to the reader
    if (before[i] == "your") return true;
  return before.has(first, "to") || rest.find(" your ") != std::string_view::npos ||
         rest.find(" afterward") != std::string_view::npos;
}

// "Shall I run X now?"
bool is_asked_about(std::string_view rest) {
  rest = rest.substr(0, sentence_window);
  for (std::size_t end = rest.find_first_of(".!?;:"); end != std::string_view::npos;
       end = rest.find_first_of(".!?;:", end + 1))
    if (end + 1 == rest.size() || !letters::is_word(rest[end + 1])) return rest[end] == '?';
  return false;
}

}  // namespace

bool is_shown(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
              std::size_t end) {
  const std::string_view rest = body.behind(line, end);
  const bool command = body.text()[begin] == '/';
  if (line.told || rest.starts_with(" --help") || is_left_open(rest) || answers_question(body, line, end)) return true;
  if ((command && tells_how(before, rest)) || is_asked_about(rest) || is_in_message(body, line) ||
      stands_apart(body, line, command))
    return true;
  if (line.context != Context::code) return false;
  if (command && !is_ordered_code(body, line)) return true;
  const std::string_view shown = letters::trim(beginning(body, line));
  const bool offered = shown.size() > 3 && shown[0] == '[' && letters::is_digit(shown[1]) && shown[2] == ']';
  return offered || shown.starts_with("> ") || (before.size() > 0 && before[0] == "next" && before.is_label(0));
}

bool is_shown_command(const BodyText& body, const TextLine& line) { return line.told || !is_ordered_code(body, line); }

}  // namespace cascade::manifest
