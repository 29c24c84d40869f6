// A cut stands before a comma or a joint if what follows asks for something and the clause before asks as well ("fix
// the test and add a retry"). After a statement it stands only at a comma ("X is slow, make it faster"), and not within
// what depends on a statement ("it should read the file and print it"). A second thing is a need of its own behind a
// joint of order ("then a chart"), or where both are to be made ("a script, and a cron job").
#include "needs/clauses.h"

#include <algorithm>

#include "text/one_of.h"

namespace cascade::needs {
namespace {

using letters::is_one_of;

bool has_colon(const Message& message, Words words) {
  for (std::size_t i = words.begin; i < words.end; ++i)
    if (message[i].mark == ':') return true;
  return false;
}

bool depends_on_question(const Message& message, Words before) {
  for (std::size_t i = before.begin + 1; i < before.end; ++i)
    if (message.is(i, roles::asks_how)) return true;
  return false;
}

// "how should I split the job and cache the layers": whoever acts stands before the verb.
bool depends_on_person(const Message& message, Words before) {
  for (std::size_t i = before.begin; i < before.end; ++i)
    if (is_one_of(message.text_of(i), {"i", "we", "you", "to"})) return true;
  return false;
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

// Whether a clause that does not ask stands behind a joint at `i`, and enough is said from `begin` on and behind it for
// both sides to be judged alone.
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

}  // namespace

std::vector<ClauseCut> clauses_of(const Message& message, Words sentence, bool asked, bool after_need) {
  return Cutter(message, sentence, asked, after_need).cut();
}

}  // namespace cascade::needs
