// For every figure of a history the true statement holds, its double and its half do not, in every form of the grammar.
#include "metrics/claims.h"
#include "metrics/report.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace cascade::metrics {
namespace {

constexpr std::int64_t day_length = 86'400;

// 200 commits in 400 days from 2024-12-01 on, by five people and a bot; every tenth takes one back, every eighth is a
// merge, every commit without a merge adds three lines and deletes one.
History history_of_400_days() {
  History history;
  history.people = {{"Ann", "ann@a"}, {"Bea", "bea@a"}, {"Cy", "cy@a"},
                    {"Di", "di@a"},   {"Ed", "ed@a"},   {"fix[bot]", "f@a"}};
  history.paths = {"a.txt"};
  const std::int64_t first = *day_of_date("2024-12-01") * day_length + 43'200;
  for (std::uint32_t i = 0; i < 200; ++i) {
    Commit commit;
    commit.id = std::to_string(i);
    commit.time = commit.author_time = first + 2 * i * day_length;
    commit.author = commit.committer = i % 6;
    commit.subject = i % 10 == 9 ? "Revert \"x\"" : "Change x";
    commit.recorded_parents = i == 0 ? 0 : i % 8 == 7 ? 2 : 1;
    if (i > 0) commit.parents = {i - 1};
    if (!commit.is_merge()) commit.plain_added = 3;
    if (!commit.is_merge()) commit.plain_deleted = 1;
    history.commits.push_back(std::move(commit));
  }
  for (int i = 0; i < 12; ++i) history.tags.push_back({"v" + std::to_string(i), "10", 0});
  history.tip = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
  return history;
}

std::string verdict_of(const std::string& text, int clones = 1) {
  Outside outside;
  outside.claims = read_claims(text);
  Question question;
  question.today = *day_of_date("2026-06-01");
  std::vector<History> histories;
  for (int i = 0; i < clones; ++i) histories.push_back(history_of_400_days());
  const Report report = report_of(std::move(histories), outside, question);
  if (report.judgements.size() != 1) return std::to_string(report.judgements.size()) + " claims";
  return std::string(to_string(report.judgements.front().verdict)) + ": " + report.judgements.front().because;
}

struct True {
  std::string noun, period;  // "commits", "in 2025"
  std::uint64_t value;
};

// With "#" for the number, and "@" for what is counted.
const std::vector<std::string> exact_forms = {
    "# @",      "@: #", "Exactly # @.", "There were # @.", "about # @", "- **#** @", "The project has seen # @.",
    "| @ | # |"};

TEST_CASE("of every figure the true statement holds, and neither its double nor its half") {
  const std::vector<True> facts = {
      {"commits", "", 200},
      {"merges", "", 25},
      {"reverts", "", 20},
      {"authors", "", 6},
      {"tags", "", 12},
      {"tracked files", "", 4},
      {"lines added", "", 525},
      {"deleted lines", "", 175},
      {"changed lines", "", 700},
      {"commits", "in 2025", 182},
      {"days with commits", "", 200},
      {"commits", "in the last 30 days", 15},
      {"bot commits", "", 33},
  };
  for (const True& fact : facts)
    for (const std::string& form : exact_forms)
      for (const auto& [number, wanted] :
           {std::pair(fact.value, "holds"), {fact.value * 2, "wrong"}, {fact.value / 2, "wrong"}}) {
        std::string text = form;
        text.replace(text.find('@'), 1, fact.noun + (fact.period.empty() ? "" : " " + fact.period));
        text.replace(text.find('#'), 1, std::to_string(number));
        INFO(text + " -> " + verdict_of(text));
        CHECK(verdict_of(text).starts_with(wanted));
      }
}

TEST_CASE("of two clones each commit, line and tag counts once") {
  for (const char* claim : {"200 commits", "525 lines added", "12 tags", "20 reverts", "6 authors"})
    CHECK(verdict_of(claim, 2).starts_with("holds"));
  CHECK(verdict_of("24 tags", 2).starts_with("wrong"));
}

TEST_CASE("a comparison holds on its side only") {
  const auto holds = [](const std::string& text) { return verdict_of(text).substr(0, 5); };
  CHECK(holds("at least 200 commits") == "holds");
  CHECK(holds("more than 200 commits") == "wrong");
  CHECK(holds("more than 100 commits") == "holds");
  CHECK(holds("at least 400 commits") == "wrong");
  CHECK(holds("fewer than 200 commits") == "canno");  // without merges it would hold
  CHECK(holds("fewer than 100 commits") == "wrong");
  CHECK(holds("fewer than 400 commits") == "holds");
  CHECK(holds("at most 100 commits") == "wrong");
  CHECK(holds("between 150 and 250 commits") == "holds");
  CHECK(holds("between 250 and 400 commits") == "wrong");
  CHECK(holds("nearly 210 commits") == "holds");
  CHECK(holds("nearly 400 commits") == "wrong");
}

TEST_CASE("a rate, a share and a busiest week are judged in their own unit") {
  CHECK(verdict_of("commits per day: 0.5").starts_with("holds: 0.501 commits in 1 day"));
  CHECK(verdict_of("commits per day: 1.0").starts_with("wrong"));
  CHECK(verdict_of("commits per day: 10").starts_with("wrong"));
  CHECK(verdict_of("3.5 commits a week").starts_with("holds"));
  CHECK(verdict_of("33 commits per developer").starts_with("holds"));
  CHECK(verdict_of("One in eight commits is a merge.").starts_with("holds"));
  CHECK(verdict_of("A quarter of the commits are merges.").starts_with("wrong"));
  CHECK(verdict_of("10 % of the commits are reverts").starts_with("holds"));
  CHECK(verdict_of("4 commits in a single week").starts_with("holds in the best window"));
  CHECK(verdict_of("8 commits in a single week").starts_with("wrong"));
  CHECK(verdict_of("commits in 2025: 400").starts_with("wrong"));
  CHECK(verdict_of("Ann has 34 commits").starts_with("cannot be judged: 'Ann' may be a person"));
  CHECK(verdict_of("175 commits").starts_with("cannot be judged: 200 commits"));  // as many without merges
}

}  // namespace
}  // namespace cascade::metrics
