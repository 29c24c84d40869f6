// What each commit counts for, rule by rule as docs/metrics.md numbers them.
#include <catch2/catch.hpp>

#include <numeric>
#include <string>

#include "history/history.h"
#include "metrics/tests/made_history.h"

namespace cascade::metrics {
namespace {

// The kinds that the lines of the last commit are of, "authored 3, moved 2".
std::string made(const MadeHistory& of) {
  const Measured measured = measure(of.history).commits.back();
  std::string text;
  for (std::size_t kind = 0; kind < made_kinds; ++kind)
    if (measured.made[kind] > 0)
      text += (text.empty() ? "" : ", ") + std::string(to_string(static_cast<Made>(kind))) + " " +
              std::to_string(measured.made[kind]);
  CHECK(std::accumulate(measured.made.begin(), measured.made.end(), std::uint64_t{0}) == measured.added);
  return text;
}

std::string made(const MadeFile& file) {
  MadeHistory one;
  one.commit(1, {file});
  return made(one);
}

TEST_CASE("authored: a file's lines are left out whole by the first rule that fits") {
  CHECK(made({"a.c", 0, 1, 5}) == "authored 5");
  CHECK(made({"lib", 0, 1, 1, 0, 0, module}) == "submodules 1");
  CHECK(made({"a.psd", 0, 1, 3, 0, 0, pointer}) == "pointers 3");
  CHECK(made({"vendor/a.c", 0, 1, 5, 0, 0, pointer}) == "pointers 5");
  CHECK(made({"a.c", 0, 1, 5, 0, 0, attribute_generated}) == "generated 5");
  CHECK(made({"a.c", 0, 1, 5, 0, 0, attribute_vendored}) == "vendored 5");
  CHECK(made({"third_party/a.c", 0, 1, 5}) == "vendored 5");
  CHECK(made({"web/dist/a.js", 0, 1, 5}) == "generated 5");
  CHECK(made({"package-lock.json", 0, 1, 5}) == "locked 5");
  CHECK(made({"a_pb2.py", 0, 1, 5}) == "generated 5");
  CHECK(made({"a.c", 0, 1, 5, 0, 0, says_generated}) == "generated 5");
  CHECK(made({"a.c", 0, 1, 5, 0, 0, says_generated | attribute_not_generated}) == "authored 5");
  CHECK(made({"a.c", 7, 8, 5, 5, 0, same_text}) == "reformatted 5");
}

TEST_CASE("authored: moved lines do not count, nor twice what is left out anyway") {
  CHECK(made({"a.c", 0, 1, 5, 0, 3}) == "authored 2, moved 3");
  CHECK(made({"a.c", 0, 1, 5, 0, 5}) == "moved 5");
  CHECK(made({"vendor/a.c", 0, 1, 5, 0, 3}) == "vendored 5");
}

TEST_CASE("authored: a new file with a content that an earlier commit has, at any path, is a copy") {
  MadeHistory copied;
  copied.commit(1, {{"a.c", 0, 1, 5}});
  copied.commit(2, {{"b.c", 0, 1, 5}});
  CHECK(made(copied) == "copied 5");
  copied.commit(3, {{"a.c", 1, 0, 0, 5}});
  copied.commit(4, {{"a.c", 0, 1, 5}});  // it is back
  CHECK(made(copied) == "copied 5");
  MadeHistory together;
  together.commit(1, {{"a.c", 0, 1, 5}, {"b.c", 0, 1, 5}});  // no earlier commit has it
  CHECK(made(together) == "authored 10");
  MadeHistory changed;
  changed.commit(1, {{"a.c", 0, 1, 5}, {"b.c", 0, 2, 4}});
  changed.commit(2, {{"b.c", 2, 1, 5, 4}});  // changed into it, and not new
  CHECK(made(changed) == "authored 5");
}

TEST_CASE("twins: the later of two commits with one patch, context included") {
  MadeHistory twins;
  for (const std::uint64_t whole : {7, 8, 7, 0, 0}) {
    Commit& commit = twins.commit(1, {{"a.c", 0, 1, 5}});
    commit.patch = 5;
    commit.whole_patch = whole;
  }
  const Measures measures = measure(twins.history);
  std::string marks;
  for (const Measured& one : measures.commits) marks += one.is_twin ? 'x' : '.';
  CHECK(marks == "..x..");
}

TEST_CASE("reverts by patch: the lines of an earlier commit the other way round") {
  MadeHistory reverts;
  for (const auto& [patch, inverse] : {std::pair{1, 2}, {2, 1}, {3, 3}, {3, 3}, {5, 4}, {0, 0}}) {
    Commit& commit = reverts.commit(1);
    commit.patch = static_cast<std::uint64_t>(patch);
    commit.inverse = static_cast<std::uint64_t>(inverse);
  }
  const Measures measures = measure(reverts.history);
  std::string marks;
  for (const Measured& one : measures.commits) marks += one.reverts_by_patch ? 'x' : '.';
  CHECK(marks == ".x....");  // nor does a patch that is its own inverse take itself back
}

TEST_CASE("restores: a file is changed into a content that it had at its path") {
  MadeHistory restored;
  restored.commit(1, {{"a.c", 0, 1, 5}, {"b.c", 0, 3, 5}});
  restored.commit(2, {{"a.c", 1, 2, 1, 1}});
  restored.commit(3, {{"a.c", 2, 1, 1, 1}});  // back
  restored.commit(4, {{"a.c", 1, 3, 5, 5}});  // only b.c had it
  restored.commit(5, {{"a.c", 3, 0, 0, 5}});
  restored.commit(6, {{"a.c", 0, 1, 5}});     // new, not changed
  restored.commit(7, {{"a.c", 1, 1, 0, 0}});  // a mode
  const Measures measures = measure(restored.history);
  std::string counts;
  for (const Measured& one : measures.commits) counts += std::to_string(one.restored);
  CHECK(counts == "0010000");
}

std::uint64_t reworked_after(double days) {
  MadeHistory history;
  history.commit(1, {{"a.c", 0, 1, 5}});
  history.commit(1 + days, {{"a.c", 1, 2, 2, 5}}, 1);  // all five lines become two, whoever does it
  return measure(history.history).commits[0].reworked;
}

TEST_CASE("rework: authored lines that a later commit changes within 21 days") {
  CHECK(reworked_after(0) == 5);
  CHECK(reworked_after(21) == 5);
  CHECK(reworked_after(21.001) == 0);
  CHECK(reworked_after(-1) == 0);  // a clock that is wrong
  MadeHistory generated;
  generated.commit(1, {{"dist/a.js", 0, 1, 5}});
  generated.commit(2, {{"dist/a.js", 1, 0, 0, 5}});
  CHECK(measure(generated.history).commits[0].reworked == 0);
}

TEST_CASE("rework: branches that change the same lines count them once") {
  MadeHistory branches;
  branches.commit(1, {{"a.c", 0, 1, 5}});
  branches.commit(2, {{"a.c", 1, 2, 5, 5}});
  branches.commit(3, {{"a.c", 1, 3, 5, 5}}).parents = {0};
  const Measures measures = measure(branches.history);
  CHECK(measures.commits[0].authored() == 5);
  CHECK(measures.commits[0].reworked == 5);
}

TEST_CASE("requests: a number counts where a message is the first to name it") {
  MadeHistory requests;
  for (const char* subject : {"Add a (#7)", "Add b (#8)", "Add a again (#7)", "No request"})
    requests.commit(1).subject = subject;
  const Measures measures = measure(requests.history);
  CHECK(measures.commits[0].request == 7);
  CHECK(measures.commits[1].request == 8);
  CHECK(measures.commits[2].request == 0);
  CHECK(measures.commits[3].request == 0);
}

TEST_CASE("reviewed: by another, in the message or by merging") {
  MadeHistory reviewed;
  reviewed.commit(1);
  reviewed.commit(2).notes = {"Reviewed-by: Ann <ANN@a>"};  // herself
  reviewed.commit(3).notes = {"Reviewed-by: Bea <bea@b>"};
  reviewed.commit(4).parents = {2};
  Commit& merge = reviewed.commit(5, {}, 1);
  merge.parents = {2, 3};
  merge.recorded_parents = 2;
  const Measures measures = measure(reviewed.history);
  std::string marks;
  for (const Measured& one : measures.commits) marks += one.is_reviewed ? 'x' : '.';
  CHECK(marks == "..xx.");
}

TEST_CASE("empty: a commit without files, unless it is a merge or its files are not known") {
  MadeHistory empty;
  empty.commit(1);
  empty.commit(2, {{"a.c", 0, 1, 5}});
  empty.commit(3).recorded_parents = 2;
  empty.commit(4).misses_parent = true;
  empty.commit(5).misses_content = true;
  std::string marks;
  for (const Measured& one : measure(empty.history).commits) marks += one.is_empty ? 'x' : '.';
  CHECK(marks == "x....");
}

TEST_CASE("standing: each line of the head is of the commit that wrote it, or of nobody") {
  MadeHistory standing;
  standing.commit(1, {{"a.c", 0, 1, 5}, {"dist/b.js", 0, 2, 7}});
  standing.commit(2, {{"c.c", 0, 3, 4}});
  standing.commit(3, {{"c.c", 3, 4, 1, 2}});  // the first two lines become one; two stand
  standing.history.tip = {{standing.path("a.c"), 1}, {standing.path("dist/b.js"), 2}, {standing.path("c.c"), 4}};
  CHECK(measure(standing.history).standing == std::vector<std::uint64_t>{5, 2, 1});
}

TEST_CASE("elsewhere: the same commit, or the same lines by the same author at the same time") {
  MadeHistory first("a"), second("b");
  first.commit(1).patch = 5;
  first.commit(2).patch = 6;
  first.commit(3);
  second.commit(1).patch = 5;                         // the same patch at the same time
  second.commit(2, {}, 1).patch = 6;                  // by another
  second.commit(3).id = first.history.commits[2].id;  // the same commit
  second.commit(4).patch = 5;                         // at another time
  second.commit(5);
  Measures later = measure(second.history);
  mark_elsewhere(first.history, measure(first.history), second.history, later);
  std::string marks;
  for (const Measured& one : later.commits) marks += one.is_elsewhere ? 'x' : '.';
  CHECK(marks == "x.x..");
}

TEST_CASE("main line: each commit arrived with itself or with the merge that brought it") {
  MadeHistory line;
  line.commit(1);                // 0
  line.commit(2);                // 1 on the main line
  line.commit(2).parents = {0};  // 2 of a branch
  line.commit(3).parents = {2};  // 3 of it
  line.commit(4).parents = {1, 3};
  line.commit(5).parents = {3};  // 5 was never merged
  line.history.head = line.history.commits[4].id;
  const std::vector<std::uint32_t> by = brought_by(line.history);
  REQUIRE(by.size() == 6);
  CHECK(std::vector<std::uint32_t>(by.begin(), by.begin() + 5) == std::vector<std::uint32_t>{0, 1, 4, 4, 4});
  CHECK(by[5] >= by.size());
  CHECK(brought_by({}).empty());
}

TEST_CASE("explained: by a record that came with it") {
  MadeHistory explained;
  const std::string record = ".cascade/explanations/it.md";
  explained.commit(1, {{"a.c", 0, 1, 5}, {record, 0, 2, 9}});
  explained.commit(2, {{"a.c", 1, 3, 1, 1}});
  explained.commit(2, {{"b.c", 0, 4, 1}}).parents = {0};
  explained.commit(3, {{record, 2, 5, 1, 1}}).parents = {2};
  explained.commit(4).parents = {1, 3};
  explained.commit(5, {{record, 5, 0, 0, 9}});  // to take one away explains nothing
  const std::vector<bool> found = explained_commits(explained.history);
  CHECK(found == std::vector<bool>{true, false, true, true, true, false});
}

}  // namespace
}  // namespace cascade::metrics
