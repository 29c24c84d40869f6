// The records of gates on a real server.
#include <catch2/catch.hpp>

#include <string>

#include "postgres/cluster.h"
#include "records/record.h"

using namespace cascade;
using namespace cascade::gate;

namespace {

Records opened(const std::string& address) {
  store::Options options;
  options.folder = "/nowhere";
  options.server = address;
  options.program = CASCADE_POSTGRES;
  auto records = Records::open(options);
  if (!records) FAIL(records.error().message);
  return *std::move(records);
}

}  // namespace

TEST_CASE("what two machines saw of a gate is one record") {
  if (const std::string absent = test::Cluster::absent(); !absent.empty()) {
    WARN("skipped: " + absent);
    return;
  }
  test::Cluster cluster;
  Records here = opened(cluster.address()), there = opened(cluster.address());
  const Rule lint{"lint", "npm run lint"};
  for (int i = 0; i < 35; ++i) {
    Trial trial;
    trial.subject = "s1/" + std::to_string(i);
    trial.flagged = true;
    trial.repo = "/w";
    trial.commit = "abcdef" + std::to_string(i);
    const auto kept = (i % 2 == 0 ? here : there).note(lint, trial);
    if (!kept) FAIL(kept.error().message);
    const auto done = there.decide(kept->id, {"red", true, "CI"}, 1);
    if (!done) FAIL(done.error().message);
  }
  const auto standing = here.standing(lint);
  if (!standing) FAIL(standing.error().message);
  CHECK(standing->live.right == 35);
  CHECK(standing->earned == Level::block);
  REQUIRE(here.set("lint", Level::warn));
  CHECK(in_force(*there.standing(lint), Level::block) == Level::warn);
  CHECK(here.of_commit("abcdef1")->size() == 11);
  CHECK(here.unsettled("/w")->empty());
  CHECK(*here.knows(lint, "s1/3"));
  Trial open;
  open.subject = "s2/x";
  open.flagged = true;
  REQUIRE(here.note(lint, open));
  CHECK(there.of_subject("lint", "s2/")->size() == 1);
  CHECK(there.trials("lint", 1, 10)->size() == 10);
  CHECK(there.names()->size() == 1);
}
