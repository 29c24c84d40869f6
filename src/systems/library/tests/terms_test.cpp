// What a user accepts of a library is named by rule, file and line, and what is left out goes whole.
#include <catch2/catch.hpp>

#include "library/shelf.h"

using namespace cascade;
using namespace cascade::collection;

namespace {

std::vector<FetchedFile> files_of(std::initializer_list<const char*> paths) {
  std::vector<FetchedFile> files;
  for (const char* path : paths) files.push_back({path, "text", false});
  return files;
}

std::string in_one_line(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

TEST_CASE("a finding is named by rule, file and line, and read back as it was named") {
  for (const char* word :
       {"SEC030:skills/setup/SKILL.md:14", "SEC023:requirements.txt", "SEC030:a:b/c d.sh:2", "SEC030:a:0"}) {
    INFO(word);
    const auto read = read_accepted(word);
    REQUIRE(read);
    CHECK(word_of(*read) == word);
  }
  CHECK(read_accepted("SEC030:skills/setup/SKILL.md:14")->line == 14);
  CHECK(read_accepted("SEC030:a:0")->path == "a:0");
  for (const char* word : {"", "SEC030", "SEC030:", ":a:1", "a b:c:1", "skills/setup/SKILL.md:14"}) {
    INFO(word);
    CHECK(!read_accepted(word));
  }
}

TEST_CASE("an acceptance is of one rule at one line of one file") {
  Diagnostic finding;
  finding.rule = "SEC030";
  finding.at.path = "skills/setup/SKILL.md";
  finding.at.line = 14;
  CHECK(accepts(*read_accepted("SEC030:skills/setup/SKILL.md:14"), finding));
  CHECK(word_of(accepting(finding)) == "SEC030:skills/setup/SKILL.md:14");
  for (const char* other : {"SEC030:skills/setup/SKILL.md:15", "SEC030:skills/setup/SKILL.md",
                            "SEC022:skills/setup/SKILL.md:14", "SEC030:skills/setup:14"}) {
    INFO(other);
    CHECK(!accepts(*read_accepted(other), finding));
  }
}

TEST_CASE("the skill goes with its file, and a file of none goes alone") {
  const auto files =
      files_of({"README.md", "agents/porter.md", "skills/a/SKILL.md", "skills/a/scripts/x.sh", "tools/x.sh"});
  CHECK(holder_of(files, "skills/a/scripts/x.sh") == "skills/a");
  CHECK(holder_of(files, "skills/a/SKILL.md") == "skills/a");
  CHECK(holder_of(files, "agents/porter.md") == "agents/porter.md");
  CHECK(holder_of(files, "tools/x.sh") == "tools/x.sh");
  CHECK(holder_of(files_of({"SKILL.md", "scripts/x.sh"}), "scripts/x.sh").empty());
}

TEST_CASE("a path, or the name of a skill, agent or command, says what is left out") {
  const auto files = files_of({"a/skills/x/SKILL.md", "agents/porter.md", "b/skills/x/SKILL.md", "docs/format.md",
                               "skills/format/SKILL.md", "skills/format2/SKILL.md"});
  CHECK(in_one_line(paths_of(files, "skills/format")) == "skills/format");
  CHECK(in_one_line(paths_of(files, "skills/format/")) == "skills/format");
  CHECK(in_one_line(paths_of(files, "format")) == "skills/format");
  CHECK(in_one_line(paths_of(files, "porter")) == "agents/porter.md");
  CHECK(in_one_line(paths_of(files, "x")) == "a/skills/x b/skills/x");
  for (const char* nothing : {"", "/", "skills/for", "..", ".", "nowhere"}) CHECK(paths_of(files, nothing).empty());
}

TEST_CASE("what is left out goes with everything below it, and nothing beside it") {
  auto files = files_of({"skills/format/SKILL.md", "skills/format/x.sh", "skills/format2/SKILL.md"});
  CHECK(leave_out(files, {"skills/format"}));
  REQUIRE(files.size() == 1);
  CHECK(files.front().path == "skills/format2/SKILL.md");
  CHECK(!leave_out(files, {"skills/format", "skills/form"}));
}

TEST_CASE("the lock keeps both terms, and says nothing of them where there are none") {
  Lock lock;
  lock.put({"a", "https://git.example/a", "", "0adb21d5", {{"x", "11"}}});
  CHECK(lock_text(lock).find("without") == std::string::npos);
  CHECK(lock_text(lock).find("accepted") == std::string::npos);
  Library library{"a", "https://git.example/a", "", "0adb21d5", {{"x", "11"}}, {"skills/b"}, {}};
  library.accepted.push_back({"SEC030", "x", 2, "11"});
  lock.put(library);
  const auto read = read_lock(lock_text(lock), "cascade.lock");
  REQUIRE(read);
  CHECK(lock_text(*read) == lock_text(lock));
  REQUIRE(read->find("a")->accepted.size() == 1);
  CHECK(word_of(read->find("a")->accepted.front()) == "SEC030:x:2");
  CHECK(read->find("a")->accepted.front().sha256 == "11");
  CHECK(in_one_line(read->find("a")->without) == "skills/b");
}
