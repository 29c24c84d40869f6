#include "cli/scenario.h"
#include "accepting.h"
#include "read_text.h"
#include "scratch_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace cascade::test {
namespace {

namespace fs = std::filesystem;

const char* const folder = CASCADE_SOURCE_DIR "/tests/cli";

std::vector<fs::path> scenario_files() {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".scenario") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("a scenario is read and written alike") {
  const std::string text =
      "# What it shows.\n"
      "TREE review\n"
      "FILE a/b.md\n| one\n|\n| two\n\\\n"
      "FILE empty\n"
      "\nRUN  cascade list\nEXIT 1\nOUT\n| a\nERR\n| b\n"
      "\nRUN  cascade show x >&-\nEXIT 0\n";
  const Scenario scenario = parse_scenario(text);
  CHECK(scenario.fault.empty());
  REQUIRE(scenario.files.size() == 2);
  CHECK(scenario.files[0].text == "one\n\ntwo");
  CHECK(scenario.files[1].text.empty());
  REQUIRE(scenario.runs.size() == 2);
  CHECK(scenario.runs[0].exit == 1);
  CHECK(write_scenario(scenario) == text);
}

TEST_CASE("what is no scenario says so") {
  CHECK(parse_scenario("FILE a\n| x\n").fault == "there is no RUN");
  CHECK(parse_scenario("RUN  x\nOTU\n").fault == "no keyword: OTU");
  CHECK(parse_scenario("RUN  x\n| y\n").fault == "a line without a beginning: | y");
}

// CASCADE_TEST_ONLY=library/ runs those alone whose path has this part. CASCADE_TEST_ACCEPT=1 writes what happened into
// the file: review the difference.
TEST_CASE("every scenario does what it says") {
  const std::vector<fs::path> paths = scenario_files();
  REQUIRE(paths.size() > 20);
  const char* only = std::getenv("CASCADE_TEST_ONLY");
  for (const fs::path& path : paths) {
    if (only != nullptr && path.string().find(only) == std::string::npos) continue;
    INFO(fs::relative(path, CASCADE_SOURCE_DIR).string());
    const std::string text = read_text(path);
    const Scenario expected = parse_scenario(text);
    CHECK(expected.fault == "");
    if (!expected.fault.empty()) continue;
    const std::string seen = write_scenario(run_scenario(expected, folder, CASCADE_BINARY));
    CHECK(seen == text);
    if (cascade::test::is_accepting() && seen != text) std::ofstream(path, std::ios::binary) << seen;
  }
}

TEST_CASE("every tree holds files, and every scenario's trees exist") {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".tree") continue;
    INFO(entry.path().string());
    const Tree tree = parse_tree(read_text(entry.path()));
    CHECK(tree.fault == "");
    CHECK(!tree.files.empty());
  }
  for (const fs::path& path : scenario_files()) {
    INFO(path.string());
    for (const std::string& tree : parse_scenario(read_text(path)).trees)
      CHECK(fs::exists(fs::path(folder) / (tree + ".tree")));
  }
}

TEST_CASE("no scenario takes it that the program's path has no blanks") {
  for (const fs::path& path : scenario_files()) {
    INFO(path.string());
    CHECK(read_text(path).find("[^ ]*/cascade") == std::string::npos);
  }
}

TEST_CASE("a scenario has the program's path with links resolved") {
  const ScratchFolder scratch;
  fs::create_directory_symlink(fs::path(CASCADE_BINARY).parent_path(), scratch.path + "/linked");
  const Scenario scenario = parse_scenario("RUN  printf %s \"$CASCADE_BINARY\"\nEXIT 0\n");
  const std::string linked = scratch.path + "/linked/" + fs::path(CASCADE_BINARY).filename().string();
  CHECK(run_scenario(scenario, folder, linked).runs.front().out == fs::canonical(CASCADE_BINARY).string());
}

TEST_CASE("a scenario's name tells its verb and whether it passes") {
  for (const fs::path& path : scenario_files()) {
    INFO(path.string());
    const std::string name = path.stem().string();
    const bool pass = name.rfind("pass_", 0) == 0, fail = name.rfind("fail_", 0) == 0;
    CHECK((pass || fail));
    const Scenario scenario = parse_scenario(read_text(path));
    if (!scenario.runs.empty()) CHECK((scenario.runs.back().exit == 0) == pass);
  }
}

}  // namespace cascade::test
