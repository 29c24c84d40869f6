// Judges a name by the clause that it is in and by the words behind it.
#include "prose/sentence.h"

#include "text/ascii.h"

namespace cascade::prose {

class ClauseWalk {
 public:
  explicit ClauseWalk(const Place& place) noexcept : words_(place.before), opening_(place), whole_(place.whole) {}

  Clause walk() noexcept;

 private:
  bool open_clause(std::size_t i) noexcept;
  Subject subject_at(std::size_t i) const noexcept;
  void start(Subject subject, std::size_t i, bool denied = false) noexcept;
  void take_head(std::size_t i) noexcept;
  void reverse() noexcept;
  std::size_t go_on(std::size_t i) noexcept;
  bool subordinates(std::size_t i) noexcept;
  std::size_t take_verb(std::size_t i) noexcept;
  void note(std::size_t i) noexcept;
  bool is_pointing(std::size_t i) const noexcept;
  bool tells_of_others(std::size_t i) const noexcept;
  bool is_owner(std::size_t i) const noexcept;
  bool is_manifest(std::size_t i) const noexcept;

  const SentenceWords& words_;
  Opening opening_;
  Clause clause_;
  bool whole_, soft_ = false, adjunct_ = false;
  bool ordered_ = false;  // an earlier clause of the sentence gave an order
  std::string_view joined_;
};

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
  explicit ClauseJudge(const Place& place) noexcept
      : words_(place.before), behind_(place.behind), opening_(place), clause_(ClauseWalk(place).walk()) {}

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
      if (clause_.adjunct || (clause_.denied && !is_name_like(words_, size - 2))) return judge_subject();
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
    return {clause_.adjunct && !behind_.is(at, r::be | r::past) ? Stance::advised : Stance::told, Part::subject};
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
};

}  // namespace

Reading read_clause(const Place& place) noexcept { return ClauseJudge(place).read(); }

// Who the subject is, which verb was last, whether it is denied and whether a subordinate clause is open: each word may
// change one of these. Verbs are looked up only to correct what the closed classes say.
namespace r = roles;

Clause ClauseWalk::walk() noexcept {
  bool opens = whole_;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (opening_.breaks_before(i)) {
      clause_ = {};
      opens = true;
      soft_ = false;
    }
    if (opening_.ends_clause(i)) continue;
    if (words_[i] == ",") {
      adjunct_ = adjunct_ || clause_.leads || words_.is(clause_.begin, r::prep);
      if (clause_.leads) clause_.subordinate = clause_.leads = false;
      clause_.contrast = false;
      opens = soft_ = true;
      joined_ = {};
      continue;
    }
    if (words_.is(i, r::join) && !words_.is(i, r::neg)) {
      opens = soft_ = true;
      if (i == 0 || words_[i - 1] != ",") joined_ = words_[i];
      if (joined_ == "or" && clause_.after_negated && clause_.head + 1 == i)  // "do not push, run or"
        clause_.denied = clause_.negated = true;
      continue;
    }
    if (opens && opening_.is_skipped(i)) continue;
    if (opens && open_clause(i)) {
      opens = soft_ = false;
      continue;
    }
    opens = soft_ = false;
    i = go_on(i);
  }
  if (words_.size() > 0 && opening_.is_cut_off(words_.size() - 1)) clause_ = {};
  clause_.adjunct = adjunct_;
  return clause_;
}

bool ClauseWalk::open_clause(std::size_t i) noexcept {
  const Roles roles = words_.roles(i);
  if (const std::size_t verb = opening_.denied_verb(i); verb != no_word) {
    start(Subject::order, i, true);
    return true;  // its verb comes next and is taken by go_on()
  }
  if ((roles & r::sub) != 0 && !(words_.has(i, "as"))) {
    if (!soft_ || clause_.subject == Subject::unknown) start(Subject::unknown, i);
    if ((roles & r::reversal) != 0 && clause_.denied) {
      reverse();
    } else {
      clause_.subordinate = clause_.leads = true;
    }
    return true;
  }
  if (opening_.is_order(i, soft_, !joined_.empty() || clause_.subject == Subject::order)) {
    if (soft_ && joined_ == "or" && (clause_.user || clause_.subject == Subject::somebody)) return take_head(i), true;
    const bool negated = clause_.negated, shares = soft_ && joined_ == "or" && negated;
    start(Subject::order, i, shares);
    clause_.after_negated = negated;
    take_head(i);
    return true;
  }
  if ((roles & r::prep) != 0 && words_.has(i + 1, "no") && words_.is(i + 2, r::after_no)) {  // "under no circumstances"
    start(Subject::order, i, true);
    return true;
  }
  if (words_[i] == "be" && words_.has(i + 2, "to")) return start(Subject::order, i), true;  // "be sure to"
  if ((roles & r::you) != 0) return start(Subject::reader, i), true;
  if ((roles & r::third) != 0 && ordered_ && !soft_) return start(Subject::somebody, i), true;  // "use x — runs y"
  if (soft_) {
    if (words_.is(i, r::neg) && clause_.head != no_word) clause_.contrast = true;  // "use x, not y"
    if (tells_of_others(i)) return start(Subject::somebody, i), true;
    if ((roles & (r::self | r::pronoun)) != 0 && (i + 1 < words_.size()) && words_.is(i + 1, r::aux | r::must | r::may))
      return start(Subject::other, i), true;
    return false;
  }
  start(subject_at(i), i);
  clause_.others =
      words_[i] == "its" || words_[i] == "their" || (words_.is(i, r::det) && words_[i] != "this" && is_owner(i + 1));
  if ((roles & r::neg) != 0) clause_.denied = true;
  return (roles & (r::self | r::pronoun | r::user | r::nobody)) != 0;
}

