// scripts/install: into a prefix of one's own, and out again.
#include <catch2/catch.hpp>
#include <filesystem>

#include "package/installed.h"

namespace cascade::package {
namespace {

namespace fs = std::filesystem;

Outcome install(const std::string& tree, const std::string& more = "--from '" CASCADE_BUILD_DIR "'") {
  return run("'" CASCADE_SOURCE_DIR "/scripts/install' --prefix '" + tree + "' " + more);
}

std::string everything_in(const std::string& tree) {
  return run("cd '" + tree + "' && find . -mindepth 1 | LC_ALL=C sort").output;
}

std::string programs_for(const std::string& file) {
  return run("echo '" + file + "' | '" CASCADE_SOURCE_DIR "/scripts/changed-tests' | xargs echo").output;
}

TEST_CASE("what a change is most likely to break is chosen by its files") {
  CHECK(programs_for("docs/tokens.md") == "architecture\n");
  CHECK(programs_for("src/core/budget/search.cpp").find("unit_budget") != std::string::npos);
  CHECK(programs_for("src/core/client/codex.cpp").find("unit_client unit_hook") != std::string::npos);
  CHECK(programs_for("include/cascade/tokens.h").find("unit_tokens") != std::string::npos);
  CHECK(programs_for("src/systems/gates/tests/record_test.cpp") == "architecture unit_gates\n");
  CHECK(programs_for("tests/fuzz/seeds/json/empty") == "architecture fuzz_json\n");
  CHECK(programs_for("tests/cli/route/pass.scenario") == "architecture cli\n");
  CHECK(programs_for("skills/x/SKILL.md") == "architecture library\n");
}

TEST_CASE("scripts/install --remove removes what scripts/install wrote, and nothing else") {
  const std::string tree = scratch("local");
  write_text(tree + "/bin/other", "of somebody else\n");
  write_text(tree + "/share/cascade/mine", "notes\n");
  const std::string before = everything_in(tree);
  const Outcome installed = install(tree);
  INFO(installed.output);
  REQUIRE(installed.status == 0);
  CHECK(run("'" + tree + "/bin/cascade' --version").status == 0);
  CHECK_FALSE(fs::exists(tree + "/include"));  // nobody asked to embed it
  CHECK(run("nm '" + tree + "/bin/cascade' 2>&1 | head -1").output.find("no symbols") != std::string::npos);

  CHECK(install(tree, "--libraries --from '" CASCADE_BUILD_DIR "'").status == 0);
  CHECK(fs::exists(tree + "/include/cascade/cascade.h"));
  CHECK(install(tree).status == 0);  // again: replaces its own, and takes back what is not asked for any more
  CHECK_FALSE(fs::exists(tree + "/include/cascade/cascade.h"));
  const Outcome removed = install(tree, "--remove");
  INFO(removed.output);
  CHECK(removed.status == 0);
  CHECK(everything_in(tree) == before);
  CHECK(install(tree, "--remove").status == 1);
}

TEST_CASE("the hooks leave the settings before the program goes, and where they cannot, the program stays") {
  const std::string tree = scratch("hooked"), home = scratch("hooked-home");
  const std::string with_home = "HOME='" + home + "' XDG_STATE_HOME='" + home + "/state' ";
  const auto remove = [&] {
    return run(with_home + "'" CASCADE_SOURCE_DIR "/scripts/install' --prefix '" + tree + "' --remove");
  };
  REQUIRE(install(tree).status == 0);
  const std::string settings = home + "/project/.claude/settings.json";
  write_text(settings, "{\"model\": \"opus\"}\n");
  REQUIRE(run(with_home + "'" + tree + "/bin/cascade' init && cd '" + home + "/project' && " + with_home + "'" + tree +
              "/bin/cascade' init --project")
              .status == 0);
  fs::permissions(settings, fs::perms::owner_read);
  const Outcome refused = remove();
  INFO(refused.output);
  CHECK(refused.status == 1);
  CHECK(refused.output.find("nothing was removed") != std::string::npos);
  CHECK(fs::exists(tree + "/bin/cascade"));
  fs::permissions(settings, fs::perms::owner_all);
  const Outcome removed = remove();
  INFO(removed.output);
  CHECK(removed.status == 0);
  CHECK_FALSE(fs::exists(tree + "/bin/cascade"));
  CHECK(read_text(settings) == "{\"model\": \"opus\"}\n");
  CHECK_FALSE(fs::exists(home + "/.claude/settings.json"));
}

TEST_CASE("a prefix that was not there is gone again after the removal") {
  const std::string tree = scratch("fresh") + "/new/local";
  REQUIRE(install(tree).status == 0);
  CHECK(install(tree, "--remove").status == 0);
  CHECK_FALSE(fs::exists(tree));
}

TEST_CASE("a file of others is not overwritten") {
  const std::string tree = scratch("foreign");
  write_text(tree + "/bin/cascade", "another program of this name\n");
  const Outcome installed = install(tree);
  CHECK(installed.status == 1);
  CHECK(installed.output.find(tree + "/bin/cascade is there already, and not ours") != std::string::npos);
  CHECK(everything_in(tree) == "./bin\n./bin/cascade\n");
}

TEST_CASE("a manifest that was changed after the installation stays") {
  const std::string tree = scratch("changed");
  REQUIRE(install(tree).status == 0);
  const std::string skill = "/share/cascade/library/skills/changed/SKILL.md";
  std::string some;
  for (const auto& entry : fs::recursive_directory_iterator(tree + "/share/cascade/library/skills"))
    if (entry.path().filename() == "SKILL.md") some = entry.path().string();
  write_text(some, "mine now\n");
  write_text(tree + skill, "a new one\n");
  const Outcome removed = install(tree, "--remove");
  CHECK(removed.status == 1);
  CHECK(removed.output.find(some + " was changed, it stays") != std::string::npos);
  CHECK(read_text(some) == "mine now\n");
  CHECK(fs::exists(tree + skill));
  CHECK_FALSE(fs::exists(tree + "/bin"));
}

}  // namespace
}  // namespace cascade::package
