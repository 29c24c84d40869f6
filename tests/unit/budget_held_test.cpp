#include <catch2/catch.hpp>

#include <cascade/budget.h>

using namespace cascade;

namespace {

// A root with a head and two items, of which the budget has room for one.
PackingProblem one_of_two(std::uint64_t first_value, std::uint64_t second_value) {
  PackingProblem problem;
  PackingGroup group;
  group.items = {{0, {1, 1}}, {first_value, {10, 10}}, {second_value, {10, 10}}};
  problem.groups = {group};
  problem.roots = {0};
  problem.budget.limit = {11, 11};
  return problem;
}

// Groups that are opened by a required one: a root that needs all of `needs`.
PackingProblem root_needing(std::vector<std::uint32_t> needs, std::vector<PackingGroup> others) {
  PackingProblem problem;
  PackingGroup root;
  root.items = {{1, {1, 1}}};
  root.requires_all = std::move(needs);
  problem.groups = std::move(others);
  problem.groups.insert(problem.groups.begin(), root);
  problem.roots = {0};
  return problem;
}

PackingGroup group_with_alternative(std::uint32_t alternatives) {
  PackingGroup group;
  PackingItem head;
  head.value = 1;
  head.cost = {1, 1};
  head.alternatives = alternatives;
  group.items = {head};
  return group;
}

}  // namespace

TEST_CASE("what was held stays where something else is worth less than a hundredth more, at a price that is said") {
  PackingProblem problem = one_of_two(1'000, 1'005);
  problem.groups[0].items[1].held = true;
  const Packing packing = *pack(problem, {});
  CHECK(packing.selected == std::vector<PackedItem>{{0, 0}, {0, 1}});
  CHECK(packing.certificate.value == 1'000);
  CHECK(packing.certificate.upper_bound == 1'005);
  CHECK(packing.certificate.stability_cost == 5);
  CHECK(packing.certificate.proof == Proof::bounded);
}

TEST_CASE("what was held and is the best anyway costs nothing and is proven") {
  PackingProblem problem = one_of_two(1'000, 900);
  problem.groups[0].items[1].held = true;
  const Packing packing = *pack(problem, {});
  CHECK(packing.selected == std::vector<PackedItem>{{0, 0}, {0, 1}});
  CHECK(packing.certificate.stability_cost == 0);
  CHECK(packing.certificate.proof == Proof::optimal);
}

TEST_CASE("what was held goes where something else is worth more than a hundredth more") {
  PackingProblem problem = one_of_two(1'000, 1'011);
  problem.groups[0].items[1].held = true;
  CHECK(pack(problem, {})->selected == std::vector<PackedItem>{{0, 0}, {0, 2}});
}

TEST_CASE("of two that must be in and exclude each other both are named") {
  const PackingProblem problem = root_needing({1, 2}, {group_with_alternative(7), group_with_alternative(7)});
  const Packing packing = *pack(problem, {});
  CHECK(packing.status == PackingStatus::conflict);
  CHECK(packing.clash == std::vector<std::uint32_t>{1, 2});
}

TEST_CASE("of a group whose own items exclude each other it is named, once") {
  PackingGroup group = group_with_alternative(7);
  group.items.push_back(group.items[0]);
  group.items[1].pinned = true;
  const Packing packing = *pack(root_needing({1}, {group}), {});
  CHECK(packing.status == PackingStatus::conflict);
  CHECK(packing.clash == std::vector<std::uint32_t>{1});
}
