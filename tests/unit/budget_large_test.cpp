// Large problems of every shape that could make work grow faster than the problem: they end within the node limit, with
// a valid answer. 10^4 groups; 10^5 with CASCADE_SOAK.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "budget/kernel.h"
#include "unit/budget_oracle.h"
#include "unit/budget_random.h"

using namespace oracle;

namespace {

const std::uint32_t many = std::getenv("CASCADE_SOAK") == nullptr ? 10'000 : 100'000;

// `groups` groups of a head and one section, without edges; the budget takes about a third of it all.
PackingProblem unconnected(std::uint32_t groups, std::uint64_t seed) {
  Random random{seed};
  PackingProblem problem;
  problem.groups.resize(groups);
  std::uint64_t tokens = 0;
  for (PackingGroup& group : problem.groups) {
    for (int i = 0; i < 2; ++i) {
      PackingItem item;
      item.cost = {1 + random.below(300), 1 + random.below(900)};
      item.value = i == 0 ? random.below(50) : random.below(1'000'000);
      tokens += item.cost.tokens;
      group.items.push_back(item);
    }
  }
  problem.roots = {0};
  problem.budget.limit.tokens = static_cast<std::uint32_t>(tokens / 3);
  return problem;
}

// `most_gap`: in millionths; shapes made to defeat the bound are allowed more.
void check(const PackingProblem& problem, std::uint32_t most_gap = 10'000) {
  constexpr std::uint64_t nodes = 200;
  const Result<Packing> first = pack(problem, {0, 0});
  REQUIRE(first);
  REQUIRE(first->status == PackingStatus::ok);
  const Result<Packing> packed = pack(problem, {nodes, 0});
  REQUIRE(packed);
  const Certificate& certificate = packed->certificate;
  CHECK(is_valid(problem, packed->selected));
  CHECK(certificate.value >= first->certificate.value);
  CHECK(certificate.upper_bound <= first->certificate.upper_bound);
  CHECK(certificate.gap_ppm <= most_gap);
  // As long as it is far off, a search goes on to 2,000 nodes. One more step than that, of a kernel as large as the
  // problem: a dive counts 32 bounds.
  CHECK(certificate.nodes <= std::max<std::uint64_t>(nodes, 2'000) + 33 * (1 + problem.groups.size() * 2 / 256));
}

}  // namespace

TEST_CASE("a chain of very many groups") {
  PackingProblem problem = unconnected(many, 1);
  for (std::uint32_t g = 1; g < many; ++g) problem.groups[g - 1].refs.push_back(g);
  check(problem);
}

TEST_CASE("a star of very many groups") {
  PackingProblem problem = unconnected(many, 2);
  for (std::uint32_t g = 1; g < many; ++g) problem.groups[0].refs.push_back(g);
  check(problem);
}

TEST_CASE("very many groups with ten referrers each, some behind them") {
  PackingProblem problem = unconnected(many, 3);
  Random random{3};
  for (std::uint32_t g = 1; g < many; ++g) {
    problem.groups[random.below(g)].refs.push_back(g);
    for (int i = 0; i < 9; ++i) problem.groups[random.below(many)].refs.push_back(g);
  }
  check(problem);
}

TEST_CASE("a complete graph of 400 groups, forwards and backwards") {
  PackingProblem problem = unconnected(400, 4);
  for (std::uint32_t g = 0; g < 400; ++g) {
    for (std::uint32_t other = 0; other < 400; ++other) problem.groups[g].refs.push_back(other);
  }
  check(problem);
}

TEST_CASE("a ring of very many groups in both directions, with requirements") {
  const std::uint32_t groups = many / 4;
  PackingProblem problem = unconnected(groups, 5);
  for (std::uint32_t g = 0; g < groups; ++g) {
    problem.groups[g].refs = {(g + 1) % groups, (g + groups - 1) % groups};
    if (g % 7 == 1) problem.groups[g].requires_all.push_back(g + 1);
    if (g % 11 == 1 && g > 100) problem.groups[g].requires_any.push_back({g - 1, g - 50});
  }
  check(problem, 1'000'000);
}

TEST_CASE("one text in very many groups, and each text in two of them") {
  PackingProblem problem = unconnected(many, 6);
  for (std::uint32_t g = 0; g < many; ++g) {
    if (g > 0) problem.groups[(g - 1) / 3].refs.push_back(g);
    problem.groups[g].items.push_back(problem.groups[g / 2].items[1]);
    problem.groups[g].items[2].content = g / 2 + 1;
    problem.groups[g].items.push_back(problem.groups[0].items[1]);
    problem.groups[g].items[3].content = many;
  }
  check(problem);
}

TEST_CASE("very many groups of which each excludes its neighbours") {
  PackingProblem problem = unconnected(many, 7);
  Random random{7};
  for (std::uint32_t g = 1; g < many; ++g) {
    problem.groups[random.below((g + 99) / 100)].refs.push_back(g);
    if (g > 1'000) problem.groups[g].conflicts = {g - 1, g - 2};
  }
  check(problem, 1'000'000);
}

TEST_CASE("800 groups of which each excludes all others") {
  PackingProblem problem = unconnected(801, 8);
  for (std::uint32_t g = 1; g <= 800; ++g) {
    problem.groups[0].refs.push_back(g);
    for (std::uint32_t other = 1; other < g; ++other) problem.groups[g].conflicts.push_back(other);
  }
  check(problem);
}

TEST_CASE("a chain of very many requirements that cannot be met") {
  PackingProblem problem = unconnected(many, 9);
  for (std::uint32_t g = 1; g < many; ++g) problem.groups[g - 1].requires_all.push_back(g);
  const Result<Packing> packed = pack(problem, {200, 0});
  REQUIRE(packed);
  CHECK(packed->status == PackingStatus::infeasible);
  problem.groups[many - 1].conflicts = {0};
  const Result<Packing> clashing = pack(problem, {200, 0});
  REQUIRE(clashing);
  CHECK(clashing->status == PackingStatus::conflict);
  CHECK(clashing->clash == std::vector<std::uint32_t>{0, many - 1});
}

TEST_CASE("a group of very many sections with shorter forms, in slots") {
  PackingProblem problem = unconnected(1, 10);
  Random random{10};
  std::uint64_t tokens = 0;
  problem.slot_chars = {4'000'000, 5'000'000};
  for (std::uint32_t i = 1; i < many; ++i) {
    PackingItem item;
    item.cost = {20 + random.below(300), 60 + random.below(900)};
    item.value = random.below(1'000'000);
    item.slot = i % 2;
    tokens += item.cost.tokens;
    if (i % 3 == 0) item.alternatives = i;
    problem.groups[0].items.push_back(item);
    if (i % 3 != 0) continue;
    item.cost = {item.cost.tokens / 3, item.cost.chars / 3};
    item.value /= 2;
    problem.groups[0].items.push_back(item);
  }
  problem.budget.limit.tokens = static_cast<std::uint32_t>(tokens / 4);
  check(problem);
}

// Each choice at the last row opens a chain as long as the problem and only then meets a contradiction.
TEST_CASE("a way that is long and leads nowhere counts by its length") {
  constexpr std::uint32_t rows = 16;
  PackingProblem problem = unconnected(1 + 2 * rows + many, 7);
  problem.budget = {};
  PackingGroup& root = problem.groups[0];
  for (std::uint32_t row = 0; row < rows; ++row) root.requires_any.push_back({1 + 2 * row, 2 + 2 * row});
  const std::uint32_t first = 1 + 2 * rows;
  for (std::uint32_t last : root.requires_any.back()) problem.groups[last].requires_all = {first};
  for (std::uint32_t g = first; g + 1 < problem.groups.size(); ++g) problem.groups[g].requires_all = {g + 1};
  problem.groups.back().conflicts = {0};
  const Result<budget::Model> model = budget::build_model(problem);
  REQUIRE(model);
  const budget::Mandatory found = budget::find_mandatory(*model, budget::Seek::fitting, 1'000);
  CHECK(found.outcome == budget::Mandatory::Outcome::stopped);
  CHECK(found.nodes > 1);
  CHECK(found.nodes * many <= 1'000 * 1'024 * 2);
  const Result<Packing> packed = pack(problem, {80, 0});
  REQUIRE(packed);
  CHECK(packed->status == PackingStatus::unknown);
}
