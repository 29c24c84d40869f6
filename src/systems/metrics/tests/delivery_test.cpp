// How long commits wait for their deployment, by a file of deployments or by tags.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "metrics/report.h"
#include "metrics/tests/made_history.h"

namespace cascade::metrics {
namespace {

std::string spread(const Spread& of) {
  return std::to_string(of.n) + ": " + std::to_string(of.minimum) + " " + std::to_string(of.twice_median) + "/2 " +
         std::to_string(of.maximum);
}

TEST_CASE("delivery: each commit waits for the first deployment that has it") {
  const auto repositories = only(ten_days());
  const std::string third = repositories[0].history.commits[2].id, last = repositories[0].history.head;
  const auto file = read_deployments("{\"time\":\"2026-01-04T00:00:00Z\",\"commit\":\"" + third +
                                         "\",\"failed\":true,\"recovered\":\"2026-01-04T01:00:00Z\"}\n\n"
                                         "{\"time\":\"2026-01-12\",\"commit\":\"" +
                                         last.substr(0, 8) +
                                         "\",\"rework\":true}\n{\"time\":\"2026-01-11\",\"commit\":\"0000000\"}\n",
                                     "d.jsonl");
  REQUIRE(file);
  const Delivery delivery = delivery_of(repositories, &*file, asked());
  CHECK_FALSE(delivery.from_tags);
  CHECK(delivery.grade == Grade::exact);
  CHECK(delivery.deployments == 3);
  CHECK(delivery.failed == 1);
  CHECK(delivery.rework == 1);
  CHECK(delivery.unknown_commits == 1);
  CHECK(spread(delivery.recovery) == "1: 3600 7200/2 3600");
  CHECK(delivery.lead.n == 9);                 // the merge waits for nothing
  CHECK(delivery.lead.minimum == 86'400);      // of the third day to the fourth
  CHECK(delivery.lead.maximum == 8 * 86'400);  // of the fourth day to the twelfth
}

TEST_CASE("delivery: tags stand in, at their own time or their commit's, and are an approximation") {
  MadeHistory history = ten_days();
  const auto& commits = history.history.commits;
  history.history.tags = {{"v1", commits[1].id, commits[1].time + 60}, {"v2", commits[9].id, 0}, {"old", "0000000", 5}};
  const Delivery delivery = delivery_of(only(history), nullptr, asked());
  CHECK(delivery.from_tags);
  CHECK(delivery.grade == Grade::approximate);
  CHECK(delivery.deployments == 2);
  CHECK(delivery.unknown_commits == 0);
  CHECK(delivery.lead.minimum == 0);
  CHECK(spread(delivery.recovery) == "0: 0 0/2 0");
}

TEST_CASE("delivery: what two clones have in common is deployed once, and waits once") {
  const auto clone = [](const std::string& name) {
    MadeHistory history(name);
    for (const int day : {1, 2}) history.commit(day).id = "shared" + std::to_string(day);
    history.history.tags = {{"v1", "shared1", 0}, {"v2", "shared2", history.history.commits[1].time + 60}};
    return history;
  };
  MadeHistory fork = clone("fork");
  fork.commit(5);
  fork.history.tags.push_back({"v2", fork.history.head, 0});  // another commit, so another release
  std::vector<Repository> both = only(clone("first"));
  both.push_back(fork.repository());
  mark_elsewhere(both[0].history, both[0].measures, both[1].history, both[1].measures);
  const Delivery tags = delivery_of(both, nullptr, asked());
  CHECK(tags.deployments == 3);
  CHECK(spread(tags.lead) == "3: 0 0/2 60");
  const auto file = read_deployments("{\"time\":\"2026-01-03\",\"commit\":\"shared2\"}", "d.jsonl");
  REQUIRE(file);
  CHECK(spread(delivery_of(both, &*file, asked()).lead) == "2: 86400 259200/2 172800");
}

TEST_CASE("delivery: a commit is known by seven letters of its id on, if no other begins so") {
  MadeHistory history;
  history.commit(1).id = "abcdefg1";
  history.commit(2).id = "abcdefg2";
  history.history.head = "abcdefg2";
  const auto unknown = [&](const std::string& id) {
    std::vector<Deployment> file(1);
    file[0].time = january(3) * std::int64_t{86'400};
    file[0].commit = id;
    return delivery_of(only(history), &file, asked()).unknown_commits;
  };
  CHECK(unknown("abcdefg1") == 0);
  for (const char* id : {"", "abcdef", "abcdefg", "abcdefg10", "ABCDEFG1", "zzzzzzzz"}) CHECK(unknown(id) == 1);
}

TEST_CASE("delivery: a clock behind its deployment's waits no time, and recovery is behind the failure") {
  const auto repositories = only(ten_days());
  const auto file = read_deployments("{\"time\":\"2026-01-02\",\"commit\":\"" + repositories[0].history.head +
                                         "\",\"failed\":true,\"recovered\":\"2026-01-01\"}\n"
                                         "{\"time\":\"2026-01-09\",\"failed\":false,\"recovered\":\"2026-01-10\"}\n",
                                     "d.jsonl");
  REQUIRE(file);
  const Delivery delivery = delivery_of(repositories, &*file, asked());
  CHECK(spread(delivery.lead) == "9: 0 0/2 86400");
  CHECK(delivery.recovery.n == 0);
  CHECK(delivery.failed == 1);
}

TEST_CASE("delivery: a spread of nothing, of one and of an even number") {
  CHECK(spread(spread_of({})) == "0: 0 0/2 0");
  CHECK(spread(spread_of({7})) == "1: 7 14/2 7");
  CHECK(spread(spread_of({9, 1, 4, 2})) == "4: 1 6/2 9");
}

TEST_CASE("deployments: a line each, by time; what is none says where") {
  const auto read = [](const std::string& text) { return read_deployments(text, "d.jsonl"); };
  CHECK(read("")->empty());
  CHECK(read("\n  \r\n")->empty());
  const auto two = read("{\"time\":\"2026-01-02T00:00:00+02:00\"}\r\n{\"time\":\"2026-01-01\",\"failed\":\"true\"}");
  REQUIRE(two);
  CHECK(two->front().time == january(1) * std::int64_t{86'400});
  CHECK_FALSE(two->front().failed);  // a word is no boolean
  CHECK(two->back().time - two->front().time == 22 * 3'600);
  for (const char* line :
       {"[]", "{}", "no", "{\"time\":5}", "{\"time\":\"soon\"}", "{\"time\":\"2026-01-01\"", "null"}) {
    const auto torn = read(std::string("{\"time\":\"2026-01-01\"}\n") + line + "\n");
    REQUIRE_FALSE(torn);
    CHECK(torn.error().path == "d.jsonl:2");
  }
}

}  // namespace
}  // namespace cascade::metrics
