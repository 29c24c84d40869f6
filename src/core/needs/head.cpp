// Of all rows that a clause begins with the longest decides: "don't forget to" asks, "don't" limits. A verb that is a
// noun as well asks only before what may be its object, or at the beginning of a sentence.
#include "needs/head.h"

#include <algorithm>

#include "text/one_of.h"

namespace cascade::needs {
namespace {

using letters::is_one_of;

class HeadReader {
 public:
  HeadReader(const Message& message, Words words, bool asked, bool inside)
      : message_(message),
        words_(words),
        asked_(asked),
        inside_(inside),
        belongs_(message.row_at(words, roles::belongs)),
        opens_(message.row_at(words, roles::opens)),
        verb_(message.row_at(words, roles::acts)) {}

  Head read() {
    if (words_.empty()) return Head::none;
    if (message_.row_at(words_, roles::again)) return Head::again;
    const bool limits = (belongs_.roles & roles::limits) != 0;
    if (belongs_.roles == roles::handles) return Head::handles;
    if (limits && belongs_.size >= std::max(opens_.size, verb_.size) && belongs_.size != opens_.size)
      return Head::limits;
    if ((opens_.roles & roles::ask) != 0 && opens_.size >= verb_.size) return behind_ask();
    if ((opens_.roles & roles::wish) != 0 && opens_.size >= verb_.size) return Head::wish;
    if (const Head question = question_head(); question != Head::none) return question;
    if ((belongs_.roles & roles::reason) != 0 && belongs_.size >= verb_.size) return Head::reason;
    if (verb_) return behind_verb();
    if (verb_at_end()) return Head::request;
    if ((belongs_.roles & roles::limits) != 0) return Head::limits;
    if ((belongs_.roles & roles::closing) != 0 && !message_.is(words_.begin, roles::object) &&
        !is_one_of(first(), {"there", "theres", "somebody", "nobody", "someone"}))
      return Head::closing;
    return wanted_by_somebody() ? Head::wish : Head::statement;
  }

 private:
  std::string_view first() const { return message_.text_of(words_.begin); }
  Words behind(std::size_t count) const { return {std::min(words_.begin + count, words_.end), words_.end}; }

  Head behind_ask() const {
    Words rest = behind(opens_.size);
    while (const Row row = message_.row_at(rest, roles::politeness)) rest.begin += row.size;
    if (rest.empty()) return Head::none;
    const Row belongs = message_.row_at(rest, roles::belongs);
    if (belongs.roles == roles::handles) return Head::handles;
    const bool limits = (belongs.roles & roles::limits) != 0;
    return limits && message_.row_at(rest, roles::acts).size < belongs.size && !message_.row_at(rest, roles::opens)
               ? Head::limits
               : Head::ask;
  }

  Head question_head() const {
    if ((opens_.roles & roles::question) == 0) return Head::none;
    if (is_one_of(first(), {"whats", "wheres", "hows"}) && (!inside_ || first() == "whats")) return Head::question;
    if (belongs_ && opens_.size < belongs_.size) return Head::none;
    const Words rest = behind(opens_.size);
    const bool aux = !rest.empty() && message_.is(rest.begin, roles::aux);
    if (asked_ && !inside_) return Head::question;
    const bool later = is_one_of(first(), {"what", "which"}) && has_aux(behind(1), 4);
    if (aux || later) return !inside_ || aux ? Head::question : Head::statement;
    if (asked_ && message_.is(words_.begin, roles::aux)) return Head::question;
    if (inside_) return Head::statement;
    return is_one_of(first(), {"how", "why"}) && words_.size() > 3 && !belongs_ ? Head::question : Head::none;
  }

  bool has_aux(Words words, std::size_t within) const {
    for (std::size_t i = words.begin; i < std::min(words.end, words.begin + within); ++i)
      if (message_.is(i, roles::aux)) return true;
    return false;
  }

  Head behind_verb() const {
    const Words rest = behind(verb_.size);
    if (rest.empty()) return Head::request;
    const std::string_view next = message_.text_of(rest.begin);
    if ((verb_.roles & roles::verb) != 0)
      return (message_.is(rest.begin, roles::aux) || next == "of") && first() != "get" ? Head::statement
                                                                                       : Head::request;
    if (is_one_of(next, {"if", "whether", "that", "which", "how", "what"})) return Head::request;
    if (message_.is(rest.begin, roles::object) || next.find_first_of("./_(") != std::string_view::npos)
      return inside_ && is_one_of(next, {"for", "in", "on", "with", "to", "at", "as"}) ? Head::statement
                                                                                       : Head::request;
    const bool verbal =
        message_.is(rest.begin, roles::aux) || is_one_of(next, {"of", "and", "or", "fails", "fail", "says", "say"});
    if (!inside_) return verbal ? Head::statement : Head::request;
    return next.size() > 3 && next.back() == 's' && !verbal && !has_aux(rest, 4) ? Head::request : Head::statement;
  }

  // In German the verb may stand at the end: "die Suche beschleunigen".
  bool verb_at_end() const {
    constexpr std::size_t longest = 9;
    if (belongs_ || words_.size() < 2 || words_.size() > longest || message_.text_of(words_.end - 1).back() != 'n')
      return false;
    if (!message_.row_at({words_.end - 1, words_.end}, roles::verb)) return false;
    for (std::size_t i = words_.begin; i < words_.end; ++i)
      if (message_.is(i, roles::aux | roles::person) || is_one_of(message_.text_of(i), {"man", "zu"})) return false;
    return true;
  }

  // "legal wants a list of all licences".
  bool wanted_by_somebody() const {
    if (inside_ || message_.is(words_.begin, roles::person)) return false;
    for (std::size_t i = words_.begin + 1; i < std::min(words_.begin + 4, words_.end); ++i)
      if (message_.is(i, roles::wants) && i + 1 < words_.end &&
          (message_.is(i + 1, roles::article) || is_one_of(message_.text_of(i + 1), {"the", "for", "us", "me"})))
        return true;
    return false;
  }

  const Message& message_;
  const Words words_;
  const bool asked_, inside_;
  const Row belongs_, opens_, verb_;
};

}  // namespace

Clause without_joints(const Message& message, Words words) {
  Clause clause{words};
  while (!clause.words.empty()) {
    Words& rest = clause.words;
    const Word& word = message[rest.begin];
    if (rest.size() > 1 && item_mark(message.text().substr(word.begin)) > 0 && message.raw(rest.begin).front() != '+') {
      ++rest.begin;
      clause.joined = true;
      continue;
    }
    const Row row = message.row_at(rest, roles::joins);
    if (!row || row.size >= rest.size()) break;
    if (row.size == 1) {
      const std::string_view joint = message.text_of(rest.begin), next = message.text_of(rest.begin + 1);
      if (next == "that" && is_one_of(joint, {"so", "first", "next", "last", "second", "just", "well", "then"})) break;
      if (is_one_of(joint, {"first", "next", "last", "second", "third"}) &&
          is_one_of(next, {"sprint", "step", "steps", "release", "week", "page", "version", "commit", "time", "line",
                           "paragraph"}))
        break;
    }
    clause.fresh = clause.fresh || (row.roles & roles::fresh) != 0;
    clause.joined = true;
    rest.begin += row.size;
  }
  return clause;
}

Head head_of(const Message& message, Words words, bool asked, bool inside) {
  return HeadReader(message, words, asked, inside).read();
}

bool leans(const Message& message, Words words) {
  constexpr std::size_t early = 7;
  words.end = std::min(words.end, words.begin + early);
  return message.has(words, roles::refers);
}

}  // namespace cascade::needs
