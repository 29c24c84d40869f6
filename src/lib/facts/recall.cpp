// Ranks the facts for which the words of the prompt speak (facts/recall.h) by what these are worth together and by
// likeness to the prompt (facts/meaning.h), which counts also for facts without any of its words. Finally the gate
// decides whether the best fact fits the prompt.
#include "facts/recall.h"

#include <algorithm>
#include <limits>

namespace cascade::recall {
namespace {

constexpr std::int32_t told_below = 64;  // 64ths of a doubling that a fact may lie below the best, to be told with it

bool is_visible(const IndexTables& tables, const OwnerRun& run, const Query& query) {
  const std::string_view owner = tables.read(run.owner);
  switch (static_cast<Scope>(run.scope)) {
    case Scope::project: return owner == query.place.project;
    case Scope::user: return query.any_user || owner == query.place.user;
    case Scope::team: return query.any_team || owner == query.place.team;
  }
  return false;
}

Visible visible_to(const IndexTables& tables, const Query& query) {
  Visible visible;
  visible.flags.resize(tables.facts.size);
  std::size_t begin = 0;
  for (const OwnerRun& run : tables.owners) {
    const std::size_t end = std::min<std::size_t>(std::max<std::size_t>(run.end, begin), visible.flags.size());
    if (is_visible(tables, run, query)) {
      std::fill(visible.flags.begin() + static_cast<std::ptrdiff_t>(begin),
                visible.flags.begin() + static_cast<std::ptrdiff_t>(end), std::uint8_t{1});
      visible.count += static_cast<std::uint32_t>(end - begin);
    }
    begin = end;
  }
  // What the prompt says itself was not there when it was written, and would tell the gate that it is about facts.
  for (const std::string& id : query.said)
    for (std::size_t i = 0; i < visible.flags.size(); ++i)
      if (visible.flags[i] != 0 && tables.read(tables.facts[i].id) == id) {
        visible.flags[i] = 0;
        --visible.count;
      }
  return visible;
}

// Flags of the visible facts that have not expired.
std::vector<std::uint8_t> told_of(const IndexTables& tables, const Visible& visible, std::int64_t now) {
  std::vector<std::uint8_t> told = visible.flags;
  for (const Expiry& expiry : tables.expiries)
    if (expiry.until < now && expiry.fact < told.size()) told[expiry.fact] = 0;
  return told;
}

bool is_before(const IndexTables& tables, const Recalled& a, const Recalled& b) {
  if (a.score != b.score) return a.score > b.score;
  return tables.read(tables.facts[a.fact].id) < tables.read(tables.facts[b.fact].id);
}

// The expired fact that scores best: a prompt that asks for one must get silence, not the next best fact.
Recalled best_expired(const IndexTables& tables, const Scores& scores, const std::vector<std::uint8_t>& told) {
  Recalled best;
  for (const Expiry& expiry : tables.expiries) {
    if (expiry.fact >= told.size() || told[expiry.fact] != 0) continue;
    const Scored scored = scores.of(expiry.fact);
    if (scored.score == 0) continue;
    const Recalled one = {expiry.fact, scored.score, scored.share, 0, 0};
    if (best.score == 0 || is_before(tables, one, best)) best = one;
  }
  return best;
}

// A search by words returns every scoring fact except those that fit far worse than an expired one, and, where it names
// two things or more, those that have no word of it and are only about something like one of them.
std::vector<Recalled> all_of(const IndexTables& tables, const Scores& scores, const std::vector<std::uint8_t>& told,
                             const Recalled& expired, std::uint32_t words, std::size_t limit) {
  std::vector<Recalled> all;
  const std::uint32_t least = std::max<std::uint32_t>(expired.score / 10, 1);
  for (const FactEvidence& one : scores.evidence().facts) {
    if (words > 1 && one.words < 2 && one.exact + one.phrases == 0) continue;
    if (const Scored scored = scores.of(one.fact); told[one.fact] != 0 && scored.score >= least)
      all.push_back({one.fact, scored.score, scored.share, 0, 0});
  }
  std::sort(all.begin(), all.end(), [&](const Recalled& a, const Recalled& b) { return is_before(tables, a, b); });
  if (all.size() > limit) all.resize(limit);
  return all;
}

// A fact's level is its likeness plus the doublings of its score above a base, which lies seven below the best score: a
// fact without a word of the prompt has the level of one that fits 128 times worse than the best, and likeness can lift
// it above. The base never lies so low that a poor best score would look like a good one.

constexpr std::int32_t deep = 7 * 64, least_top = 10 * 64;

std::int32_t doublings(std::uint32_t score) { return static_cast<std::int32_t>(log2_64(std::uint64_t{score} + 1)); }

// What a score adds to a level.
std::int32_t above_base(std::uint32_t score, std::int32_t base) {
  return score == 0 ? 0 : std::max(doublings(score) - base, 0);
}

// The facts with the highest levels so far.
class Highest {
 public:
  Highest(const IndexTables& tables, const Scores& scores, std::size_t most)
      : tables_(tables), scores_(scores), most_(most), base_(std::max(doublings(scores.best()), least_top) - deep) {}

