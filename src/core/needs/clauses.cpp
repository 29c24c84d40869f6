// A cut stands before a comma or a joint if what follows asks for something and the clause before asks as well ("fix
// the test and add a retry"). After a statement it stands only at a comma ("X is slow, make it faster"), and not within
// what depends on a statement ("it should read the file and print it"). A second thing is a need of its own behind a
// joint of order ("then a chart"), or where both are to be made ("a script, and a cron job").
#include "needs/message.h"

#include "text/word_set.h"

namespace cascade::needs {
namespace {

using letters::is_one_of;

bool has_colon(const Message& message, Words words) {
  return words.any([&](std::size_t word) { return message[word].mark == ':'; });
}

bool depends_on_question(const Message& message, Words before) {
  return Words{before.begin + 1, before.end}.any([&](std::size_t word) { return message.is(word, roles::asks_how); });
}

// "how should I split the job and cache the layers": whoever acts stands before the verb.
bool depends_on_person(const Message& message, Words before) {
  return before.any([&](std::size_t word) { return is_one_of(message.text_of(word), {"i", "we", "you", "to"}); });
}

// "a tool that should parse the logs and print them": the verb goes on with what is told of the thing.
bool is_dependent(const Message& message, Words before) {
  bool relative = false;
  for (std::size_t i = before.begin + 1; i < before.end; ++i) {
    relative = relative || is_one_of(message.text_of(i), {"that", "which", "who", "users", "so"});
    if (relative && is_one_of(message.text_of(i), {"should", "must", "can", "could", "will", "would", "may"}))
      return true;
  }
  return false;
}

// Behind a joint at `i` stands a clause that does not ask, and either side says enough to be judged alone.
bool is_doubtful(const Message& message, std::size_t begin, std::size_t i, const Clause& clause) {
  constexpr std::size_t fewest = 4;
  if (i < begin + fewest || clause.words.size() < fewest) return false;
  return clause.fresh || message[i].paren || (message.is(i, roles::between) && !leans(message, clause.words));
}

class Cutter {
 public:
  Cutter(const Message& message, Words sentence, bool asked, bool after_need)
      : message_(message),
        all_(sentence),
        asked_(asked),
        after_need_(after_need),
        first_(without_joints(message, sentence)),
        head_(head_of(message, first_.words, asked)) {}

  std::vector<ClauseCut> cut() {
    std::vector<ClauseCut> cuts;
    cuts.push_back({all_, head_, {}});
    last_ = first_.words.begin;
    last_head_ = head_ == Head::closing ? Head::statement : head_;
    for (std::size_t i = last_ + 1; i < all_.end; ++i) {
      if (!may_begin(i)) continue;
      const Clause clause = without_joints(message_, {i, all_.end});
      if (clause.words.empty()) continue;
      Head head = Head::statement;
      if (!opens_here(i, clause, head)) {
        if (is_doubtful(message_, cuts.back().doubts.empty() ? last_ : cuts.back().doubts.back().at, i, clause))
          cuts.back().doubts.push_back({i, clause.fresh || in_order(i)});
        continue;
      }
      cuts.back().words.end = i;
      cuts.push_back({{i, all_.end}, head, {}});
      last_head_ = head;
      thing_ = is_thing_;
      last_ = clause.words.begin;
      i = last_;
    }
    join_report(cuts);
    return cuts;
  }

 private:
  bool comma_before(std::size_t i) const { return message_[i - 1].comma || message_[i].dashed; }
  bool is_between(std::size_t i) const { return message_.is(i, roles::between); }

  bool may_begin(std::size_t i) const {
    if (message_[i - 1].quoted) return false;
    if (!comma_before(i) && !message_[i].paren && !is_between(i)) return false;
    return comma_before(i) || !is_between(i - 1);
  }

  // "then", "and finally": a joint that puts what follows behind the clause before.
  bool in_order(std::size_t i) const {
    if (is_between(i) && i + 1 < all_.end && message_.row_at({i + 1, all_.end}, roles::in_order)) return true;
    return static_cast<bool>(message_.row_at({i, all_.end}, roles::in_order));
  }

