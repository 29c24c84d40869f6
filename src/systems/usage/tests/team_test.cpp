#include <catch2/catch.hpp>

#include "scratch_folder.h"
#include "unit/folder_kind.h"
#include "unit/full_disk.h"
#include "usage/team.h"

using namespace cascade;
using namespace cascade::team;

namespace {

Line line(const std::string& week, const std::string& manifest, std::uint64_t sent, std::uint64_t judged) {
  Line one{week, manifest, {}};
  one[Counted::sent] = sent;
  one[Counted::judged] = judged;
  return one;
}

}  // namespace

TEST_CASE("figures of members and weeks are joined by manifest, and sharing twice counts once") {
  const test::ScratchFolder folder;
  auto team = Team::open({folder.path});
  REQUIRE(team);
  REQUIRE(team->share("m1", {line("2026-W47", "skill:a", 4, 2), line("2026-W48", "skill:a", 1, 1)}));
  REQUIRE(team->share("m1", {line("2026-W48", "skill:a", 3, 3)}));
  REQUIRE(team->share("m2", {line("2026-W48", "skill:a", 10, 9), line("2026-W48", "skill:b", 5, 5)}));
  const auto joined = team->joined("2026-W48", "2026-W48");
  REQUIRE(joined);
  CHECK(joined->members == 2);
  REQUIRE(joined->lines.size() == 2);
  CHECK(joined->lines[0].manifest == "skill:a");
  CHECK(joined->lines[0][Counted::sent] == 13);
  CHECK(joined->lines[0][Counted::judged] == 12);
  CHECK(team->joined("2026-W47", "2026-W48")->lines[0][Counted::sent] == 17);
}

TEST_CASE("a week of which logs were deleted since does not shrink") {
  const test::ScratchFolder folder;
  auto team = Team::open({folder.path});
  REQUIRE(team);
  REQUIRE(team->share("m1", {line("2026-W47", "skill:a", 4, 4)}));
  REQUIRE(team->share("m1", {line("2026-W47", "skill:a", 4, 1)}));
  CHECK(team->joined("2026-W47", "2026-W47")->lines[0][Counted::judged] == 4);
}

TEST_CASE("a member takes back what it shared, and nothing else") {
  const test::ScratchFolder folder;
  auto team = Team::open({folder.path});
  REQUIRE(team);
  REQUIRE(team->share("m1", {line("2026-W47", "skill:a", 4, 4)}));
  REQUIRE(team->share("m2", {line("2026-W47", "skill:a", 2, 2)}));
  REQUIRE(team->withdraw("m1"));
  const auto joined = team->joined("2026-W01", "2026-W53");
  CHECK(joined->members == 1);
  CHECK(joined->lines[0][Counted::sent] == 2);
}
