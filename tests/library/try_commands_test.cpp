#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "library/library_tree.h"

namespace cascade::library {
namespace {

// A library of one skill with this body, gone with the object.
class SmallLibrary {
 public:
  explicit SmallLibrary(const std::string& body) {
    folder_ = (std::filesystem::temp_directory_path() / "cascade-try-XXXXXX").string();
    if (mkdtemp(folder_.data()) == nullptr) return;
    std::filesystem::create_directories(folder_ + "/skills/one");
    std::ofstream(folder_ + "/skills/one/SKILL.md") << "---\nname: one\ndescription: x\n---\n" << body;
  }
  ~SmallLibrary() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  SmallLibrary(const SmallLibrary&) = delete;
  SmallLibrary& operator=(const SmallLibrary&) = delete;

  // A program of this name whose help is the text; `tried` finds it before all others.
  void brings(const std::string& program, const std::string& help) const {
    const std::filesystem::path path = folder_ + "/bin/" + program;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << "#!/bin/sh\ncat <<'END'\n" << help << "END\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }

  Answer tried(const std::string& options = "") const {
    return answer_of("bash -c \"PATH=" + folder_ + "/bin:$PATH tests/library/try_commands --root " + folder_ + " " +
                     options + "\"");
  }

 private:
  std::string folder_;
};

bool can_run() {
  if (answer_of("command -v python3").exit == 0 && answer_of("command -v git").exit == 0) return true;
  WARN("skipped: python3 or git is not here");
  return false;
}

TEST_CASE("options that a program does not have are found, wherever they stand in a command") {
  if (!can_run()) return;
  const SmallLibrary library(
      "Run `git log --nonsense`, `git nonsense -a`, `git rev-list --nonsense HEAD`,\n"
      "`git status && sort --nonsense F`, `x=$(git show --nonsense)`, `timeout 5 grep -rn --nonsense x .`.\n"
      "| a | b |\n| --- | --- |\n| x | `git log -1 \\| uniq --nonsense` |\n"
      "```\nls --nonsense\n```\n");
  const Answer answer = library.tried();
  CHECK(answer.exit == 1);
  INFO(answer.out);
  CHECK(lines_of(answer.out).back() == "1 manifests, 11 commands: 3 checked (2 by running), 0 not checked, 8 at fault");
  CHECK(answer.out.find("skills/one/SKILL.md:9: `uniq --nonsense`: uniq: unrecognized option") != std::string::npos);
  CHECK(answer.out.find("skills/one/SKILL.md:11: `ls --nonsense`: ls: unrecognized option") != std::string::npos);
}

TEST_CASE("placeholders, prose and programs that are not here are no faults") {
  if (!can_run()) return;
  const SmallLibrary library(
      "`git log -S'TEXT' --oneline BASE..THEIRS -- PATH`, `git worktree add --no-track -b BRANCH ../DIR BASE`,\n"
      "`grep -rnE 'a|b' .`, `sort -k2 -rn FILE`, `assert x`, `CREATE INDEX x`, `--isolated`, `on: merge_group`,\n"
      "`xcodebuild -list`.\n");
  const Answer answer = library.tried();
  CHECK(answer.exit == 0);
  INFO(answer.out);
  CHECK(lines_of(answer.out).back() == "1 manifests, 5 commands: 4 checked (4 by running), 1 not checked, 0 at fault");
  CHECK(answer.out.find("  xcodebuild (not here; a Mac): skills/one/SKILL.md\n") != std::string::npos);
}

TEST_CASE("patterns, filters and code that their program does not understand are found by running them") {
  if (!can_run()) return;
  const SmallLibrary library(
      "`grep -nE 'a(b' FILE`, `sed -n 's/a/b' FILE`, `python3 -c 'print(1'`, `awk '{print $1' FILE`.\n"
      "`grep -nE 'a(b)' FILE`, `sed -n 's/a/b/p' FILE`, `python3 -c 'print(1)'`, `awk '{print $1}' FILE`.\n");
  const Answer answer = library.tried();
  CHECK(answer.exit == 1);
  INFO(answer.out);
  CHECK(lines_of(answer.out).back() == "1 manifests, 8 commands: 4 checked (4 by running), 0 not checked, 4 at fault");
}

TEST_CASE("what stands behind a script's name is the script's, not its interpreter's") {
  if (!can_run()) return;
  const SmallLibrary library(
      "`python3 tools/report.py --migration --factory`, `bash deploy --canary`, `bash -c 'x' y --canary`.\n"
      "`python3 --nonsense tools/report.py`, `bash --nonsense deploy`.\n");
  const Answer answer = library.tried("--all");
  CHECK(answer.exit == 1);
  INFO(answer.out);
  CHECK(answer.out.find("`python3 --nonsense tools/report.py`: --nonsense") != std::string::npos);
  CHECK(answer.out.find("`bash --nonsense deploy`: --nonsense") != std::string::npos);
  CHECK(answer.out.find(" 2 at fault") != std::string::npos);
}

TEST_CASE("a help that names a part of the options, and says so, tells nothing against the others") {
  if (!can_run()) return;
  const SmallLibrary library(
      "Run `chromium --temp-profile`, `chromium --headless PAGE`, `chromium --headless -q`, "
      "`xcodebuild --nonsense`.\n");
  const std::string options =
      "usage: x [options]\n  -v  says more\n  --temp-profile  a profile for once\n  --list  lists\n";
  library.brings("chromium", options + "There are hundreds of undocumented command-line flags beside.\n");
  library.brings("xcodebuild", options + "See the manual.\n");
  const Answer answer = library.tried();
  INFO(answer.out);
  CHECK(answer.exit == 1);
  CHECK(answer.out.find("chromium (says too little of itself)") != std::string::npos);
  CHECK(answer.out.find("skills/one/SKILL.md:5: `chromium --headless -q`: -q") != std::string::npos);
  CHECK(answer.out.find("skills/one/SKILL.md:5: `xcodebuild --nonsense`: --nonsense") != std::string::npos);
  CHECK(lines_of(answer.out).back() == "1 manifests, 4 commands: 1 checked (0 by running), 1 not checked, 2 at fault");
}

TEST_CASE("a program that is neither here nor in the list of programs is a fault") {
  if (!can_run()) return;
  const Answer answer = SmallLibrary("Run `no-such-program-at-all --option`.\n").tried();
  CHECK(answer.exit == 1);
  CHECK(answer.out.find("`no-such-program-at-all --option`: neither here nor in tests/library/programs.tsv") !=
        std::string::npos);
}

TEST_CASE("commands that a case ran are counted, and apart from them those that need an account or another system") {
  if (!can_run()) return;
  const SmallLibrary library("`tar -xzf F -C D`, `tar -tzf F`, `aws sts get-caller-identity`, `git log -1`.\n");
  library.brings("aws", "usage: aws SERVICE\n  sts get-caller-identity\n  s3 ls\n");
  const Answer answer = library.tried("--ran <(echo 'tar -xzf F -C D')");
  INFO(answer.out);
  CHECK(lines_of(answer.out).back() ==
        "run: 2 of 4 (50.0 %), 1 of them in a situation with its outcome; 1 cannot be run here, with the reason");
}

TEST_CASE("a folder without manifests is not called clean") {
  if (!can_run()) return;
  CHECK(answer_of("tests/library/try_commands --root docs 2>/dev/null").exit == 3);
}

}  // namespace
}  // namespace cascade::library