  bool opens_here(std::size_t i, const Clause& clause, Head& head) {
    const bool comma = comma_before(i), joint = is_between(i), order = in_order(i);
    const Words rest = clause.words, before{last_, i};
    is_thing_ = false;
    head = head_of(message_, rest, asked_, true);
    if (head == Head::statement && order && rest.size() > 1 && message_.row_at(rest, roles::acts) &&
        !message_.is(rest.begin + 1, roles::aux) && !is_one_of(message_.text_of(rest.begin + 1), {"of", "and", "for"}))
      head = Head::request;
    if (head == Head::handles)
      head = (last_head_ == Head::statement || last_head_ == Head::reason) && comma ? Head::request : Head::limits;
    const bool strong = clause.fresh || order;
    if (head == Head::request) {
      if (message_[i].paren && !clause.joined && !joint) return false;
      if (opens(last_head_) && has_colon(message_, before)) return false;
      return may_request(i, rest, comma, joint, strong);
    }
    if (head == Head::ask || head == Head::again) return true;
    if (head == Head::wish) return opens(head_) || comma || clause.fresh;
    if (head == Head::question)
      return message_.is(rest.begin, roles::asks_how) && (opens(last_head_) || comma) &&
             !(asked_ && head_ == Head::question && !comma && !clause.fresh) &&
             (comma || asked_ || !depends_on_question(message_, before));
    is_thing_ = second_thing(i, rest, before, comma, joint || message_[i].dashed, order);
    if (is_thing_) {
      head = last_head_ == Head::wish ? Head::wish : Head::request;
      return true;
    }
    if ((head != Head::statement && head != Head::closing) || !(clause.fresh || message_.text_of(i) == "plus"))
      return false;
    if (!(opens(last_head_) || last_head_ == Head::statement) || rest.size() < 3 ||
        !message_.is(rest.begin, roles::object))
      return false;
    head = Head::statement;
    return !is_one_of(message_.text_of(rest.begin + 1), {"one", "ones", "other", "others", "same"});
  }

  bool may_request(std::size_t i, Words rest, bool comma, bool joint, bool strong) const {
    if (strong) return true;
    const Words before{last_, i};
    switch (last_head_) {
      case Head::limits:
      case Head::reason:
      case Head::closing: return false;
      case Head::statement:
      case Head::none:
        if (!comma || joint) return comma && is_one_of(message_.text_of(i), {"so", "donc", "asi"});
        return !after_need_ || first_.fresh || leans(message_, rest) || message_.has(before, roles::wrong) ||
               message_.has({rest.begin, std::min(rest.end, rest.begin + 6)}, roles::ask | roles::asks_how);
      case Head::question:
        return comma || is_one_of(message_.text_of(rest.begin), {"fix", "explain", "tell", "show"}) ||
               (rest.size() > 1 && message_.is(rest.begin + 1, roles::object) && !depends_on_person(message_, before));
      case Head::wish:
        if (!comma && !message_.has({before.begin, std::min(before.end, before.begin + 9)}, roles::infinitive))
          return false;
        break;
      default: break;
    }
    return !(joint && is_dependent(message_, before));
  }

  bool second_thing(std::size_t i, Words rest, Words before, bool comma, bool joint, bool order) const {
    if (!(last_head_ == Head::request || last_head_ == Head::ask || last_head_ == Head::wish)) return false;
    if (!message_.is(rest.begin, roles::article) || rest.size() < 2 || !(joint || comma)) return false;
    for (std::size_t k = rest.begin + 1; k < std::min(rest.end, rest.begin + 5); ++k)
      if (message_.is(k, roles::aux)) return false;
    if (is_one_of(message_.text_of(rest.begin + 1), {"way", "hint", "bit", "lot", "few", "couple", "comparison"}))
      return false;
    if (before.size() <= 2 || message_.row_at({i - 1, i}, roles::acts)) return false;
    if (order) return true;
    for (std::size_t k = before.begin; k < before.end; ++k)
      if (message_.is(k, roles::bound) || message_[k].mark == ':') return false;
    if (thing_) return true;
    if (!message_.has({before.begin, std::min(before.end, before.begin + 6)}, roles::creates)) return false;
    return (comma && last_head_ != Head::wish) || message_.has(before, roles::article);
  }

  // "look at X and tell me Y", "find X and tell me which" are one need.
  void join_report(std::vector<ClauseCut>& cuts) const {
    if (cuts.size() < 2 || cuts[1].head != Head::request || !(head_ == Head::request || head_ == Head::ask)) return;
    Words looks = first_.words;
    looks.begin += message_.row_at(looks, roles::opens).size;
    while (const Row row = message_.row_at(looks, roles::politeness)) looks.begin += row.size;
    if (!message_.row_at(looks, roles::looks) ||
        !message_.row_at(without_joints(message_, cuts[1].words).words, roles::tells))
      return;
    cuts[0].words.end = cuts[1].words.end;
    cuts.erase(cuts.begin() + 1);
  }

  const Message& message_;
  const Words all_;
  const bool asked_, after_need_;
  const Clause first_;
  const Head head_;
  Head last_head_ = Head::statement;
  std::size_t last_ = 0;                   // the first word of the last clause, without its joints
  bool thing_ = false, is_thing_ = false;  // the last clause, the one looked at: a second thing without a verb
};

// Of all rows that a clause begins with the longest decides: "don't forget to" asks, "don't" limits. A verb that is a
// noun as well asks only before what may be its object, or at the beginning of a sentence.
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
    words.end = std::min(words.end, words.begin + within);
    return words.any([&](std::size_t word) { return message_.is(word, roles::aux); });
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
    return !words_.any([&](std::size_t word) {
      return message_.is(word, roles::aux | roles::person) || is_one_of(message_.text_of(word), {"man", "zu"});
    });
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

std::vector<ClauseCut> clauses_of(const Message& message, Words sentence, bool asked, bool after_need) {
  return Cutter(message, sentence, asked, after_need).cut();
}

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
