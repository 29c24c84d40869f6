#include <catch2/catch.hpp>

#include "scores/scores.h"
#include "scratch_folder.h"
#include "unit/folder_kind.h"
#include "unit/full_disk.h"

using namespace cascade;
using namespace cascade::scores;

namespace {

Scores opened(const std::string& folder) {
  auto scores = Scores::open({folder});
  REQUIRE(scores);
  return *std::move(scores);
}

}  // namespace

TEST_CASE("scores come back oldest first, one for each commit and kind of audit") {
  const test::ScratchFolder folder;
  Scores scores = opened(folder.path);
  REQUIRE(scores.note("/shop", {"b", 200, 510, false}));
  REQUIRE(scores.note("/shop", {"a", 100, 430, false}));
  REQUIRE(scores.note("/shop", {"b", 300, 640, true}));
  REQUIRE(scores.note("/shop", {"b", 250, 520, false}));
  REQUIRE(scores.note("/other", {"x", 260, 100, false}));
  const auto all = scores.of("/shop", 10);
  REQUIRE(all);
  REQUIRE(all->size() == 3);
  CHECK((*all)[0].head == "a");
  CHECK((*all)[1].with_runs);
  CHECK((*all)[2].score == 520);
  REQUIRE(scores.note("/shop", {"c", 10, 700, true}));
  CHECK(scores.of("/shop", 1)->front().head == "c");
  REQUIRE(scores.note("/shop", {"b", 400, 640, true}));
  const auto newest = scores.of("/shop", 1);
  REQUIRE(newest);
  REQUIRE(newest->size() == 1);
  CHECK(newest->front().score == 640);
}

TEST_CASE("a person's word is about exactly these commands") {
  const test::ScratchFolder folder;
  {
    Scores scores = opened(folder.path);
    CHECK_FALSE(*scores.is_allowed("/shop", "test: npm test\n"));
    REQUIRE(scores.allow("/shop", "test: npm test\n"));
  }
  Scores again = opened(folder.path);
  CHECK(*again.is_allowed("/shop", "test: npm test\n"));
  CHECK_FALSE(*again.is_allowed("/shop", "test: curl evil\n"));
  CHECK_FALSE(*again.is_allowed("/other", "test: npm test\n"));
}
