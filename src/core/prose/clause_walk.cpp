// Who the subject is, which verb was last, whether it is denied and whether a subordinate clause is open: each word may
// change one of these. Verbs are looked up only to correct what the closed classes say.
#include "prose/clause_walk.h"

#include "prose/verbs.h"
#include "text/ascii.h"

namespace cascade::prose {

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
  } else if (word == "without" || word == "except" || (word == "instead" && words_.has(i + 1, "of")) ||
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
    clause_.contrast = false;  // "without help using X"
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

// What a word that is no verb tells of its clause.
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
