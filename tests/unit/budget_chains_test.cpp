// Which sets of alternatives are a chain of shorter and longer forms.
#include "budget/kernel.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace cascade::budget {
namespace {

struct FormOfText {
  std::uint64_t value;
  std::uint32_t tokens, chars;
  bool pinned = false;
};

// One group with all sets. Of each set its chain, as "1<3"; "-" if it is none, and "!2" for a form that is dropped.
std::string chains_of(const std::vector<std::vector<FormOfText>>& sets) {
  PackingProblem problem;
  problem.groups.resize(1);
  problem.groups[0].items.emplace_back();
  problem.roots = {0};
  for (std::size_t s = 0; s < sets.size(); ++s) {
    for (const FormOfText& form : sets[s]) {
      PackingItem item;
      item.value = form.value;
      item.cost = {form.tokens, form.chars};
      item.pinned = form.pinned;
      item.alternatives = static_cast<std::uint32_t>(s) + 1;
      problem.groups[0].items.push_back(item);
    }
  }
  const Result<Model> model = build_model(problem);
  REQUIRE(model);
  const Alive alive = find_alive(*model);
  Places places = place_contents(*model, alive, find_component_tree(*model, alive));
  const Chains chains = find_chains(*model, alive, places);
  std::string out;
  std::uint32_t content = 1;  // 0 is the head
  for (std::size_t s = 0; s < sets.size(); ++s) {
    std::string text;
    const std::uint32_t first = content;
    for (std::uint32_t i = 0; i < sets[s].size(); ++i, ++content) {
      if (places[content] == none) text += "!" + std::to_string(i + 1);
      if (chains.longer[content] == none) continue;
      CHECK(chains.shorter[chains.longer[content]] == content);
      text += std::to_string(i + 1) + "<" + std::to_string(chains.longer[content] - first + 1);
    }
    out += (out.empty() ? "" : " ") + (chains.set[s] != 0 ? "chain" + text : "-" + text);
  }
  return out;
}

}  // namespace

TEST_CASE("forms of growing value and cost are a chain, and what a cheaper one beats is dropped") {
  CHECK(chains_of({{{3, 2, 2}, {9, 6, 6}}}) == "chain1<2");
  CHECK(chains_of({{{9, 6, 6}, {3, 2, 2}}}) == "chain2<1");
  CHECK(chains_of({{{3, 2, 2}, {5, 2, 3}, {9, 6, 3}}}) == "chain1<22<3");
  CHECK(chains_of({{{5, 2, 2}, {4, 3, 3}, {9, 9, 9}}}) == "chain1<3!2");
  CHECK(chains_of({{{5, 2, 2}, {5, 2, 3}}}) == "chain!2");
  CHECK(chains_of({{{5, 2, 2}, {5, 3, 2}}}) == "chain!2");
}

TEST_CASE("equal forms, crossing costs and what must be in are no chain, and stand in no one's way") {
  for (const std::vector<FormOfText>& none_of_these : std::vector<std::vector<FormOfText>>{
           {{5, 5, 5}, {5, 5, 5}}, {{3, 2, 9}, {9, 6, 3}}, {{3, 2, 2, true}, {9, 6, 6}}}) {
    CHECK(chains_of({none_of_these}) == "-");
    CHECK(chains_of({none_of_these, {{3, 2, 2}, {9, 6, 6}}}) == "- chain1<2");
    CHECK(chains_of({{{3, 2, 2}, {9, 6, 6}}, none_of_these}) == "chain1<2 -");
  }
}

}  // namespace cascade::budget
