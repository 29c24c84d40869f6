#include <catch2/catch.hpp>

#include <string>

#include "records/record.h"
#include "scratch_folder.h"
#include "unit/folder_kind.h"
#include "unit/full_disk.h"

using namespace cascade;
using namespace cascade::gate;

namespace {

struct Kept {
  test::ScratchFolder folder;
  Records records;
  Rule lint{"lint", "npm run lint"};
  int said = 0;

  Kept() : records(opened(folder.path)) {}
  static Records opened(const std::string& path) {
    auto records = Records::open({path});
    REQUIRE(records);
    return *std::move(records);
  }
  std::int64_t flag(const std::string& commit = "") {
    Trial trial;
    trial.subject = "s" + std::to_string(++said);
    trial.flagged = true;
    trial.commit = commit;
    trial.at = 1'700'000'000;
    const auto kept = records.note(lint, trial);
    REQUIRE(kept);
    return kept->id;
  }
  bool decide(std::int64_t id, const std::string& kind, bool correct) {
    const auto changed = records.decide(id, {kind, correct, ""}, 1'700'000'001);
    REQUIRE(changed);
    return *changed;
  }
  Standing standing() {
    const auto found = records.standing(lint);
    REQUIRE(found);
    return *found;
  }
};

TEST_CASE("a gate watches first, and blocks after 35 flags that were right") {
  Kept kept;
  CHECK(kept.standing().earned == Level::shadow);
  for (int i = 0; i < 34; ++i) kept.decide(kept.flag(), "reverted", true);
  CHECK(kept.standing().earned == Level::shadow);
  kept.decide(kept.flag(), "fixed", true);
  CHECK(kept.standing().earned == Level::block);
  kept.decide(kept.flag(), "judged", false);
  CHECK(kept.standing().earned == Level::warn);
  CHECK(kept.standing().live.right == 35);
  CHECK(kept.standing().live.wrong == 1);
}

TEST_CASE("in force is the weaker of configured and earned, and what the user set") {
  Kept kept;
  for (int i = 0; i < 35; ++i) kept.decide(kept.flag(), "red", true);
  CHECK(in_force(kept.standing(), Level::block) == Level::block);
  CHECK(in_force(kept.standing(), Level::warn) == Level::warn);
  REQUIRE(kept.records.set("lint", Level::shadow));
  CHECK(in_force(kept.standing(), Level::block) == Level::shadow);
  REQUIRE(kept.records.set("lint", std::nullopt));
  CHECK(in_force(kept.standing(), Level::block) == Level::block);
}

TEST_CASE("a rule that changed starts anew, and finds its record when it comes back") {
  Kept kept;
  for (int i = 0; i < 35; ++i) kept.decide(kept.flag(), "red", true);
  kept.lint.words = "npm run lint --strict";
  CHECK(kept.standing().earned == Level::shadow);
  kept.flag();
  CHECK(kept.standing().version == 2);
  CHECK(kept.standing().live.total() == 0);
  kept.lint.words = "npm run lint";
  CHECK(kept.standing().version == 1);
  CHECK(kept.standing().earned == Level::block);
}

TEST_CASE("a stronger outcome replaces a weaker one, and counts once") {
  Kept kept;
  const std::int64_t id = kept.flag("abc");
  CHECK(kept.decide(id, "standing", false));
  CHECK(kept.standing().live.wrong == 1);
  CHECK(kept.decide(id, "reverted", true));
  CHECK(kept.standing().live.right == 1);
  CHECK(kept.standing().live.wrong == 0);
  CHECK_FALSE(kept.decide(id, "green", false));
  CHECK(kept.decide(id, "judged", false));
  CHECK(kept.standing().live.total() == 1);
  const auto trial = kept.records.find(id);
  REQUIRE(trial);
  CHECK((*trial)->outcome == "judged");
}

TEST_CASE("of what CI said of a commit the latest counts") {
  Kept kept;
  const std::int64_t id = kept.flag("abc");
  kept.decide(id, "red", true);
  CHECK(kept.decide(id, "green", false));  // it was run again
  CHECK(kept.standing().live.wrong == 1);
}

TEST_CASE("the same subject is one trial until its outcome is known") {
  Kept kept;
  Trial trial;
  trial.subject = "same";
  trial.flagged = true;
  const auto first = kept.records.note(kept.lint, trial), second = kept.records.note(kept.lint, trial);
  REQUIRE((first && second));
  CHECK(first->id == second->id);
  kept.decide(first->id, "fixed", true);
  CHECK(kept.records.note(kept.lint, trial)->id != first->id);
}

TEST_CASE("what was not flagged says nothing about precision") {
  Kept kept;
  Trial trial;
  trial.subject = "plain";
  const auto noted = kept.records.note(kept.lint, trial);
  REQUIRE(noted);
  kept.decide(noted->id, "red", true);
  CHECK(kept.standing().live.total() == 0);
}

TEST_CASE("a gate with labelled cases behind it blocks on day one, and falls like any other") {
  Kept kept;
  kept.lint = {"repository", "1", {78, 0}};
  CHECK(kept.standing().earned == Level::block);
  for (int i = 0; i < 2; ++i) kept.decide(kept.flag(), "judged", false);
  CHECK(kept.standing().earned == Level::block);
  kept.decide(kept.flag(), "judged", false);
  CHECK(kept.standing().earned == Level::warn);
}

TEST_CASE("what is recorded and not graded keeps its mode") {
  Kept kept;
  kept.lint = {"leases", "1", {}, false};
  for (int i = 0; i < 40; ++i) kept.decide(kept.flag(), "judged", false);
  CHECK(kept.standing().earned == Level::block);
  CHECK(kept.standing().live.wrong == 40);
}

TEST_CASE("flags that became a commit are found by it, and hold a promotion up") {
  Kept kept;
  for (int i = 0; i < 30; ++i) kept.flag("c0ffee" + std::to_string(i));
  for (int i = 0; i < 35; ++i) kept.decide(kept.flag(), "reverted", true);
  CHECK(kept.standing().earned == Level::shadow);
  CHECK(kept.standing().standing == 30);
  CHECK(kept.records.of_commit("c0ffee2")->size() == 11);
  CHECK(kept.records.unsettled("")->size() == 30);
}

TEST_CASE("records of two processes add up") {
  Kept kept;
  Records other = Kept::opened(kept.folder.path);
  const std::int64_t id = kept.flag();
  REQUIRE(other.decide(id, {"judged", true, "the user"}, 1));
  CHECK(kept.standing().live.right == 1);
}

}  // namespace
