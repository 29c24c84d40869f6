// What the search for a first valid selection counts as work.
#include "budget/kernel.h"

#include <catch2/catch.hpp>

namespace cascade::budget {

TEST_CASE("cutting a sequence into ordered parts counts by its length, where what is sought must fit") {
  constexpr std::uint32_t choices = 10;
  for (const std::uint32_t texts : {1U, 4'096U}) {
    PackingProblem problem;
    problem.groups.resize(2 * choices + 2);
    for (PackingGroup& group : problem.groups) {
      group.items.emplace_back();
      group.items.back().cost = {1, 10};
    }
    for (std::uint32_t i = 0; i < choices; ++i) problem.groups[0].requires_any.push_back({2 * i + 1, 2 * i + 2});
    problem.groups[0].refs = {2 * choices + 1};
    problem.groups.back().items.resize(texts);
    problem.roots = {0};
    problem.placement = Placement::ordered;
    problem.slot_chars = {15, 97};  // 11 heads would fit if one of them were cut
    const Result<Model> model = build_model(problem);
    REQUIRE(model);
    const Mandatory fitting = find_mandatory(*model, Seek::fitting, 100);
    CHECK(fitting.outcome == Mandatory::Outcome::stopped);
    CHECK((fitting.nodes < 50) == (texts > 1));
    const Mandatory cheapest = find_mandatory(*model, Seek::cheapest, 100);
    CHECK(cheapest.outcome == Mandatory::Outcome::stopped);
    CHECK(cheapest.nodes > 90);
  }
}

}  // namespace cascade::budget
