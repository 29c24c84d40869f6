// Judges a name by the clause that it is in and by the words behind it.
#include "prose/clause.h"

#include "prose/clause_walk.h"
#include "prose/verbs.h"
#include "text/ascii.h"

namespace cascade::prose {
namespace {

namespace r = roles;

// What the name is, by the preposition before it.
Part part_of(const SentenceWords& words, const Clause& clause) noexcept {
  std::size_t at = words.size();
  while (at > 0 && is_beside_name(words, at - 1)) --at;
  if (at == 0) return Part::subject;
  std::size_t noun = at;  // "the new x": back to the article
  for (std::size_t back = 0;
       back < 3 && noun > 0 && words.roles(noun - 1) == 0 && words[noun - 1].back() != 's' && noun - 1 != clause.head;
       ++back)
    --noun;
  if (noun > 0 && noun < at && words.is(noun - 1, r::det)) {
    at = noun - 1;
    while (at > 0 && is_beside_name(words, at - 1)) --at;
  }
  if (at == 0 || at - 1 < clause.begin) return Part::subject;
  const Roles roles = words.roles(at - 1);
  if ((roles & r::prep) == 0) return Part::object;
  if (words[at - 1] == "of" && at >= 2 && words.is(at - 2, r::light)) return Part::object;  // "a run of X"
  const bool goes_with_verb = at >= 2 && at - 2 == clause.head && (roles & r::topic) == 0;
  if (goes_with_verb && (roles & (r::means | r::to)) == 0) return Part::object;
  if ((roles & r::means) != 0) return Part::means;
  if ((roles & r::to) != 0) return Part::receiver;
  return words[at - 1] == "from" ? Part::source : Part::topic;
}

// "Step 3: X takes over".
bool is_step(const SentenceWords& words) noexcept {
  std::size_t at = words.size();
  while (at > 0 && !words.is_label(at - 1)) --at;
  while (at > 0 && letters::is_digit(words[at - 1].front())) --at;
  return at > 0 && at < words.size() &&
         (words[at - 1] == "step" || words[at - 1] == "phase" || words[at - 1] == "stage");
}

bool ends_in_modal(const SentenceWords& words) noexcept {
  std::size_t at = words.size();
  while (at > 0 && is_beside_name(words, at - 1)) --at;
  return at > 0 && words.is(at - 1, r::must | r::may | r::aux);
}

// "The faults named by X".
bool is_done_by(const SentenceWords& words, Part part) noexcept {
  std::size_t at = words.size();
  while (at > 0 && is_beside_name(words, at - 1)) --at;
  return part == Part::means && at > 1 && words[at - 1] == "by" && words[at - 2].ends_with("ed");
}

bool is_with(const SentenceWords& words, const Clause& clause) noexcept {
  for (std::size_t i = clause.head; i < words.size(); ++i)
    if (words[i] == "with") return true;
  return false;
}

// "Nobody knows X".
bool knows(const SentenceWords& words, const Clause& clause) noexcept {
  for (std::size_t i = clause.begin; i < words.size(); ++i)
    if ((base_roles(words[i]) & r::regards) != 0) return true;
  return false;
}

// "The quickest way is X".
bool is_named_way(const SentenceWords& words, const Clause& clause) noexcept {
  if (words.size() == 0 || !words.is(words.size() - 1, r::be)) return false;
  for (std::size_t i = clause.begin; i + 1 < words.size(); ++i)
    if (words.is(i, r::way)) return true;
  return false;
}

class ClauseJudge {
 public:
  explicit ClauseJudge(const Place& place) noexcept : words_(place.before), behind_(place.behind), opening_(place) {
    ClauseWalk walk(place);
    clause_ = walk.walk();
    adjunct_ = walk.has_adjunct();
  }

  Reading read() const noexcept {
    Reading reading = judge();
    reading.denied = clause_.denied || clause_.contrast;
    reading.by_others = clause_.others || clause_.user || clause_.advised || clause_.made ||
                        clause_.subject == Subject::somebody || (clause_.modal & r::may) != 0;
    reading.head = clause_.head;
    return reading;
  }

 private:
  Reading judge() const noexcept {
    if (words_.is_in_call() && clause_.head + 1 == words_.size()) return {};  // "Task(X)"
    const Part part = part_of(words_, clause_);
    if (clause_.contrast) return {clause_.is_order() || clause_.modal != 0 ? Stance::refused : Stance::told, part};
    if (clause_.too && words_.has(words_.size() - 1, "for")) return {Stance::refused, part};  // "too small for X"
    if (is_barred(part)) return {Stance::refused, part};
    if (clause_.slip || is_forbidden_elsewhere()) return {Stance::refused, part};
    if (clause_.subordinate) return {Stance::told, part};
    if (clause_.reversed) return {Stance::ordered, part};
    if (const std::size_t size = words_.size(); size > 1 && words_[size - 1] == "," && !clause_.is_order()) {
      if (clause_.head == no_word && behind_.has(0, ",")) return {};  // "one line, X, and"
      if (adjunct_ || (clause_.denied && !is_name_like(words_, size - 2))) return judge_subject();
    }
    if (clause_.subject == Subject::order) return {judge_order(part), part};
    if (clause_.head == no_word && clause_.subject != Subject::reader && part == Part::subject) return judge_subject();
    return {judge_statement(part), part};
  }

  // "Ne pas utiliser X".
  bool is_forbidden_elsewhere() const noexcept {
    for (std::size_t i = 0; i + 1 < words_.size(); ++i)
      if (words_.is(i, r::forbid_foreign) && words_.is(i + 1, r::call_foreign)) return true;
    return false;
  }