  std::int32_t base() const { return base_; }

  // REQUIRES: the fact's score is known. False: the fact is not among them.
  bool offer(std::uint32_t fact, std::int32_t near) {
    const Scored scored = scores_.of(fact);
    Recalled one = {fact, scored.score, scored.share, likeness(near), 0};
    one.level = one.likeness + above_base(one.score, base_);
    if (one.level <= 0 || (best_.size() == most_ && !is_before(one, best_.back()))) return false;
    if (best_.size() == most_) best_.pop_back();
    best_.insert(std::upper_bound(best_.begin(), best_.end(), one,
                                  [&](const Recalled& a, const Recalled& b) { return is_before(a, b); }),
                 one);
    return true;
  }

  // Whether no score can lift a fact that is so near above the last of them.
  bool is_out_of_reach(std::int32_t near) const {
    return best_.size() == most_ && likeness(near) + deep < best_.back().level;
  }
  bool is_out_of_reach(std::int32_t near, std::uint32_t most_score) const {
    return best_.size() == most_ && likeness(near) + above_base(most_score, base_) < best_.back().level;
  }

  std::vector<Recalled> take() { return std::move(best_); }

 private:
  bool is_before(const Recalled& a, const Recalled& b) const {
    if (a.level != b.level) return a.level > b.level;
    return tables_.read(tables_.facts[a.fact].id) < tables_.read(tables_.facts[b.fact].id);
  }

