// The findings of several folders as those of one tree.
#include <catch2/catch.hpp>

#include "unit/library_folder.h"
#include "validate/checkup/checkup.h"

namespace cascade {
namespace {

using test::LibraryFolder;

constexpr const char* broken = "---\nname: [\n---\n";
constexpr const char* sound =
    "---\nname: linter\ndescription: Finds style faults. Use when code is new.\ntools: Read\n---\n\nYou find faults.\n";

Checkup checkup_of(const LibraryFolder& library, const std::string& profile = {}) {
  CheckupOptions options;
  options.workspace = library.options();
  options.profile = profile;
  return Checkup(std::move(options));
}

// Of the files that have errors, each once.
std::string paths_in(const Validation& validation) {
  std::string paths, last;
  for (const Diagnostic& finding : validation.found) {
    if (finding.severity != Severity::error || finding.at.path == last) continue;
    last = finding.at.path;
    paths += last + "\n";
  }
  return paths;
}

TEST_CASE("each root's paths get its prefix, and the whole is sorted") {
  const LibraryFolder first{{"skills/review/SKILL.md", broken}, {"agents/linter.md", sound}};
  const LibraryFolder second{{"skills/review/SKILL.md", broken}};
  Checkup checkup = checkup_of(first);
  REQUIRE(checkup.add(first.path(), "b/"));
  REQUIRE(checkup.add(second.path(), "a/"));
  CHECK(paths_in(checkup.validation()) == "a/skills/review/SKILL.md\nb/skills/review/SKILL.md\n");
  CHECK(checkup.validation().checked.skills == 2);
  CHECK(checkup.validation().checked.agents == 1);
  CHECK(checkup.read("a/skills/review/SKILL.md").value_or("") == broken);
  CHECK(checkup.read("c/skills/review/SKILL.md").error().code == ErrorCode::not_found);
}

TEST_CASE("only wanted paths are reported and counted, all of them are looked at") {
  const LibraryFolder library{{"skills/review/SKILL.md", broken}, {"skills/other/SKILL.md", broken}};
  Checkup checkup = checkup_of(library);
  REQUIRE(checkup.add(library.path(), "", [](std::string_view path) { return path == "skills/other/SKILL.md"; }));
  CHECK(paths_in(checkup.validation()) == "skills/other/SKILL.md\n");
  CHECK(checkup.validation().checked.skills == 1);
}

TEST_CASE("the profile given goes before that of the root's cascade.yaml") {
  const LibraryFolder library{{"agents/linter.md", sound}, {"cascade.yaml", "profile: agent-skills\nfail_on: error\n"}};
  Checkup configured = checkup_of(library), given = checkup_of(library, "cascade");
  REQUIRE(configured.add(library.path(), ""));
  REQUIRE(given.add(library.path(), ""));
  CHECK(configured.profile() == "agent-skills");
  CHECK(configured.fail_on() == Severity::error);
  CHECK(given.profile() == "cascade");
}

TEST_CASE("a checkup fails from the severity on that is asked for") {
  const LibraryFolder library{{"agents/linter.md", sound}, {"skills/review/SKILL.md", broken}};
  Checkup checkup = checkup_of(library);
  CHECK_FALSE(checkup.reaches(Severity::info));
  REQUIRE(checkup.add(library.path(), ""));
  CHECK(checkup.reaches(Severity::error));
  CHECK(checkup.reaches(Severity::info));
}

TEST_CASE("a root that is not there is an error, and the steps are told as they are done") {
  const LibraryFolder library{{"agents/linter.md", sound}};
  std::string steps;
  CheckupOptions options;
  options.workspace = library.options();
  options.step = [&](std::string_view step) { steps.append(step).append(" "); };
  Checkup checkup(std::move(options));
  CHECK(checkup.add(library.path() + "/missing", "").error().code == ErrorCode::not_found);
  CHECK(steps.empty());
  REQUIRE(checkup.add(library.path(), ""));
  CHECK(steps == "list validate ");
}

}  // namespace
}  // namespace cascade
