// A verb of use orders nothing where somebody else is its subject. The words right before the verb tell.
#include "manifest/doers.h"

#include "prose/words.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <string_view>

namespace cascade::manifest {
namespace {

bool is_one_manifest(std::string_view word) {
  static constexpr auto words = letters::word_set("skill", "agent", "command", "subagent", "workflow", "orchestrator");
  return words.has(word);
}

// "its post-mortem hands off", "whose review runs": a part of what was spoken of before.
bool is_owned(const SentenceWords& words, std::size_t noun) {
  return noun > 0 && (words[noun - 1] == "its" || words[noun - 1] == "their" || words[noun - 1] == "whose");
}

// "The yard's morning round loads": whose doing it is. "This skill's" is the reader's own.
bool is_done_by_owner(const SentenceWords& words, std::size_t verb) {
  static constexpr auto short_forms = letters::word_set("it's", "that's", "let's", "here's", "there's", "what's");
  constexpr std::size_t far = 5;
  for (std::size_t i = verb; i-- > 0 && verb - i <= far;) {
    if (words[i] == "," || words.is_label(i)) return false;
    if (words[i].ends_with("'s") && !short_forms.has(words[i])) return i == 0 || words[i - 1] != "this";
  }
  return false;
}

// "Tell the user to go on or use X": `verb` shares the "to" of what the user is to do. A comma parts what the reader
// does.
bool shares_users_task(const SentenceWords& words, std::size_t verb) {
  if (verb < 4 || words[verb - 1] != "or") return false;
  for (std::size_t i = verb - 1; i > 0 && words[i] != "," && words[i] != ";"; --i)
    if (words[i] == "to" && (words[i - 1] == "user" || words[i - 1] == "users" || words[i - 1] == "them")) return true;
  return false;
}

// "`/ship` builds it, then closes out by running X": what /ship does.
bool tells_how_another_does(const SentenceWords& words, std::size_t verb) {
  if (verb == 0 || words[verb - 1] != "by" || !words[verb].ends_with("ing")) return false;
  for (std::size_t i = 0; i + 1 < verb; ++i)
    if (words[i].size() > 1 && words[i].front() == '/' && words[i + 1].ends_with("s")) return true;
  return false;
}

// "The orchestrator dispatches x": what who leads others does.
bool is_done_by_lead(const SentenceWords& words, std::size_t verb) {
  return verb > 1 && words.is(verb - 1, prose::roles::lead) && words[verb - 2] == "the";
}

}  // namespace

bool is_proposal(std::string_view word) {
  static constexpr auto words =
      letters::word_set("suggest", "suggests", "suggesting", "recommend", "recommends", "recommending", "propose",
                        "proposes", "offer", "offers", "offering", "consider");
  return words.has(word);
}

bool is_caller(const SentenceWords& words, std::size_t i) {
  static constexpr auto callers = letters::word_set("calling", "invoking", "parent", "dispatching", "caller's");
  return words[i] == "caller" || (i > 0 && is_one_manifest(words[i]) && callers.has(words[i - 1]));
}

bool describes_caller(const SentenceWords& words, std::size_t i) {
  static constexpr auto articles = letters::word_set("the", "a", "your", "its", "each", "every", "any");
  return i > 0 && i + 1 < words.size() && articles.has(words[i - 1]) && is_caller(words, i + 1);
}

bool is_done_by_another(const SentenceWords& words, std::size_t verb) {
  if (!words.is(verb, prose::roles::third)) return tells_how_another_does(words, verb);
  if (is_done_by_lead(words, verb)) return true;
  if (verb > 0 && (words[verb - 1] == "user" || words[verb - 1] == "users" || is_caller(words, verb - 1) ||
                   is_owned(words, verb - 1)))
    return true;
  if (is_done_by_owner(words, verb)) return true;
  const bool it = verb > 0 && words[verb - 1] == "it";  // "use x-y, it runs X"
  for (std::size_t i = 0; i < verb; ++i)
    if (it && i + 1 < verb && words[i].find('-') != std::string_view::npos && letters::is_letter(words[i].front()))
      return true;
  for (std::size_t i = 0; i < verb; ++i)
    if (words[i].size() > 1 && (words[i].front() == '/' || words[i].find(':') != std::string_view::npos)) return true;
  return false;
}

bool is_of_relative_clause(const SentenceWords& words, std::size_t verb) {
  return verb > 0 && (words[verb - 1] == "that" || words[verb - 1] == "which" || words[verb - 1] == "who");
}

bool is_left_to_user(const SentenceWords& words, std::size_t verb) {
  static constexpr auto users =
      letters::word_set("user", "users", "they", "them", "human", "developer", "operator", "ready");
  static constexpr auto helps =
      letters::word_set("to", "should", "can", "may", "must", "could", "will", "would", "wants", "want", "explicitly",
                        "then", "first", "manually", "either", "or", "knows", "know", "is", "are");
  constexpr std::size_t far = 4;
  if (shares_users_task(words, verb)) return true;
  for (std::size_t i = verb; i-- > 0 && verb - i <= far;) {
    if (users.has(words[i]) || is_caller(words, i)) return true;
    if (!helps.has(words[i]))
      return is_proposal(words[i]) && (i + 1 == verb || (i + 2 == verb && words[i + 1] == "to"));
  }
  return false;
}

}  // namespace cascade::manifest