  const IndexTables& tables_;
  const Scores& scores_;
  std::size_t most_;
  std::int32_t base_;
  std::vector<Recalled> best_;
};

struct Levels {
  std::vector<Recalled> best;  // the highest first
  std::int32_t base = 0;       // doublings of a score that do not count
};

// `told`: a flag for each fact that may be told; `most`: as many are returned. Asks for the scores of those that come
// into question. Facts whose score is known come first: against their levels most others can be passed over by likeness
// alone. O(facts).
Levels levels_of(const IndexTables& tables, Scores& scores, const std::vector<std::uint8_t>& told,
                 const PromptMeaning& prompt, std::size_t most) {
  Highest highest(tables, scores, most);
  const Evidence& evidence = scores.evidence();
  for (const FactEvidence& one : evidence.facts)
    if (told[one.fact] != 0) highest.offer(one.fact, nearness(prompt, tables.meanings[one.fact]));
  std::vector<std::uint32_t> further;
  std::int32_t rejected = 0;  // nearness of a fact without a word that lay too low: any that lies lower is, too
  std::int32_t hopeless = std::numeric_limits<std::int32_t>::min();  // the same for any score
  for (std::uint32_t fact = 0; fact < told.size(); ++fact) {
    if (told[fact] == 0 || evidence.place_of[fact] != 0) continue;
    const std::int32_t near = nearness(prompt, tables.meanings[fact]);
    if (near < hopeless) continue;
    if (scores.knows(fact)) {
      if (near >= rejected && !highest.offer(fact, near)) rejected = near;
    } else if (highest.is_out_of_reach(near)) {
      hopeless = near;
    } else if (!highest.is_out_of_reach(near, scores.most(fact))) {
      further.push_back(fact);
    }
  }
  scores.add(further);
  for (const std::uint32_t fact : further) highest.offer(fact, nearness(prompt, tables.meanings[fact]));
  return {highest.take(), highest.base()};
}

// Counts the prompt's words by the facts that they meet: the best one, only others, or none.
void look_at_agreement(const Evidence& evidence, const FactEvidence& best, bool asks, Signals& signals) {
  for (std::size_t i = 0; i < evidence.positions.size(); ++i) {
    const Position& at = evidence.positions[i];
    if (!at.counts) continue;
    if (asks && at.special && !at.is_said) ++signals.others;
    signals.asks_of_other = signals.asks_of_other || (asks && at.special && !at.is_said && at.is_party);
    if ((best.met_at >> std::min<std::size_t>(i, 63) & 1) != 0) continue;
    if (at.is_met) {
      ++signals.elsewhere;
    } else {
      ++signals.unknown;
      signals.unknown_special += at.special ? 1 : 0;
    }
  }
  signals.from_one = best.score == 0 ? 0 : static_cast<std::uint32_t>(std::uint64_t{best.most} * 1000 / best.score);
  signals.by_subject = best.by_subject;
}

Signals look_at(const IndexTables& tables, const Evidence& evidence, const Reading& reading, const Levels& levels) {
  Signals signals;
  signals.words = reading.words;
  signals.general = evidence.general;
  if (levels.best.empty()) return signals;
  const Recalled& first = levels.best.front();
  const std::uint32_t place = evidence.place_of[first.fact];
  const FactEvidence best = place == 0 ? evidence_for(evidence, first.fact) : evidence.facts[place - 1];
  signals.phrases = best.phrases;
  signals.exact = best.exact;
  signals.known = best.known;
  signals.covered = static_cast<std::uint32_t>(covered_of(best, tables.measures[first.fact]));
  signals.best = first.score;
  signals.share = first.share;
  look_at_agreement(evidence, best, reading.asks, signals);
  signals.likeness = first.likeness;
  signals.level = first.level;
  return signals;
}

}  // namespace

std::vector<std::uint32_t> told_at(const Index& index, const Query& query) {
  const std::vector<std::uint8_t> told = told_of(index.tables(), visible_to(index.tables(), query), query.now);
  std::vector<std::uint32_t> facts;
  for (std::uint32_t i = 0; i < told.size(); ++i)
    if (told[i] != 0) facts.push_back(i);
  return facts;
}

std::string statement(const Index& index, std::uint32_t fact) {
  const IndexTables& tables = index.tables();
  if (fact >= tables.facts.size) return {};
  const FactRecord& record = tables.facts[fact];
  return std::string(tables.read(record.subject)) + ": " + std::string(tables.read(record.text));
}

Answer recall(const Index& index, const Query& query) {
  const IndexTables& tables = index.tables();
  Answer answer;
  const Visible visible = visible_to(tables, query);
  if (visible.count == 0) return answer;
  const Reading reading = read_terms(index.lexicon(), query.prompt);
  if (reading.from_host || reading.terms.empty()) return answer;
  // The expired facts take part until the ranking is known, then they are set aside: the gate must hear of the best.
  const std::vector<std::uint8_t> told = told_of(tables, visible, query.now);
  Scores scores(tables, collect_evidence(tables, visible, reading), told, query.gated);
  const Recalled expired = best_expired(tables, scores, told);
  const PromptMeaning meaning = meaning_of_prompt(query.meanings, meaning_keys(reading, query.prompt));
  const Levels levels = levels_of(tables, scores, told, meaning, std::max<std::size_t>(query.limit, 1));
  const Evidence& evidence = scores.evidence();
  answer.signals = look_at(tables, evidence, reading, levels);
  answer.signals.facts = visible.count;
  if (expired.score != 0 && evidence.facts[evidence.place_of[expired.fact] - 1].exact != 0)
    answer.signals.over =
        likeness(nearness(meaning, tables.meanings[expired.fact])) + above_base(expired.score, levels.base);
  answer.signals.points = points(answer.signals);
  if (!query.gated) {
    answer.facts = all_of(tables, scores, told, expired, reading.words, query.limit);
    return answer;
  }
  if (levels.best.empty() || (query.decides && answer.signals.points < 0)) return answer;
  for (const Recalled& one : levels.best)
    if (answer.facts.size() < query.limit && (!query.decides || one.level + told_below >= levels.best.front().level))
      answer.facts.push_back(one);
  return answer;
}

}  // namespace cascade::recall
