// The lines of proof in the shipped library, each tried where the work is done and where it is not (try_verify).
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "library/library_tree.h"
#include "scratch_folder.h"

namespace cascade::library {
namespace {

bool verifier_runs() {
  if (answer_of("command -v python3 && command -v git && command -v bash").exit == 0) return true;
  WARN("skipped: python3, git or bash is not here");
  return false;
}

void write_library(const std::string& folder, const std::string& proof, const std::string& rows) {
  std::filesystem::create_directories(folder + "/skills/one");
  std::filesystem::create_directories(folder + "/cases");
  std::filesystem::copy_file(CASCADE_SOURCE_DIR "/tests/library/verify/prelude.sh", folder + "/cases/prelude.sh");
  std::ofstream(folder + "/skills/one/SKILL.md") << "---\nname: one\ndescription: x\n---\nLead.\n\n## Verify\n\n"
                                                 << proof << "\n";
  std::ofstream(folder + "/cases/a.cases") << "= skill one\n" << rows;
}

Answer verified_at(const std::string& folder) {
  return answer_of("tests/library/try_verify --root '" + folder + "' --cases '" + folder + "/cases'");
}

// What try_verify says of one skill whose proof is this text, tried by this case.
Answer verified(const std::string& proof, const std::string& rows) {
  const test::ScratchFolder folder;
  write_library(folder.path, proof, rows);
  return verified_at(folder.path);
}

bool says(const Answer& answer, const std::string& part) { return answer.out.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a line that tells done from not done is good, and its command comes from the manifest") {
  if (!verifier_runs()) return;
  const Answer found =
      verified("- `test -e NAME` holds.", "line: test -e\nwith: NAME=a\ndone: touch a\nundone: touch b\n");
  CHECK(found.exit == 0);
  CHECK(says(found, "1 of 1 lines of proof tell done from not done"));
}

TEST_CASE(
    "a library below a folder with blanks and letters of other scripts is tried as any other, also behind a link") {
  if (!verifier_runs()) return;
  const test::ScratchFolder folder;
  const std::string place = folder.path + "/two words/Über [наш]";
  write_library(place, "- `grep -rl lead SKILLS` prints the page.",
                "line: grep\nwith: lead=Lead\n  SKILLS=$ROOT/skills/one\n"
                "done: test -f $ROOT/skills/one/SKILL.md\nundone: ROOT=.; mkdir -p skills/one; export ROOT\n");
  CHECK(says(verified_at(place), "1 of 1 lines of proof"));
  std::filesystem::create_directory_symlink(place, folder.path + "/linked");
  CHECK(says(verified_at(folder.path + "/linked"), "1 of 1 lines of proof"));
}

TEST_CASE("a line that says yes or no to both is at fault, and so is one that cannot run or is no longer there") {
  if (!verifier_runs()) return;
  const std::string rows = "line: test\ndone: touch a\nundone: touch b\n";
  CHECK(says(verified("- `test -n x` holds.", rows), "says yes where the work is not done"));
  CHECK(says(verified("- `test -e c` holds.", rows), "says no where the work is done"));
  CHECK(says(verified("- `ls | no-such-program-here` is empty.", "line: ls\nundone: :\n"), "could not be run"));
  CHECK(
      says(verified("- `grep -E '(' a` is empty.", "line: grep\ndone: echo x >a\nundone: :\n"), "was not understood"));
  CHECK(says(verified("- It holds.", rows), "0 commands of the text begin so"));
  CHECK(says(verified("- `test -e a` holds.", "line: test\ndone: touch a\n"), "has no case in which it must say no"));
  CHECK(says(verified("- `test -e a` holds.", "line: test\ndone: false\nundone: :\n"), "set-up ended with 1"));
}

TEST_CASE("a pattern must find every planted line that it should and none that it should not") {
  if (!verifier_runs()) return;
  const std::string rows = "line: ip|\nfinds:\n  ip\n  address\nleaves:\n  shipping\n";
  const Answer found = verified("- Nothing matches `ip|mail`.", rows);
  CHECK(found.exit == 1);
  CHECK(says(found, "misses `address`; reports `shipping`"));
}

TEST_CASE("what cannot run here is skipped with the reason, and a folder without cases is not called clean") {
  if (!verifier_runs()) return;
  const Answer found = verified("- `no-such-program-at-all x` holds.", "line: no-such\nundone: :\n");
  CHECK(found.exit == 0);
  CHECK(says(found, "1 skipped: no no-such-program-at-all here"));
  const std::string rows = "line: test -e\ndone: touch a\nundone: touch b\nneeds: python3:";
  CHECK(says(verified("- `test -e a` holds.", rows + "no_such_module\n"), "1 skipped: no python3:no_such_module here"));
  CHECK(says(verified("- `test -e a` holds.", rows + "json\n"), "1 of 1 lines of proof"));
  CHECK(answer_of("tests/library/try_verify --cases docs 2>/dev/null").exit == 3);
}

TEST_CASE(
    "a command that acts must bring about what holds after it and not before, and end well unless its status is asked "
    "for") {
  if (!verifier_runs()) return;
  CHECK(verified("- Run `mkdir -p`.", "line: mkdir\nbehind: a\ndoes: test -d a\n").exit == 0);
  CHECK(verified("- Run `ls`.", "line: ls\nbehind: no-such\ndoes: test \"$status\" = 2 && shown 'no-such'\n").exit ==
        0);
  CHECK(
      says(verified("- Run `mkdir -p`.", "line: mkdir\nbehind: a\ngiven: mkdir a\ndoes: test -d a\n"), "held before"));
  CHECK(says(verified("- Run `true`.", "line: true\ndoes: test -d a\n"), "does not do that"));
  CHECK(says(verified("- Run `ls`.", "line: ls\nbehind: no-such\ndoes: shown no-such\n"), "ended with 2"));
}

TEST_CASE("every case for a command that is no proof still fits its manifest; scripts/check recipes runs them") {
  if (!verifier_runs()) return;
  const Answer found = answer_of("tests/library/try_verify --bind --cases tests/library/runs");
  INFO(found.out);
  CHECK(found.exit == 0);
}

TEST_CASE("every line of proof that has a case tells done from not done") {
  if (!verifier_runs()) return;
  const Answer found = answer_of("tests/library/try_verify");
  INFO(found.out);
  CHECK(found.exit == 0);
}

}  // namespace cascade::library
