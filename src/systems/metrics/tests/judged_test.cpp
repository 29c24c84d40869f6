// For every figure of a history the true statement holds, its double and its half do not, in every form.
#include "metrics/claims.h"
#include "metrics/report.h"
#include "metrics/tests/made_history.h"

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
const std::vector<std::string> exact_forms = {"@: #", "- **@**: #", "| @ | # |", "{\"@\": #}",
                                              "{\"value\": #, \"metric\": \"@\"}"};

TEST_CASE("the busiest month is a month of the calendar, or as many days") {
  CHECK(verdict_of("commits in the busiest month: 16").find("holds") ==
        0);  // December 2024, every second day from the 1st
  CHECK(verdict_of("commits in the busiest month: 15").find("holds") == 0);
  CHECK(verdict_of("commits in the busiest month: 18").find("holds") == std::string::npos);
}

TEST_CASE("shares that are reworked, reviewed or explained are judged by the report's own figures") {
  const auto verdict = [](const std::string& text) {
    MadeHistory made;
    made.commit(1, {{"a.c", 0, 1, 10}});
    made.commit(2, {{"a.c", 1, 2, 2, 5}}, 1);
    Outside outside;
    outside.claims = read_claims(text);
    Question question;
    question.today = first_of_january + 30;
    const Report report = report_of({made.history}, outside, question);
    REQUIRE(report.judgements.size() == 1);
    return std::string(to_string(report.judgements.front().verdict)) + ": " + report.judgements.front().because;
  };
  CHECK(verdict("Rework: 41.7 %\n").starts_with("holds"));
  CHECK(verdict("Rework: 5 %\n").starts_with("wrong"));
  CHECK(verdict("explained: 0 %\n").starts_with("holds"));
  CHECK(verdict("reviewed: 100 %\n").find("not understood") == std::string::npos);
  CHECK_FALSE(verdict("reviewed: 100 %\n").starts_with("holds"));
  CHECK(verdict("Rework: 5\n").find("a share is in per cent") != std::string::npos);
}

TEST_CASE("what one author made is judged, and nobody's name is passed over") {
  const auto verdict = [](const std::string& text) {
    const std::string all = verdict_of(text);
    return all.substr(0, all.find(':'));
  };
  CHECK(verdict_of("Commits by Ann: 34\n").starts_with("holds: 34 commits by Ann"));
  for (const char* text : {"| Author | Commits |\n|---|---|\n| Ann | 34 |\n",
                           "{\"author\": \"fix[bot]\", \"commits\": 33}", "developer,commits\nfix[bot],33\n",
                           "{\"commits\": {\"Ann\": 34}}", "{\"authors\": {\"Ann\": {\"commits\": 34}}}",
                           "Merges by Ann: 0\n", "Share of commits by Ann: 17 %\n", "Commits by Ann in 2024: 3\n"})
    CHECK(verdict(text) == "holds");
  for (const char* text : {"Commits by Ann: 200\n", "[{\"author\": \"Ann\", \"commits\": 200}]",
                           "| Author | Commits |\n|---|---|\n| Ann | 68 |\n"})
    CHECK(verdict(text) == "wrong");
  for (const char* text :
       {"Commits by Zoe: 34\n", "Authors by Ann: 1\n", "| Author | Commits |\n|---|---|\n| Zoe | 200 |\n"})
    CHECK(verdict(text) == "cannot be judged");
  CHECK(verdict("| Who | Commits |\n|---|---|\n| Ann | 34 |\n") == "holds");
  CHECK(verdict("{\"repository\": \"shop\", \"commits\": 200}") == "holds");
  CHECK(verdict("Commits by Ann per month: 34\n") == "wrong");
  for (const char* text :
       {"Commits not by Ann: 34\n", "Commits by others than Ann: 34\n", "Pull requests by Ann: 0\n",
        "| Reviewer | Commits |\n|---|---|\n| Ann | 34 |\n", "{\"except\": \"Ann\", \"commits\": 34}",
        "{\"team\": \"backend\", \"commits\": 200}", "Commits by Ann and Bea: 68\n", "No commits by Ann: 34\n"})
    CHECK(verdict(text) != "holds");
}

TEST_CASE("a figure in parts of JSON, in a column called so, and in the tree") {
  for (const char* text :
       {"{\"lines\": {\"added\": 525}}", "Files in the tree: 4\n", "| What | Figure |\n|---|---|\n| commits | 200 |\n"})
    CHECK(verdict_of(text).starts_with("holds"));
}

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
  for (const char* claim : {"commits: 200", "lines added: 525", "tags: 12", "reverts: 20", "authors: 6"})
    CHECK(verdict_of(claim, 2).starts_with("holds"));
  CHECK(verdict_of("tags: 24", 2).starts_with("wrong"));
}

TEST_CASE("a comparison holds on its side only") {
  const auto holds = [](const std::string& number) { return verdict_of("| commits | " + number + " |").substr(0, 5); };
  CHECK(holds("at least 200") == "holds");
  CHECK(holds("more than 200") == "wrong");
  CHECK(holds("> 100") == "holds");
  CHECK(holds("at least 400") == "wrong");
  CHECK(holds("fewer than 200") == "canno");  // without merges it would hold
  CHECK(holds("fewer than 100") == "wrong");
  CHECK(holds("< 400") == "holds");
  CHECK(holds("at most 100") == "wrong");
  CHECK(holds("150 to 250") == "holds");
  CHECK(holds("250 to 400") == "wrong");
  CHECK(holds("nearly 210") == "holds");
  CHECK(holds("nearly 400") == "wrong");
}

TEST_CASE("a rate, a share and a busiest week are judged in their own unit") {
  CHECK(verdict_of("commits per day: 0.5").starts_with("holds: 0.501 commits in 1 day"));
  CHECK(verdict_of("commits per day: 1.0").starts_with("wrong"));
  CHECK(verdict_of("commits per day: 10").starts_with("wrong"));
  CHECK(verdict_of("commits a week: 3.5").starts_with("holds"));
  CHECK(verdict_of("commits per developer: 33").starts_with("holds"));
  CHECK(verdict_of("share of merges in commits: 12.5 %").starts_with("holds"));
  CHECK(verdict_of("merges: 25 %").starts_with("wrong"));
  CHECK(verdict_of("reverts: 10 %").starts_with("holds"));
  CHECK(verdict_of("commits in the busiest week: 4").starts_with("holds in the best window"));
  CHECK(verdict_of("commits in the busiest week: 8").starts_with("wrong"));
  CHECK(verdict_of("commits in 2025: 400").starts_with("wrong"));
  CHECK(verdict_of("commits: 175").starts_with("cannot be judged: 200 commits"));  // as many without merges
  CHECK(verdict_of("commits per day in the busiest week: 1").starts_with("cannot"));
  CHECK(verdict_of("files in 2025: 4").starts_with("cannot"));
}

TEST_CASE("prose is not judged, true or false") {
  for (const char* text : {"It has 200 commits.", "It does not have 200 commits.", "Every year had 5 commits.",
                           "Kevin has more commits than Tom."})
    CHECK(verdict_of(text).starts_with("not judged: a sentence"));
}

}  // namespace
}  // namespace cascade::metrics
