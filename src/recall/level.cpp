// A fact's level is its likeness plus the doublings of its score above a base, which lies seven below the best score: a
// fact without a word of the prompt has the level of one that fits 128 times worse than the best, and likeness can lift
// it above. The base never lies so low that a poor best score would look like a good one.
#include "recall/level.h"

#include <algorithm>

#include "recall/log2.h"

namespace cascade::recall {
namespace {

constexpr std::int32_t deep = 7 * 64, least_top = 10 * 64;

std::int32_t doublings(const Recalled& one) { return static_cast<std::int32_t>(log2_64(std::uint64_t{one.score} + 1)); }

}  // namespace

Levels levels_of(const IndexTables& tables, const std::vector<Recalled>& scored, const std::vector<std::uint8_t>& told,
                 const PromptMeaning& prompt, std::size_t most) {
  std::int32_t top = least_top;
  for (const Recalled& one : scored) top = std::max(top, doublings(one));
  std::vector<std::uint32_t> score_of(told.size());  // 1 + its place in `scored`
  for (std::size_t i = 0; i < scored.size(); ++i) score_of[scored[i].fact] = static_cast<std::uint32_t>(i + 1);
  const auto is_before = [&](const Recalled& a, const Recalled& b) {
    if (a.level != b.level) return a.level > b.level;
    return tables.read(tables.facts[a.fact].id) < tables.read(tables.facts[b.fact].id);
  };
  Levels levels;
  for (std::uint32_t fact = 0; fact < told.size(); ++fact) {
    if (told[fact] == 0) continue;
    Recalled one;
    if (score_of[fact] != 0) one = scored[score_of[fact] - 1];
    one.fact = fact;
    one.likeness = likeness(prompt, tables.meanings[fact]);
    one.level = one.likeness + (one.score == 0 ? 0 : std::max(doublings(one) - top + deep, 0));
    levels.likest = std::max(levels.likest, one.likeness);
    if (one.level <= 0 || (levels.best.size() == most && !is_before(one, levels.best.back()))) continue;
    if (levels.best.size() == most) levels.best.pop_back();
    levels.best.insert(std::upper_bound(levels.best.begin(), levels.best.end(), one, is_before), one);
  }
  return levels;
}

}  // namespace cascade::recall
