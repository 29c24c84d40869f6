// pack() against trying everything, on small random problems with every feature mixed.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "unit/budget_oracle.h"
#include "unit/budget_random.h"

using namespace oracle;

namespace {

// CASCADE_SOAK=N multiplies the number of random problems by N.
std::uint32_t rounds(std::uint32_t quick) {
  const char* soak = std::getenv("CASCADE_SOAK");
  const std::uint32_t factor = soak == nullptr ? 1 : static_cast<std::uint32_t>(std::strtoul(soak, nullptr, 10));
  return quick * std::max(factor, 1U);
}

constexpr std::uint64_t plenty = 20'000;  // nodes: enough to finish any problem of this size

// All that an answer promises. Returns the answer for further checks.
Packing check_answer(const PackingProblem& problem, const Answer& expected, const PackingLimits& limits) {
  const Result<Packing> packed = pack(problem, limits);
  REQUIRE(packed);
  const Packing& p = *packed;
  if (p.status == PackingStatus::unknown && limits.nodes < plenty) return p;
  REQUIRE(p.status == expected.status);
  if (p.status == PackingStatus::infeasible) {
    CHECK(p.min_budget.tokens == expected.min_tokens + problem.budget.reserve.tokens);
    CHECK(p.min_budget.chars == expected.min_chars + problem.budget.reserve.chars);
    CHECK(p.min_slot_chars.size() == problem.slot_chars.size());
  }
  if (p.status != PackingStatus::ok) return p;
  const Rank rank = rank_of(problem, p.selected);
  CHECK(rank.value == p.certificate.value);
  CHECK(-rank.tokens == p.cost.tokens);
  CHECK(-rank.chars == p.cost.chars);
  CHECK(is_valid(problem, p.selected));
  CHECK(p.certificate.upper_bound >= expected.best.value);
  CHECK(p.certificate.gap_ppm == gap_ppm(p.certificate));
  if (p.certificate.proof == Proof::optimal) {
    CHECK(rank == expected.best);
  } else {
    CHECK((limits.nodes < plenty || limits.gap_ppm > 0));
  }
  CHECK((limits.gap_ppm == 0 || limits.nodes < plenty || p.certificate.gap_ppm <= limits.gap_ppm));
  return p;
}

void check_family(const Mix& mix, std::uint32_t count, std::uint64_t first_seed) {
  for (std::uint32_t i = 0; i < count; ++i) {
    const PackingProblem problem = Generator(first_seed + i, mix).problem();
    INFO("seed " << first_seed + i << "\n" << describe(problem));
    check_answer(problem, brute_force(problem), {plenty, 0});
  }
}

}  // namespace

TEST_CASE("random problems with every feature are solved to the canonical optimum") {
  check_family({}, rounds(6'000), 1);
}

TEST_CASE("problems full of equal values and costs are solved to the canonical optimum") {
  Mix mix;
  mix.most_value = 2;
  mix.most_cost = 3;
  mix.zero = 25;
  check_family(mix, rounds(3'000), 1'000'000);
}

TEST_CASE("dense graphs with cycles are solved to the canonical optimum") {
  Mix mix;
  mix.groups = 8;
  mix.items = 10;
  mix.edges = 45;
  mix.back_edges = 100;
  mix.all = 4;
  mix.conflicts = 3;
  check_family(mix, rounds(2'000), 2'000'000);
}

TEST_CASE("requirements and conflicts at every turn are solved to the canonical optimum") {
  Mix mix;
  mix.groups = 8;
  mix.items = 10;
  mix.all = 12;
  mix.any = 50;
  mix.conflicts = 12;
  check_family(mix, rounds(2'000), 3'000'000);
}

TEST_CASE("slots, ordered and fixed, are solved to the canonical optimum") {
  Mix mix;
  mix.slots = 100;
  mix.ordered = 60;
  mix.shared = 40;
  check_family(mix, rounds(2'000), 4'000'000);
}

TEST_CASE("alternatives and shared texts are solved to the canonical optimum") {
  Mix mix;
  mix.items = 14;
  mix.groups = 4;
  mix.alternatives = 60;
  mix.shared = 50;
  mix.pinned = 25;
  check_family(mix, rounds(2'000), 5'000'000);
}

TEST_CASE("more nodes never give less value or a greater bound, and every answer is valid") {
  const std::uint32_t count = rounds(1'500);
  for (std::uint32_t seed = 6'000'000; seed < 6'000'000 + count; ++seed) {
    const PackingProblem problem = Generator(seed, {}).problem();
    INFO("seed " << seed << "\n" << describe(problem));
    const Answer expected = brute_force(problem);
    std::uint64_t value = 0, bound = UINT64_MAX;
    for (const std::uint64_t nodes : {0, 1, 2, 5, 10, 100}) {
      const Packing packing = check_answer(problem, expected, {nodes, 0});
      if (packing.status != PackingStatus::ok) break;
      CHECK(packing.certificate.value >= value);
      CHECK(packing.certificate.upper_bound <= bound);
      value = packing.certificate.value;
      bound = packing.certificate.upper_bound;
    }
  }
}

TEST_CASE("a search that may stop early stops within the gap") {
  const std::uint32_t count = rounds(1'500);
  for (std::uint32_t seed = 7'000'000; seed < 7'000'000 + count; ++seed) {
    const PackingProblem problem = Generator(seed, {}).problem();
    INFO("seed " << seed << "\n" << describe(problem));
    const Answer expected = brute_force(problem);
    for (const std::uint32_t gap : {1'000U, 50'000U, 300'000U, 1'000'000U})
      check_answer(problem, expected, {plenty, gap});
  }
}
