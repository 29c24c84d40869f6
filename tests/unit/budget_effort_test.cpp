// A limit of looks ends all work on a problem, of any shape, with a valid answer and a true bound.
#include <catch2/catch.hpp>

#include "unit/budget_oracle.h"
#include "unit/budget_random.h"

using namespace oracle;

namespace {

// A skill of equal chapters, each with a shorter form: its bound says nothing, so only a limit ends the search.
PackingProblem chapters(std::uint32_t count) {
  PackingProblem problem;
  problem.groups.resize(1);
  std::uint64_t tokens = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    PackingItem item;
    item.cost = {140 + i % 3, 560 + i % 7};
    item.value = 1'000 + i % 5;
    tokens += item.cost.tokens;
    problem.groups[0].items.push_back(item);
  }
  problem.roots = {0};
  problem.budget.limit.tokens = static_cast<std::uint32_t>(tokens / 3);
  return problem;
}

}  // namespace

TEST_CASE("with few looks a problem gets its first answer and no worse a bound than no search would give") {
  for (const std::uint32_t count : {8U, 64U, 1'000U}) {
    const PackingProblem problem = chapters(count);
    PackingLimits limits;
    limits.nodes = 80;
    const auto all = pack(problem, limits);
    limits.looks = 1;
    const auto few = pack(problem, limits);
    REQUIRE(all);
    REQUIRE(few);
    REQUIRE(few->status == PackingStatus::ok);
    CHECK(is_valid(problem, few->selected));
    CHECK(few->certificate.value > 0);
    CHECK(few->certificate.value <= all->certificate.value);
    CHECK(few->certificate.upper_bound >= all->certificate.value);
    CHECK(few->certificate.gap_ppm <= 50'000);
  }
}

TEST_CASE("a limit that is not met changes nothing") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const PackingProblem problem = Generator(seed, {}).problem();
    PackingLimits limits;
    limits.nodes = 80;
    const auto without = pack(problem, limits);
    limits.looks = 150'000;
    const auto with = pack(problem, limits);
    REQUIRE(without.has_value() == with.has_value());
    if (!without) continue;
    CHECK(without->status == with->status);
    CHECK(without->selected == with->selected);
    CHECK(without->certificate.upper_bound == with->certificate.upper_bound);
  }
}

TEST_CASE("whoever waits gets a selection within the gap, with a true bound, and mostly without a search") {
  int proven = 0, searched = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const PackingProblem problem = Generator(seed, {}).problem();
    const auto best = pack(problem, {});
    const auto first = pack(problem, {80, 20'000, 200, 300'000});
    REQUIRE(best.has_value() == first.has_value());
    if (!best) continue;
    INFO("seed " << seed);
    CHECK(first->status == best->status);
    if (best->status != PackingStatus::ok || best->certificate.proof != Proof::optimal) continue;
    ++proven;
    searched += first->certificate.nodes > 0 ? 1 : 0;
    CHECK(is_valid(problem, first->selected));
    CHECK(first->certificate.gap_ppm <= 20'000);
    CHECK(first->certificate.upper_bound >= best->certificate.value);
    CHECK(first->certificate.value * 50 >= best->certificate.value * 49);
    if (first->certificate.proof == Proof::optimal) CHECK(first->selected == best->selected);
  }
  CHECK(proven > 100);
  CHECK(searched * 4 < proven);
}
