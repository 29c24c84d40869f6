// The record: what pack() answers, and how many nodes it takes, on random problems that are too large to be proven at
// once. docs/packing.md promises the same answer on every machine, also where the node limit ends the search and the
// guesses that guide it decide what is kept. So every build (either compiler, with or without sanitizers) must give the
// recorded lines, and a change of those guesses shows in the difference whether it proves more with less work.
#include <catch2/catch.hpp>

#include "unit/budget_hard.h"
#include "unit/budget_oracle.h"
#include "unit/record.h"

using namespace oracle;

namespace {

// The selection as one number.
std::uint64_t mark_of(const std::vector<PackedItem>& selected) {
  std::uint64_t mark = 1469598103934665603ULL;
  for (const PackedItem& at : selected) mark = (mark ^ (std::uint64_t{at.group} << 16 ^ at.item)) * 1099511628211ULL;
  return mark;
}

std::string line_of(const Packing& packing) {
  const Certificate& c = packing.certificate;
  std::string line(to_string(packing.status));
  if (packing.status != PackingStatus::ok) return line + "\t" + std::to_string(c.nodes);
  line += "\t" + std::string(to_string(c.proof));
  for (const std::uint64_t number : {c.value, c.upper_bound, c.nodes, mark_of(packing.selected) % 1'000'000})
    line += "\t" + std::to_string(number);
  return line;
}

void add(std::string& record, const std::string& name, const PackingProblem& problem) {
  std::uint64_t value = 0;
  std::vector<PackingLimits> all{{0, 0}, {40, 0}, {700, 0}};
  if (problem.groups.size() < 20) all.insert(all.end(), {{700, 2'000}, {700, 0, 20}});
  for (const PackingLimits& limits : all) {
    const Result<Packing> packing = pack(problem, limits);
    REQUIRE(packing);
    if (packing->status == PackingStatus::ok) {
      CHECK(is_valid(problem, packing->selected));
      CHECK(packing->certificate.value <= packing->certificate.upper_bound);
      value = std::max(value, packing->certificate.value);
      CHECK(packing->certificate.upper_bound >= value);
    }
    record += name + "\t" + std::to_string(limits.nodes) + "\t" + std::to_string(limits.gap_ppm) + "\t" +
              (limits.tie_nodes == 20 ? "20" : "-") + "\t" + line_of(*packing) + "\n";
  }
}

}  // namespace

TEST_CASE("every build gives the recorded answers, with the recorded work") {
  std::string record =
      "# family and groups, limits of nodes, gap and ties; status, proof, value, bound, nodes, selection\n";
  for (const Hardness& family : hard_families) {
    for (const std::uint32_t part : {2, 4, 8, 16}) {  // small ones are proven, at once or after some nodes
      Hardness hard = family;
      hard.groups /= part;
      INFO(hard.name << " " << hard.groups);
      add(record, std::string(hard.name) + ", " + std::to_string(hard.groups), HardProblem(hard, part).make());
    }
  }
  for (std::uint32_t seed = 1; seed <= 24; ++seed) {
    const std::uint32_t texts = 1 + seed / 3;
    add(record, "texts " + std::to_string(seed) + ", " + std::to_string(texts), TextProblem(texts, seed).problem());
  }
  cascade::test::check_record("budget_answers.tsv", record);
}
