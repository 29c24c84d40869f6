// A fact's level is its likeness plus the doublings of its score above a base, which lies seven below the best score: a
// fact without a word of the prompt has the level of one that fits 128 times worse than the best, and likeness can lift
// it above. The base never lies so low that a poor best score would look like a good one.
#include "facts/level.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "facts/log2.h"

namespace cascade::recall {
namespace {

constexpr std::int32_t deep = 7 * 64, least_top = 10 * 64;

std::int32_t doublings(std::uint32_t score) { return static_cast<std::int32_t>(log2_64(std::uint64_t{score} + 1)); }

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

}  // namespace

std::int32_t above_base(std::uint32_t score, std::int32_t base) {
  return score == 0 ? 0 : std::max(doublings(score) - base, 0);
}

// Facts whose score is known come first: against their levels most others can be passed over by likeness alone.
Levels levels_of(const IndexTables& tables, Scores& scores, const std::vector<std::uint8_t>& told,
                 const PromptMeaning& prompt, std::size_t most) {
  Highest highest(tables, scores, most);
  const Evidence& evidence = scores.evidence();
  std::int32_t nearest = 0;
  for (const FactEvidence& one : evidence.facts) {
    if (told[one.fact] == 0) continue;
    const std::int32_t near = nearness(prompt, tables.meanings[one.fact]);
    nearest = std::max(nearest, near);
    highest.offer(one.fact, near);
  }
  std::vector<std::uint32_t> further;
  std::int32_t rejected = 0;  // nearness of a fact without a word that lay too low: any that lies lower is, too
  std::int32_t hopeless = std::numeric_limits<std::int32_t>::min();  // the same for any score
  for (std::uint32_t fact = 0; fact < told.size(); ++fact) {
    if (told[fact] == 0 || evidence.place_of[fact] != 0) continue;
    const std::int32_t near = nearness(prompt, tables.meanings[fact]);
    nearest = std::max(nearest, near);
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
  Levels levels;
  levels.best = highest.take();
  levels.likest = likeness(nearest);
  levels.base = highest.base();
  return levels;
}

}  // namespace cascade::recall
