// Dominators and components of random graphs against their definitions.
#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "budget/kernel.h"
#include "unit/seeded_random.h"

namespace cascade::budget {
namespace {

Rows random_graph(test::SeededRandom& random) {
  Rows graph;
  const std::uint32_t vertices = 1 + random.below(12), edges = random.below(30);
  std::vector<std::vector<std::uint32_t>> rows(vertices);
  for (std::uint32_t i = 0; i < edges; ++i) rows[random.below(vertices)].push_back(random.below(vertices));
  for (const std::vector<std::uint32_t>& row : rows) {
    graph.items.insert(graph.items.end(), row.begin(), row.end());
    graph.end_row();
  }
  return graph;
}

// What `start` leads to if no way may pass through `closed`.
std::vector<bool> reached_from(const Rows& graph, std::uint32_t start, std::uint32_t closed) {
  std::vector<bool> reached(graph.size(), false);
  if (start == closed) return reached;
  std::vector<std::uint32_t> left{start};
  reached[start] = true;
  while (!left.empty()) {
    const std::uint32_t from = left.back();
    left.pop_back();
    for (const std::uint32_t to : graph[from]) {
      if (to == closed || reached[to]) continue;
      reached[to] = true;
      left.push_back(to);
    }
  }
  return reached;
}

}  // namespace

TEST_CASE("a vertex's dominators are those without which it cannot be reached, each below the next") {
  test::SeededRandom random{7};
  for (int round = 0; round < 2'000; ++round) {
    const Rows graph = random_graph(random);
    const std::uint32_t start = random.below(graph.size());
    const Dominators found = find_dominators(graph, start);
    const std::vector<bool> reached = reached_from(graph, start, none);
    CHECK(found.preorder.size() == static_cast<std::size_t>(std::count(reached.begin(), reached.end(), true)));
    CHECK(found.preorder.front() == start);
    std::vector<bool> met(graph.size(), false);
    for (const std::uint32_t v : found.preorder) {
      met[v] = true;
      CHECK((v == start || met[found.idom[v]]));
    }
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      CHECK(met[v] == reached[v]);
      if (v == start || !reached[v]) {
        CHECK(found.idom[v] == none);
        CHECK(found.depth[v] == 0);
        continue;
      }
      std::vector<bool> above(graph.size(), false);
      std::uint32_t steps = 0;
      for (std::uint32_t at = found.idom[v]; at != none; at = found.idom[at], ++steps) above[at] = true;
      CHECK(found.depth[v] == steps);
      for (std::uint32_t other = 0; other < graph.size(); ++other)
        if (other != v) CHECK(above[other] == (reached[other] && !reached_from(graph, start, other)[v]));
    }
  }
}

TEST_CASE("vertices that reach each other are one component, with a number above all that it leads to") {
  test::SeededRandom random{8};
  for (int round = 0; round < 2'000; ++round) {
    const Rows graph = random_graph(random);
    const std::vector<std::uint32_t> starts{random.below(graph.size()), random.below(graph.size())};
    const Components found = find_components(graph, starts);
    std::vector<std::vector<bool>> reached;
    for (std::uint32_t v = 0; v < graph.size(); ++v) reached.push_back(reached_from(graph, v, none));
    std::vector<bool> used(found.count, false);
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      const bool is_met = reached[starts[0]][v] || reached[starts[1]][v];
      CHECK((found.of_vertex[v] != none) == is_met);
      if (!is_met) continue;
      REQUIRE(found.of_vertex[v] < found.count);
      used[found.of_vertex[v]] = true;
      for (std::uint32_t other = 0; other < graph.size(); ++other) {
        if (!reached[v][other]) continue;
        CHECK((found.of_vertex[v] == found.of_vertex[other]) == reached[other][v]);
        CHECK(found.of_vertex[v] >= found.of_vertex[other]);
      }
    }
    CHECK(std::find(used.begin(), used.end(), false) == used.end());
  }
}

}  // namespace cascade::budget
