// pack() against trying everything, on small random problems with every feature mixed.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "unit/budget_oracle.h"

using namespace oracle;

namespace {

// CASCADE_SOAK=N multiplies the number of random problems by N.
std::uint32_t rounds(std::uint32_t quick) {
  const char* soak = std::getenv("CASCADE_SOAK");
  const std::uint32_t factor = soak == nullptr ? 1 : static_cast<std::uint32_t>(std::strtoul(soak, nullptr, 10));
  return quick * std::max(factor, 1U);
}

void check_answer(const PackingProblem& problem, const Answer& expected, std::uint64_t nodes) {
  const Result<Packing> packed = pack(problem, {nodes, 0});
  REQUIRE(packed);
  const Packing& p = *packed;
  if (p.status == PackingStatus::unknown && nodes < 1000) return;
  REQUIRE(p.status == expected.status);
  if (p.status == PackingStatus::infeasible) {
    CHECK(p.min_budget.tokens == expected.min_tokens + problem.budget.reserve.tokens);
    CHECK(p.min_budget.chars == expected.min_chars + problem.budget.reserve.chars);
  }
  if (p.status != PackingStatus::ok) return;
  const Rank rank = rank_of(problem, p.selected);
  CHECK(rank.value == p.certificate.value);
  CHECK(-rank.tokens == p.cost.tokens);
  CHECK(-rank.chars == p.cost.chars);
  CHECK_FALSE(expected.best < rank);
  CHECK(p.certificate.upper_bound >= expected.best.value);
  if (p.certificate.proof == Proof::optimal) CHECK(p.certificate.value == expected.best.value);
}

}  // namespace

TEST_CASE("small random problems get a valid answer with a true bound") {
  const std::uint32_t count = rounds(10'000);
  for (std::uint32_t seed = 1; seed <= count; ++seed) {
    const PackingProblem problem = Generator(seed, {}).problem();
    INFO("seed " << seed << "\n" << describe(problem));
    check_answer(problem, brute_force(problem), 20'000);
  }
}
