// A fact's level is its likeness plus the doublings of its score above a base, which lies seven below the best score: a
// fact without a word of the prompt has the level of one that fits 128 times worse than the best, and likeness can lift
// it above. The base never lies so low that a poor best score would look like a good one.
#include "recall/level.h"

#include <algorithm>

#include "recall/log2.h"

namespace cascade::recall {
namespace {

constexpr std::int32_t deep = 7 * 64, least_top = 10 * 64;

std::int32_t doublings(std::uint32_t score) { return static_cast<std::int32_t>(log2_64(std::uint64_t{score} + 1)); }

}  // namespace

Levels levels_of(const IndexTables& tables, const std::vector<Scored>& scores,
                 const std::vector<std::uint32_t>& place_of, const std::vector<std::uint8_t>& told,
                 const PromptMeaning& prompt, std::size_t most) {
  std::uint32_t best_score = 0;
  for (const Scored& one : scores) best_score = std::max(best_score, one.score);
  const std::int32_t base = std::max(doublings(best_score), least_top) - deep;
  const auto is_before = [&](const Recalled& a, const Recalled& b) {
    if (a.level != b.level) return a.level > b.level;
    return tables.read(tables.facts[a.fact].id) < tables.read(tables.facts[b.fact].id);
  };
  Levels levels;
  std::int32_t nearest = 0;
  std::int32_t rejected = 0;  // nearness of a fact without a word that lay too low: any that lies lower is, too
  for (std::uint32_t fact = 0; fact < told.size(); ++fact) {
    if (told[fact] == 0) continue;
    const std::int32_t near = nearness(prompt, tables.meanings[fact]);
    nearest = std::max(nearest, near);
    const Scored scored = place_of[fact] != 0 ? scores[place_of[fact] - 1] : Scored();
    if (scored.score == 0 && near < rejected) continue;
    Recalled one = {fact, scored.score, scored.share, likeness(near), 0};
    one.level = one.likeness + (one.score == 0 ? 0 : std::max(doublings(one.score) - base, 0));
    if (one.level <= 0 || (levels.best.size() == most && !is_before(one, levels.best.back()))) {
      if (one.score == 0) rejected = std::max(rejected, near);
      continue;
    }
    if (levels.best.size() == most) levels.best.pop_back();
    levels.best.insert(std::upper_bound(levels.best.begin(), levels.best.end(), one, is_before), one);
  }
  levels.likest = likeness(nearest);
  return levels;
}

}  // namespace cascade::recall
