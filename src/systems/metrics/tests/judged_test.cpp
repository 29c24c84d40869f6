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

Report report_on(const std::string& text, int clones = 1) {
  Outside outside;
  outside.claims = read_claims(text);
  Question question;
  question.today = *day_of_date("2026-06-01");
  std::vector<History> histories;
  for (int i = 0; i < clones; ++i) histories.push_back(history_of_400_days());
  question.names = {"shop-floor"};
  return report_of(std::move(histories), outside, question);
}

std::string verdict_of(const std::string& text, int clones = 1) {
  const Report report = report_on(text, clones);
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
  CHECK(verdict_of("175 commits").starts_with("cannot be judged: 200 commits"));  // as many without merges
}

// "holds", "wrong" or "cannot" of each figure of the text.
std::string verdicts_of(const std::string& text) {
  std::string all;
  for (const Judgement& one : report_on(text).judgements) {
    const std::string verdict(to_string(one.verdict));
    all += (all.empty() ? "" : " ") + verdict.substr(0, verdict.find(' '));
  }
  return all;
}

struct Text {
  const char *text, *verdicts;
};

void check(const std::vector<Text>& texts) {
  for (const Text& one : texts) {
    INFO(one.text);
    CHECK(verdicts_of(one.text) == one.verdicts);
  }
}

TEST_CASE("what is said of every, of no and of some span of the calendar is judged by its spans") {
  check({
      {"No year has had fewer than 3,000 commits.", "wrong"},
      {"Every year had more than 1,000 commits.", "wrong"},
      {"In every year there were more than 1,000 commits.", "wrong"},
      {"Every month of 2025 had at least 14 commits.", "holds"},
      {"Every month of 2025 had more than 15 commits.", "wrong"},
      {"In no month of 2025 were there more than 16 commits.", "holds"},
      {"Not a single month of 2025 had fewer than 14 commits.", "holds"},
      {"There were at least 14 commits in every month of 2025.", "holds"},
      {"There were no more than 3 commits in any week.", "wrong"},
      {"It has never had more than 20 commits in a month.", "holds"},
      {"It has never had more than 10 commits in a month.", "wrong"},
      {"At least one month had 16 commits.", "holds"},
      {"There has never been a month with more than 20 commits.", "holds"},
      {"There has never been a month with more than 10 commits.", "wrong"},
      {"No month of 2025 went by without a commit.", "holds"},
      {"In 2024 there were 16 commits, and in 2025 there were 182.", "holds holds"},
      {"198 commits in 2024 and 2025.", "cannot cannot"},
      {"The median month has 15 commits.", "holds"},
      {"Every year had more than 100 commits.", "cannot"},  // but not the first one, of which a month is here
      {"Most years had more than 100 commits.", "cannot"},
      {"Not every year had more than 1,000 commits.", "cannot"},
      {"3 years had more than 100 commits.", "cannot cannot"},
      {"In three of the five years there were more than 100 commits.", "cannot cannot cannot"},
  });
}

TEST_CASE("a negation is of the whole claim, and two of them are not judged") {
  check({
      {"It does not have 200 commits.", "wrong"},
      {"It doesn't have 200 commits.", "wrong"},
      {"It does not have 500 commits.", "holds"},
      {"The project has never had 200 commits.", "wrong"},
      {"It has not had no reverts.", "cannot"},
      {"200 commits, not 300.", "cannot cannot"},
      {"Hardly any of the 200 commits are merges.", "cannot"},
      {"Without merges there are 200 commits.", "cannot cannot"},
      {"There would be 200 commits.", "cannot"},
      {"An average of 200 commits.", "cannot"},
  });
}

TEST_CASE("a name is the repository's own, or one author's, or nothing is judged") {
  check({
      {"Shop floor has 200 commits.", "holds"},
      {"The Shop Floor project has 400 commits.", "wrong"},
      {"Ann has 34 commits.", "holds"},
      {"34 commits by Ann.", "holds"},
      {"Ann has 200 commits.", "wrong"},
      {"In 2025, Ann made 400 commits.", "wrong"},
      {"Kevin has 200 commits.", "cannot"},
      {"floor has 200 commits.", "holds"},
      {"thing has 200 commits.", "cannot"},
      {"In the first year it had 400 commits.", "wrong"},
      {"The backend has 200 commits.", "cannot"},
      {"Django has 200 commits.", "cannot"},
      {"Version 4 has 200 commits.", "cannot cannot"},
      {"Ann has 34 commits and Bea has 33.", "cannot cannot"},
  });
}

TEST_CASE("a number that says of how many another is said lets neither be judged") {
  check({
      {"No author has more than 10 commits.", "cannot cannot"},
      {"Two authors have more than 100 commits.", "cannot cannot"},
      {"One author has made 200 commits.", "cannot cannot"},
      {"Every author has more than 30 commits.", "cannot"},
      {"On average each developer made 33 commits.", "holds"},
      {"Roughly one commit in eight is a merge.", "holds"},
      {"One commit in three is a merge.", "wrong"},
      {"The code base has 525 lines.", "cannot"},
      {"525 lines were added.", "holds"},
      {"In 2025 there were 4 files.", "cannot"},
  });
}

TEST_CASE("a comparison without a number is listed as not judged") {
  check({
      {"Kevin has more commits than Tom.", "cannot"},
      {"Most commits are merges.", "cannot"},
      {"Every commit is a merge.", "cannot"},
      {"The project is a shop.", ""},
      {"All about commits:", ""},
  });
}

TEST_CASE("lines of cells with a heading are a table") {
  check({
      {"year,commits\n2025,182\n2024,32\n", "holds wrong"},
      {"year;commits;merges\n2025;182;90\n", "holds wrong"},
  });
}

}  // namespace
}  // namespace cascade::metrics