  Stance judge_order(Part part) const noexcept {
    const bool names = part == Part::object || part == Part::topic;
    if (clause_.user || clause_.advised) return clause_.denied ? Stance::refused : Stance::advised;
    if ((clause_.head_roles & r::undoes) != 0 && names) return clause_.denied ? Stance::told : Stance::refused;
    if ((clause_.head_roles & r::regards) != 0 && (names || part == Part::source)) return Stance::told;
    if (clause_.denied) return part == Part::topic && !clause_.paired ? Stance::told : Stance::refused;
    if ((clause_.head_roles & r::beside) != 0 && part == Part::means && is_with(words_, clause_)) return Stance::told;
    if (part == Part::topic) return Stance::told;
    return Stance::ordered;
  }

  Stance judge_statement(Part part) const noexcept {
    if (clause_.subject == Subject::somebody || clause_.past) return Stance::told;
    if (clause_.denied) {
      if (clause_.subject == Subject::nobody && clause_.head == no_word && !knows(words_, clause_))
        return Stance::refused;
      const bool binds = clause_.modal != 0 || clause_.subject == Subject::reader || clause_.never ||
                         (clause_.head_roles & r::is_use) != 0;
      return binds && part != Part::topic && (clause_.head_roles & r::regards) == 0 ? Stance::refused : Stance::told;
    }
    if ((clause_.modal & r::may) != 0) return Stance::advised;
    if (clause_.subject == Subject::reader)
      return clause_.head == no_word || is_done_by(words_, part) || (clause_.head_roles & r::regards) != 0 ||
                     part == Part::topic
                 ? Stance::told
                 : Stance::ordered;
    if (clause_.head != no_word && words_[clause_.head].ends_with("ing") && (clause_.head_roles & r::is_use) != 0)
      return Stance::advised;  // "upgrading means running X"
    if (clause_.subject == Subject::self && part != Part::topic && part != Part::subject) return Stance::advised;
    if (part == Part::object && is_named_way(words_, clause_))
      return words_.has(clause_.begin, "your") ? Stance::ordered : Stance::advised;
    const bool given = part == Part::means || part == Part::receiver || part == Part::source;
    if ((clause_.modal & r::must) != 0 && given) return Stance::ordered;
    if (clause_.subject == Subject::everyone && (part == Part::means || part == Part::receiver)) return Stance::ordered;
    return Stance::told;
  }

  // "X must be asked", "X stays out of it", "at no point may X".
  Reading judge_subject() const noexcept {
    const bool inverted = words_.size() > 0 && ends_in_modal(words_);
    if (inverted && clause_.denied) return {Stance::refused, Part::subject};
    std::size_t at = 0;
    while (behind_.is(at, r::kind | r::adverb)) ++at;
    if (at >= behind_.size()) return {Stance::bare, Part::subject};
    const bool modal = behind_.is(at, r::must | r::may), be = behind_.is(at, r::be);
    const bool denied = behind_.is(at, r::neg) || behind_.is(at + 1, r::neg);
    const bool has_to = behind_.has(at, "has") && behind_.has(at + 1, "to");
    const std::size_t verb = at + 1 + static_cast<std::size_t>(has_to || behind_.is(at + 1, r::neg));
    if (denied && (modal || (be && verb < behind_.size() && behind_[verb].ends_with("ed"))))
      return {Stance::refused, Part::subject};
    if ((has_to || behind_.is(at, r::must)) && !denied && behind_[at] != "needs") {
      if (behind_.has(verb, "be"))
        return {verb + 1 < behind_.size() && behind_[verb + 1].ends_with("ed") ? Stance::ordered : Stance::told,
                Part::subject};
      if (verb < behind_.size() && may_be_verb(behind_, verb, true)) return {Stance::ordered, Part::subject};
    }
    if (is_step(words_)) return {Stance::ordered, Part::subject};
    // "If the list is gone, X brings it back".
    return {adjunct_ && !behind_.is(at, r::be | r::past) ? Stance::advised : Stance::told, Part::subject};
  }

  // "is off limits for X", "X has no place here", "X is forbidden".
  bool is_barred(Part part) const noexcept {
    bool be = false;
    for (std::size_t i = clause_.begin == no_word ? words_.size() : clause_.begin; i + 1 < words_.size(); ++i) {
      be = be || words_.is(i, r::be);
      const bool ordered = i == clause_.head && clause_.subject == Subject::order && !clause_.denied;
      if ((be && words_.is(i, r::bars)) || (words_.is(i, r::pair_begin) && is_refusing_pair(words_[i], words_[i + 1])))
        return !ordered;
    }
    if (words_.size() > 0 && words_.is(words_.size() - 1, r::bars | r::halts)) return true;  // "these are blocked"
    if (part != Part::subject) return false;
    be = false;
    for (std::size_t i = 0; i < behind_.size() && i < 6 && !opening_.ends_behind(i); ++i) {
      be = be || behind_.is(i, r::be);
      if ((be && behind_.is(i, r::bars)) ||
          (i + 1 < behind_.size() && behind_.is(i, r::pair_begin) && is_refusing_pair(behind_[i], behind_[i + 1])))
        return true;
    }
    return false;
  }

  const SentenceWords &words_, &behind_;
  Opening opening_;
  Clause clause_;
  bool adjunct_ = false;
};

}  // namespace

Reading read_clause(const Place& place) noexcept { return ClauseJudge(place).read(); }

}  // namespace cascade::prose
