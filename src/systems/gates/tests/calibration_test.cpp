#include <catch2/catch.hpp>

#include "records/record.h"
#include "unit/seeded_random.h"

using namespace cascade::gate;

namespace {

// After how many outcomes a gate of this true precision first blocks; 0: not within `most`.
std::uint64_t blocks_after(std::uint64_t precision_percent, std::uint64_t most, std::uint64_t seed) {
  cascade::test::SeededRandom random{seed};
  Counts counts;
  Level level = Level::shadow;
  while (counts.total() < most) {
    (random.below(100) < precision_percent ? counts.right : counts.wrong) += 1;
    level = next_level(level, counts, 0, true);
    if (level == Level::block) return counts.total();
  }
  return 0;
}

// Of 1,000 simulated gates.
int blocking(std::uint64_t precision_percent, std::uint64_t most) {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= 1'000; ++seed) found += blocks_after(precision_percent, most, seed) > 0 ? 1 : 0;
  return found;
}

TEST_CASE("Wilson's interval in integers, against figures computed with real numbers") {
  const auto ends = [](std::uint64_t right, std::uint64_t wrong) {
    const Interval found = interval({right, wrong});
    return std::pair<std::uint32_t, std::uint32_t>(found.lower, found.upper);
  };
  CHECK(ends(0, 0) == std::pair<std::uint32_t, std::uint32_t>(0, 1'000'000));
  const auto near = [](std::uint32_t value, std::uint32_t expected) {
    return value + 2 >= expected && value <= expected + 2;
  };
  CHECK(near(ends(1, 0).first, 206'549));
  CHECK(ends(1, 0).second == 1'000'000);
  CHECK(near(ends(0, 10).second, 277'533));
  CHECK(ends(0, 10).first == 0);
  CHECK(near(ends(5, 5).first, 236'593));
  CHECK(near(ends(5, 5).second, 763'407));
  CHECK(near(ends(55, 55).first, 408'152));
  CHECK(near(ends(970'000, 30'000).first, 969'664));  // no overflow at the most that is exact
  CHECK(interval({97'000'000, 3'000'000}).lower > 969'000);
}

TEST_CASE("35 faultless outcomes suffice to block, 34 do not") {
  CHECK(level_of({35, 0}) == Level::block);
  CHECK(level_of({34, 0}) == Level::warn);
  CHECK(level_of({34, 1}) == Level::warn);
  CHECK(level_of({0, 0}) == Level::shadow);
}

TEST_CASE("a gate rises at 35, 70, 140 outcomes only, and falls at once") {
  Level level = Level::shadow;
  for (std::uint64_t right = 1; right < 35; ++right) level = next_level(level, {right, 0}, 0, true);
  CHECK(level == Level::shadow);
  level = next_level(level, {35, 0}, 0, true);
  CHECK(level == Level::block);
  level = next_level(level, {35, 1}, 0, true);
  CHECK(level == Level::warn);
  for (std::uint64_t right = 36; right < 69; ++right) level = next_level(level, {right, 1}, 0, true);
  CHECK(level == Level::warn);
  CHECK(next_level(level, {69, 1}, 0, true) == Level::block);
  CHECK(next_level(level, {69, 1}, 0, false) == Level::warn);  // a correction is no further outcome
  CHECK(next_level(Level::block, {10, 60}, 0, true) == Level::shadow);
}

TEST_CASE("what was let through and still stands is no reason to rise") {
  CHECK(next_level(Level::shadow, {35, 0}, 30, true) == Level::shadow);
  CHECK(next_level(Level::shadow, {35, 0}, 10, true) == Level::warn);
  CHECK(next_level(Level::block, {35, 0}, 20, true) == Level::block);  // nor one to fall
}

TEST_CASE("what it would take to block is the least that does") {
  const Way fresh = way_to(Level::block, {0, 0});
  CHECK(fresh.outcomes == 35);
  CHECK(fresh.right == 35);
  const Way later = way_to(Level::block, {35, 1});
  CHECK(later.outcomes == 70);
  CHECK(later.more == 34);
  CHECK(level_of({35 + later.right, 1 + later.more - later.right}) == Level::block);
  CHECK(level_of({35 + later.right - 1, 1 + later.more - later.right + 1}) != Level::block);
  const Way hopeless = way_to(Level::block, {0, 30});
  CHECK(hopeless.outcomes > 280);
  CHECK(is_decision(hopeless.outcomes));
}

TEST_CASE("of 1,000 gates that are right 88 times in 100 at most 3 % block within 600 outcomes") {
  CHECK(blocking(88, 600) <= 30);
  CHECK(blocking(85, 600) <= 10);
}

TEST_CASE("of 1,000 gates that are right 97 times in 100 at least 80 % block within 300 outcomes") {
  CHECK(blocking(97, 300) >= 800);
}

}  // namespace