Subject ClauseWalk::subject_at(std::size_t i) const noexcept {
  if (words_.is(i, r::nobody) || (words_[i] == "no" && words_.has(i + 1, "one"))) return Subject::nobody;
  if (words_.is(i, r::universal) && !words_.has(i + 1, "of")) return Subject::everyone;
  if (words_.is(i, r::self) || (words_[i] == "this" && words_.is(i + 1, r::kind))) return Subject::self;
  if (words_.is(i, r::user) || (words_.is(i, r::det) && words_.is(i + 1, r::user | r::lead))) return Subject::somebody;
  return Subject::other;
}

// Behind a comma: "use x, it runs y", "and the caller runs y".
bool ClauseWalk::tells_of_others(std::size_t i) const noexcept {
  if (words_.is(i, r::det) && words_.is(i + 1, r::user | r::lead))
    return words_.is(i + 2, r::third | r::aux | r::must | r::may) || words_.is(i + 3, r::third | r::must | r::may);
  if (words_[i] != "it" || !words_.is(i + 1, r::third)) return false;
  for (std::size_t before = 0; before < i; ++before)
    if (is_name_like(words_, before)) return true;
  return false;
}

// "The yard's round".
bool ClauseWalk::is_owner(std::size_t i) const noexcept { return i < words_.size() && words_[i].ends_with("'s"); }

void ClauseWalk::start(Subject subject, std::size_t i, bool denied) noexcept {
  clause_ = {};
  clause_.subject = subject;
  clause_.begin = i;
  clause_.denied = clause_.negated = denied;
}

void ClauseWalk::take_head(std::size_t i) noexcept {
  clause_.head = i;
  clause_.head_roles = base_roles(words_[i]);
  ordered_ = ordered_ || clause_.subject == Subject::order;
  if ((clause_.head_roles & r::proposes) != 0) clause_.advised = true;
  if (clause_.denied && (clause_.head_roles & r::unmind) != 0) {
    clause_.denied = false;
    return;
  }
  if ((clause_.head_roles & r::refuses) != 0)
    clause_.denied = !clause_.denied;
  else if (opening_.refuses_in_pair(i))
    clause_.denied = clause_.paired = !clause_.denied;
}

// "Do not … until X": X comes first. "Think twice before X" only warns.
void ClauseWalk::reverse() noexcept {
  clause_.denied = false;
  clause_.contrast = (clause_.head_roles & r::regards) != 0;
  clause_.reversed = !clause_.contrast;
}

// A word inside a clause; returns the last one that it took.
std::size_t ClauseWalk::go_on(std::size_t i) noexcept {
  if (words_.is(i, r::past)) clause_.past = true;
  if (subordinates(i)) return i;
  const std::size_t verb = take_verb(i);
  if (verb == no_word) note(i);
  return verb == no_word ? i : verb;
}

