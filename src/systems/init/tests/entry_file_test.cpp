#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "client/built_in.h"
#include "init/settings_edit.h"
#include "scratch_folder.h"

using namespace cascade;
using init::EntryPlan;

TEST_CASE("the entry skill is written, and taken away without a trace") {
  const test::ScratchFolder scratch;
  const files::DiskTree tree;
  const EntryPlan plan = init::plan_entry_installation(tree, scratch.path);
  CHECK(plan.step == EntryPlan::Step::write);
  REQUIRE(init::carry_out(plan));
  CHECK(*tree.read(scratch.path + "/skills/cascade/SKILL.md", 10'000) == client::entry_skill_text());
  CHECK(init::plan_entry_installation(tree, scratch.path).step == EntryPlan::Step::keep);
  REQUIRE(init::carry_out(init::plan_entry_removal(tree, scratch.path)));
  CHECK(std::filesystem::is_empty(scratch.path));
  CHECK(init::plan_entry_removal(tree, scratch.path).step == EntryPlan::Step::keep);
}

TEST_CASE("somebody's own skill of that name, and other skills, stay") {
  const test::ScratchFolder scratch;
  const files::DiskTree tree;
  std::filesystem::create_directories(scratch.path + "/skills/cascade");
  std::filesystem::create_directories(scratch.path + "/skills/other");
  std::ofstream(scratch.path + "/skills/cascade/SKILL.md") << "mine";
  for (const EntryPlan& plan :
       {init::plan_entry_installation(tree, scratch.path), init::plan_entry_removal(tree, scratch.path)}) {
    CHECK(plan.step == EntryPlan::Step::foreign);
    REQUIRE(init::carry_out(plan));
  }
  CHECK(*tree.read(scratch.path + "/skills/cascade/SKILL.md", 100) == "mine");
}
