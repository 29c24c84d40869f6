// A team's figures of use on a real server.
#include <catch2/catch.hpp>

#include <string>

#include "postgres/cluster.h"
#include "usage/team.h"

using namespace cascade;
using namespace cascade::team;

namespace {

Team opened_team(const std::string& address) {
  store::Options options;
  options.folder = "/nowhere";
  options.server = address;
  options.program = CASCADE_POSTGRES;
  auto team = Team::open(options);
  if (!team) FAIL(team.error().message);
  return *std::move(team);
}

Line line(const std::string& week, std::uint64_t sent) {
  Line one{week, "skill:review", {}};
  one[Counted::sent] = one[Counted::judged] = sent;
  return one;
}

}  // namespace

TEST_CASE("what two machines share of their use is joined") {
  if (const std::string absent = test::Cluster::absent(); !absent.empty()) {
    WARN("skipped: " + absent);
    return;
  }
  test::Cluster cluster;
  Team here = opened_team(cluster.address()), there = opened_team(cluster.address());
  REQUIRE(here.share("m1", {line("2026-W47", 5), line("2026-W48", 6)}));
  REQUIRE(there.share("m2", {line("2026-W48", 7)}));
  REQUIRE(there.share("m2", {line("2026-W48", 9)}));
  REQUIRE(there.share("m2", {line("2026-W48", 1)}));  // logs are gone: the week does not shrink
  const auto joined = here.joined("2026-W48", "2026-W48");
  if (!joined) FAIL(joined.error().message);
  CHECK(joined->members == 2);
  REQUIRE(joined->lines.size() == 1);
  CHECK(joined->lines[0][Counted::sent] == 15);
  REQUIRE(there.withdraw("m2"));
  CHECK(here.joined("2026-W01", "2026-W53")->lines[0][Counted::sent] == 11);
}
