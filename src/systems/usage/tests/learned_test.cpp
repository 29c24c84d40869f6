// What is learned from counts of use, and how it is kept.
#include <catch2/catch.hpp>

#include "files/tree.h"
#include "usage/learned.h"

using namespace cascade;
using namespace cascade::usage;

namespace {

Exposure exposure(std::uint64_t used, std::uint64_t of) { return {"skill:a", {used, of}}; }

}  // namespace

TEST_CASE("from twenty exposures on, a section is worth more or less by its own use, within limits") {
  const Exposures all{{1, exposure(20, 20)}, {2, exposure(0, 20)}, {3, exposure(10, 20)}, {4, exposure(19, 19)}};
  CHECK(factor_of(all.at(1), mean_of(all)) == 1'250);
  CHECK(factor_of(all.at(2), mean_of(all)) == 800);
  CHECK(factor_of(all.at(3), mean_of(all)) > 800);
  CHECK(factor_of(all.at(3), mean_of(all)) < 1'000);
  CHECK(factor_of(all.at(4), mean_of(all)) == 1'000);
}

TEST_CASE("few exposures are drawn to the average") {
  Exposures all{{1, exposure(11, 20)}, {2, exposure(1'100, 2'000)}};
  for (std::uint64_t hash = 10; hash < 60; ++hash) all[hash] = exposure(10, 20);
  CHECK(factor_of(all.at(1), mean_of(all)) <= factor_of(all.at(2), mean_of(all)));
  CHECK(factor_of(all.at(1), mean_of(all)) > 1'000);
}

TEST_CASE("counts that cannot be are passed over") {
  const Exposures all{{1, {"a", {~std::uint64_t{0}, 20}}}, {2, {"b", {0, ~std::uint64_t{0}}}}};
  CHECK(factor_of(all.at(1), mean_of(all)) == 1'000);
  CHECK(factor_of(all.at(2), mean_of(all)) == 1'000);
}

TEST_CASE("what was learned is read back as it was written, and names its source") {
  const Exposures all{{0xfedcba9876543210, exposure(20, 20)}, {2, exposure(0, 20)}, {3, exposure(20, 20)}};
  const Learned learned = learned_of(all);
  REQUIRE(learned.values.size() == 3);
  CHECK(learned.values[0].content_hash == 2);
  CHECK(learned.source != 0);
  files::MemoryTree tree;
  tree.write("/state/learned.json", learned_file(all, {{1, 2}, {2, 2}}));
  const auto read = read_learned(tree, "/state");
  REQUIRE(read);
  CHECK(read->source == learned.source);
  REQUIRE(read->values.size() == 3);
  CHECK(read->values[2].content_hash == 0xfedcba9876543210);
  CHECK(read->values[2].per_mille == 1'250);
  CHECK(learned_file(all, {{1, 2}, {2, 2}}) == learned_file(all, {{1, 2}, {2, 2}}));
}

TEST_CASE("a file that is none of ours teaches nothing and is said; no file is nothing learned") {
  files::MemoryTree tree;
  CHECK(read_learned(tree, "/state")->values.empty());
  CHECK(read_learned(tree, "")->values.empty());
  for (const char* odd : {"", "{", "[]", "{\"schema\":\"cascade.learned/2\",\"sections\":[]}", "{\"sections\":[]}"}) {
    tree.write("/state/learned.json", odd);
    const auto read = read_learned(tree, "/state");
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::malformed);
  }
  // Factors in the file are for people; a count that was written by hand stays within the limits.
  tree.write("/state/learned.json",
             R"({"schema":"cascade.learned/1","sections":[{"hash":"01","used":20,"judged":20,"per_mille":9000},)"
             R"({"hash":"02","used":0,"judged":20},7,{"hash":[]}]})");
  const auto read = read_learned(tree, "/state");
  REQUIRE(read);
  for (const Learned::Value& one : read->values) CHECK((one.per_mille >= 800 && one.per_mille <= 1'250));
}
