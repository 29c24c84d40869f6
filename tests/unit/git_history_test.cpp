#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "git/git_program.h"

using namespace cascade::repository;

namespace {

std::string id_of(int number) { return std::string(39, 'a') + static_cast<char>('0' + number); }

// Commits in a row, each on the one before: a subject, further lines, the files that it leaves.
struct Line {
  std::string subject;
  std::vector<std::string> names{};
  std::string tree{};
};

History history(const std::vector<Line>& lines) {
  std::vector<Commit> commits;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const int number = static_cast<int>(i);
    Commit commit;
    commit.id = id_of(number);
    commit.tree = lines[i].tree.empty() ? "tree" + std::to_string(i) : lines[i].tree;
    commit.subject = lines[i].subject;
    commit.names = lines[i].names;
    if (i > 0) commit.parents = {id_of(number - 1)};
    commits.push_back(commit);
  }
  return History(commits);
}

std::string end(const History& history, int number) {
  const History::End found = history.end_of(id_of(number));
  if (found.by == nullptr) return "stands";
  return std::string(found.reverted ? "reverted" : "fixed") + " by " + found.by->id.substr(39);
}

TEST_CASE("a revert names what it takes back") {
  const History past =
      history({{"start"}, {"add cache"}, {"tidy"}, {"Revert it", {"This reverts commit " + id_of(1) + "."}}});
  CHECK(end(past, 1) == "reverted by 3");
  CHECK(end(past, 2) == "stands");
  CHECK(end(past, 0) == "stands");
}

TEST_CASE("a revert may say the subject alone, and means the last one") {
  const History past = history({{"add cache"}, {"add cache"}, {"Revert \"add cache\""}});
  CHECK(end(past, 1) == "reverted by 2");
  CHECK(end(past, 0) == "stands");
}

TEST_CASE("a revert by hand brings the files back") {
  const History past =
      history({{"start", {}, "A"}, {"add cache", {}, "B"}, {"never mind", {}, "A"}, {"go on", {}, "C"}});
  CHECK(end(past, 1) == "reverted by 2");
  CHECK(end(past, 2) == "stands");
}

TEST_CASE("a commit without changes takes nothing back") {
  const History past = history({{"start", {}, "A"}, {"empty", {}, "A"}, {"empty again", {}, "A"}});
  CHECK(end(past, 1) == "stands");
}

TEST_CASE("a revert that was reverted leaves what it took back") {
  const History past = history({{"add cache"},
                                {"Revert \"add cache\"", {"This reverts commit " + id_of(0) + "."}},
                                {"Reapply \"add cache\"", {"This reverts commit " + id_of(1) + "."}}});
  CHECK(end(past, 0) == "stands");
  CHECK(end(past, 1) == "reverted by 2");
}

TEST_CASE("a fix names what it mends") {
  const History past = history({{"add cache"},
                                {"add log"},
                                {"close the file", {"Fixes: " + id_of(0).substr(0, 40) + " (\"add cache\")"}},
                                {"fixup! add log"}});
  CHECK(end(past, 0) == "fixed by 2");
  CHECK(end(past, 1) == "fixed by 3");
}

TEST_CASE("a commit that only mentions another one mends nothing") {
  const History past = history({{"add cache"}, {"see " + id_of(0), {"see " + id_of(0)}}, {"fix a typo"}});
  CHECK(end(past, 0) == "stands");
}

TEST_CASE("nothing is taken back by what came before") {
  const History past = history({{"Revert it", {"This reverts commit " + id_of(1) + "."}}, {"add cache"}});
  CHECK(end(past, 1) == "stands");
  CHECK(past.child_of(id_of(0))->id == id_of(1));
  CHECK(past.child_of(id_of(1)) == nullptr);
  CHECK(past.find(id_of(1))->subject == "add cache");
}

}  // namespace
