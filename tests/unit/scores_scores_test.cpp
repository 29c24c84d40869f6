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