// Whether the word begins what only tells of the name, or sets it against something.
bool ClauseWalk::subordinates(std::size_t i) noexcept {
  const Roles roles = words_.roles(i);
  const std::string_view word = words_[i];
  if (word == "what" && clause_.head + 1 == i && (clause_.head_roles & r::gives) != 0) return false;  // "pass what is"
  const bool reversal = (roles & r::reversal) != 0 && clause_.denied;
  if (reversal) {
    reverse();
  } else if (word == "without" || word == "except" || (word == "of" && i > 0 && words_[i - 1] == "instead") ||
             (word == "rather" && words_.has(i + 1, "than"))) {
    clause_.contrast = true;
  } else if (word == "unlike" || (roles & r::sub) != 0 || ((roles & r::rel) != 0 && !is_pointing(i))) {
    clause_.subordinate = true;
    clause_.others = clause_.others || ((roles & r::rel) != 0 && !words_.is(i + 1, r::you | r::self));
    if ((roles & r::rel) != 0 && clause_.head == no_word) clause_.relative = i;
  } else {
    // "Commands that need it are never": the second verb is the subject's own.
    if (clause_.relative != no_word && (roles & (r::aux | r::must | r::may)) != 0 &&
        i > clause_.relative + 1 +
                static_cast<std::size_t>(words_.is(clause_.relative + 1, r::pronoun | r::self | r::you)))
      clause_.subordinate = false;
    if ((roles & r::third) != 0 && clause_.head != no_word && clause_.is_order()) clause_.subordinate = true;
    if ((roles & r::third) != 0 && clause_.head == no_word &&
        is_manifest(clause_.begin + (words_.is(clause_.begin, r::det) ? 1 : 0)))
      clause_.others = true;
    return false;
  }
  return true;
}

// The verb that the clause goes on with: its first one, one behind "to", one in "-ing". no_word: none.
std::size_t ClauseWalk::take_verb(std::size_t i) noexcept {
  const Roles roles = words_.roles(i);
  const std::string_view word = words_[i];
  const std::size_t next = i + 1;
  const bool follows = next < words_.size() && !opening_.breaks_before(next);
  std::size_t verb = no_word;
  if (clause_.head == no_word && clause_.subject == Subject::order && may_be_verb(words_, i, true) &&
      (roles & (r::adverb | r::neg | r::after_no)) == 0 && word != "be") {
    verb = i;
  } else if (word == "to" && follows && may_be_verb(words_, next, true) && !words_.is(next, r::filler)) {
    if (i > 0 && words_.is(i - 1, r::be) && words_.has(clause_.begin, "your")) clause_.subject = Subject::reader;
    verb = next;
  } else if ((roles & r::prep) != 0 && follows && words_[next].ends_with("ing") && words_[next].size() > 4 &&
             !is_name_like(words_, next)) {
    if ((roles & r::topic) != 0) clause_.subordinate = true;  // "a message about using X"
    verb = next;
  } else if (clause_.head == no_word && words_.is(clause_.begin, r::prep) && (roles & r::proposes) != 0) {
    start(Subject::order, clause_.begin);  // "at the end suggest"
    verb = i;
  } else if (word.ends_with("ing") && (roles & r::is_use) != 0 && clause_.head != no_word) {
    if (!words_.is(i - 1, r::prep | r::adverb)) clause_.contrast = false;  // "without help using X"
    verb = i;
  } else if (clause_.head == no_word && clause_.subject == Subject::reader && may_be_verb(words_, i, true) &&
             (roles & (r::adverb | r::be | r::must | r::may | r::neg)) == 0) {
    verb = i;
  }
  if (word == "using" && i > 1 && words_.is(i - 2, r::be))
    clause_.made = words_[i - 1].ends_with("ed") || words_[i - 1].ends_with("en");
  if (verb != no_word) take_head(verb);
  return verb;
}

void ClauseWalk::note(std::size_t i) noexcept {
  const Roles roles = words_.roles(i);
  const std::string_view word = words_[i];
  if ((roles & r::user) != 0 && ((roles & r::pronoun) == 0 || words_.has(i + 1, "to"))) clause_.user = true;
  if (clause_.head == no_word && words_.is(clause_.begin, r::prep) && opening_.denied_verb(i) != no_word)
    return start(Subject::order, i, true);  // "on Fridays do not"
  clause_.slip = clause_.slip || (roles & r::slip) != 0;
  clause_.never = clause_.never || word == "never";
  if ((roles & (r::must | r::may)) != 0) clause_.modal |= roles;
  if ((roles & r::neg) != 0 && clause_.subject != Subject::order) clause_.denied = true;
  if ((word == "no" && words_.is(i + 1, r::reason)) || (roles & r::urge) != 0) clause_.denied = true;
  if (word == "too" && clause_.head == no_word) clause_.too = true;
}

// "/x", "a:b", "`x`".
bool ClauseWalk::is_manifest(std::size_t i) const noexcept {
  return i < words_.size() && words_[i].size() > 1 &&
         (words_[i].front() == '/' || words_[i].find(':') != std::string_view::npos || words_.is_set_off(i));
}

// "that skill", "give that to": no relative clause.
bool ClauseWalk::is_pointing(std::size_t i) const noexcept {
  const bool behind_verb = i > 0 && (i - 1 == clause_.head || words_.is(i - 1, r::prep));
  return words_[i] == "that" && (words_.is(i + 1, r::prep | r::kind | r::join) || behind_verb);
}

}  // namespace cascade::prose
