// Figures with their grades and windows, gaps and requests of a forge, as docs/metrics.md defines them.
#include <catch2/catch.hpp>

#include <string>

#include "metrics/figures.h"
#include "metrics/report.h"
#include "metrics/tests/made_history.h"

namespace cascade::metrics {
namespace {

const Figure& figure(const std::vector<Figure>& figures, std::string_view name) {
  const Figure* found = find_figure(figures, name);
  REQUIRE(found != nullptr);
  return *found;
}

std::uint64_t value(const std::vector<Figure>& figures, std::string_view name) { return figure(figures, name).value; }

TEST_CASE("figures: parts sum to the whole, and days to the value") {
  const auto repositories = only(ten_days());
  const Question question = asked();
  const auto figures = figures_of(repositories, question);
  CHECK(value(figures, "commits") == 10);
  CHECK(value(figures, "merges") == 1);
  CHECK(value(figures, "commits_without_merges") == 9);
  CHECK(value(figures, "lines_added") == 50);
  CHECK(value(figures, "lines_authored") == 50);
  for (const Figure& figure : figures) {
    const FigureRow* const row = find_row(figure.name);
    if (row == nullptr) continue;  // rework, which has no days
    const Daily daily = daily_of(repositories, *row, whole_range(repositories, question), question);
    CHECK(daily.sum(january(1), january(10)) == value(figures, figure.name));
  }
  CHECK(find_row("nothing") == nullptr);
  CHECK(find_figure(figures, "nothing") == nullptr);
}

TEST_CASE("figures: both days of a range are included, and windows do not depend on them") {
  const auto repositories = only(ten_days());
  Question question = asked();
  const auto whole = figures_of(repositories, question);
  question.since = january(3);
  question.until = january(6);
  const auto some = figures_of(repositories, question);
  CHECK(value(some, "commits") == 4);
  CHECK(value(some, "lines_added") == 3 + 4 + 6);
  CHECK(range_of(repositories, question).days() == 4);
  CHECK(figure(some, "commits").windows->values == figure(whole, "commits").windows->values);
  question.since = january(9);
  question.until = january(2);  // the other way round: one day, and nothing of it
  CHECK(range_of(repositories, question).days() == 1);
}

TEST_CASE("figures: a range and what is before and behind it are the whole") {
  const auto repositories = only(ten_days());
  const auto whole = figures_of(repositories, asked());
  for (int from = 1; from <= 10; ++from)
    for (int to = from; to <= 10; ++to) {
      Question before = asked(), within = asked(), behind = asked();
      before.until = january(from - 1);
      within.since = january(from);
      within.until = january(to);
      behind.since = january(to + 1);
      std::uint64_t sum = 0;
      for (const Question& question : {before, within, behind})
        sum += value(figures_of(repositories, question), "lines_added");
      CHECK(sum == value(whole, "lines_added"));
    }
}

TEST_CASE("figures: a commit dated after today is in no window, and counts all the same") {
  MadeHistory history = ten_days();
  history.commit(300, {{"late", 0, 99, 7}});
  history.commit(11).time = 0;  // no clock says so
  const auto repositories = only(history);
  const auto figures = figures_of(repositories, asked(january(20)));
  CHECK(value(figures, "commits") == 12);
  CHECK(figure(figures, "commits").windows->n == 4);  // of seven days in ten
  CHECK(figure(figures, "commits").windows->maximum == 7);
  const Inflation inflation = inflation_of(repositories, asked(january(20)));
  CHECK(inflation.future == 1);
  CHECK(inflation.impossible == 1);
  CHECK(inflation.backwards == 1);  // behind its parent, which is dated in October
}

TEST_CASE("figures: a commit of two repositories counts in the first, in whichever order they are named") {
  const auto together = [](bool swap) {
    MadeHistory one("a"), other("b");
    one.commit(1, {{"x", 0, 1, 3}}).id = "shared";
    one.commit(2, {{"y", 0, 2, 4}});
    other.commit(1, {{"x", 0, 1, 3}}).id = "shared";
    other.commit(3, {{"z", 0, 3, 5}});
    std::vector<Repository> all = only(swap ? other : one);
    all.push_back((swap ? one : other).repository());
    mark_elsewhere(all[0].history, all[0].measures, all[1].history, all[1].measures);
    return all;
  };
  for (const bool swap : {false, true}) {
    const auto repositories = together(swap);
    const auto figures = figures_of(repositories, asked());
    CHECK(value(figures, "commits") == 3);
    CHECK(value(figures, "lines_added") == 12);
    const Inflation inflation = inflation_of(repositories, asked());
    CHECK(inflation.elsewhere.commits == 1);
    CHECK(inflation.elsewhere.added == 3);
    CHECK(inflation.added == 12);
  }
  MadeHistory early("a"), late("b");  // a clock that is wrong is wrong once
  early.commit(300).id = late.commit(300).id = "shared";
  std::vector<Repository> both = only(early);
  both.push_back(late.repository());
  mark_elsewhere(both[0].history, both[0].measures, both[1].history, both[1].measures);
  CHECK(inflation_of(both, asked(january(20))).future == 1);
}

TEST_CASE("figures: requests are those of messages, or those that the forge merged") {
  MadeHistory history = ten_days();
  CHECK(figure(figures_of(only(history), asked()), "pull_requests").grade == Grade::needs_forge);
  history.commit(11).subject = "Add (#5)";
  const Figure said = figure(figures_of(only(history), asked()), "pull_requests");
  CHECK(said.value == 1);
  CHECK(said.grade == Grade::approximate);
  std::vector<MergedRequest> merged(3);
  for (std::size_t i = 0; i < merged.size(); ++i)
    merged[i].merged = (january(2) + static_cast<std::int64_t>(i)) * 86'400;
  Question question = asked();
  question.forge = &merged;
  question.since = january(3);
  const Figure exported = figure(figures_of(only(history), question), "pull_requests");
  CHECK(exported.value == 2);
  CHECK(exported.grade == Grade::exact);
}

TEST_CASE("gaps: each kind is told with what helps") {
  const auto kinds = [](const History& history) {
    std::string text;
    const Gaps gaps(history);
    for (const Gap& gap : gaps.list()) {
      text += gap.kind + " " + std::to_string(gap.count) + " " + gap.first + ";";
      CHECK_FALSE(gap.help.empty());
    }
    return text;
  };
  History history = ten_days().history;
  CHECK(kinds(history).empty());
  history.lost = {{"commit", "aa", "", 0}, {"blob", "bb", "x.c", 1}, {"tree", "", "d/", 1}};
  CHECK(kinds(history) == "missing-commit 1 aa;missing-content 2 bb x.c;");
  history.cut = 2;
  history.is_partial = true;
  CHECK(kinds(history) == "shallow 2 aa;partial 2 bb x.c;");
  history = ten_days().history;
  history.grafts = 1;
  history.replaced = 3;
  CHECK(kinds(history) == "grafts 1 info/grafts;replacements 3 refs/replace;");
}

TEST_CASE("gaps: an incomplete history gives at least so much, and days behind the cut are approximate") {
  MadeHistory history = ten_days();
  history.history.commits[0].misses_parent = true;
  history.history.cut = 1;
  const auto repositories = only(history);
  CHECK(figure(figures_of(repositories, asked()), "commits").grade == Grade::incomplete);
  Question question = asked();
  question.since = january(1);
  CHECK(figure(figures_of(repositories, question), "commits").grade == Grade::incomplete);
  question.since = january(2);
  const auto later = figures_of(repositories, question);
  CHECK(figure(later, "commits").grade == Grade::approximate);
  CHECK(figure(later, "commits").reasons ==
        std::vector<std::string>{"the history breaks off on 2026-01-01, before these days"});
  CHECK(figure(later, "commits").windows_grade == Grade::incomplete);
}

TEST_CASE("gaps: where the cut has no date, no days are behind it for certain") {
  MadeHistory history = ten_days();
  history.history.commits[0].misses_parent = true;
  history.history.commits[0].time = 0;
  Question question = asked();
  question.since = january(9);
  const Figure commits = figure(figures_of(only(history), question), "commits");
  CHECK(commits.grade == Grade::incomplete);
  CHECK(commits.reasons == std::vector<std::string>{"the history breaks off at a commit without a date"});
}

TEST_CASE("gaps: where a content is missing commits can be counted, lines cannot") {
  MadeHistory history = ten_days();
  history.history.commits[3].misses_content = true;
  const auto figures = figures_of(only(history), asked());
  CHECK(figure(figures, "commits").grade == Grade::exact);
  CHECK(figure(figures, "lines_added").grade == Grade::incomplete);
  Question question = asked();
  question.since = january(5);
  CHECK(figure(figures_of(only(history), question), "lines_added").grade == Grade::exact);
  history.history.grafts = 1;
  CHECK(figure(figures_of(only(history), question), "commits").grade == Grade::incomplete);
}

TEST_CASE("gaps: renames that nobody could find make lines approximate, where they count") {
  MadeHistory history = ten_days();
  history.history.renames_unknown = 2;
  const auto figures = figures_of(only(history), asked());
  CHECK(figure(figures, "lines_added").grade == Grade::approximate);
  CHECK(figure(figures, "lines_added_no_renames").grade == Grade::exact);
  CHECK(figure(figures, "commits").grade == Grade::exact);
}

TEST_CASE("forge: merged requests with who reviewed them, the author aside") {
  const auto read = [](const std::string& text) { return read_forge(text, "f.json"); };
  CHECK(read("[]")->empty());
  const auto all = read(R"([{"number":7,"mergedAt":"2026-01-02T00:00:00Z","author":{"login":"ann"},
    "mergeCommit":{"oid":"abc"},"reviews":[{"author":{"login":"bea"}},{"author":{"login":"ann"}},{"author":{"login":"bea"}},
    {"author":null},{}]},{"number":8,"mergedAt":null},{"number":9,"mergedAt":""},
    {"mergedAt":"2026-01-03T00:00:00Z","author":"cy","mergeCommit":null,"number":"x"}])");
  REQUIRE(all);
  REQUIRE(all->size() == 2);
  CHECK(all->front().author == "ann");
  CHECK(all->front().commit == "abc");
  CHECK(all->front().reviewers == std::vector<std::string>{"bea"});
  CHECK(all->back().author == "cy");
  for (const char* text : {"", "{}", "7", "[", "[7]", "[{}]", R"([{"mergedAt":"soon"}])"}) CHECK_FALSE(read(text));
  CHECK(read("[\n{\"mergedAt\":null},\n{}]").error().path == "f.json:3");
}

TEST_CASE("assimilation: shares of the authored lines, and of those that stand") {
  MadeHistory history;
  history.commit(1, {{"a.c", 0, 1, 10}}, 1);
  history.commit(120, {{"b.c", 0, 2, 6}, {".cascade/explanations/it.md", 0, 9, 4}});
  history.commit(121, {{"c.c", 0, 3, 20}}).notes = {"Reviewed-by: Bea <bea@b>"};
  history.history.tip = {{history.path("a.c"), 1}, {history.path("b.c"), 2}, {history.path("c.c"), 3}};
  const auto figures = assimilation_of(only(history), nullptr, asked());
  CHECK(value(figures, "explained") == 10);  // the record's own lines are written, too
  CHECK(figure(figures, "explained").of == 40U);
  CHECK(value(figures, "reviewed") == 20);
  CHECK(value(figures, "author_active") == 26);  // Bea has not committed for 90 days
  CHECK(figure(figures, "author_active").of == 36U);
  std::vector<MergedRequest> merged(1);
  merged[0].commit = history.history.commits[1].id;
  merged[0].reviewers = {"cy"};
  CHECK(value(assimilation_of(only(history), &merged, asked()), "reviewed") == 30);
}

TEST_CASE("inflation: the largest commits, extensions and parts") {
  MadeHistory history;
  for (std::uint32_t i = 1; i <= 7; ++i)
    history.commit(i, {{"f" + std::to_string(i) + (i % 2 == 0 ? ".MD" : ".c"), 0, i, i}});
  history.commit(8, {{"bot.c", 0, 8, 3}}, 2);
  history.commit(9, {{"f1.c", 1, 9, 1, 1, 0, same_text}, {"p.png", 0, 10, 0, 0, 0, binary}});
  history.commit(10);
  const Inflation found = inflation_of(only(history), asked());
  CHECK(found.added == 28 + 3 + 1);
  std::string largest;
  for (const LargeCommit& one : found.largest) largest += std::to_string(one.added) + " " + one.date + ";";
  CHECK(largest == "7 2026-01-07;6 2026-01-06;5 2026-01-05;4 2026-01-04;3 2026-01-03;");
  REQUIRE(found.extensions.size() == 2);
  CHECK(found.extensions[0].name == "c");
  CHECK(found.extensions[0].added == 1 + 3 + 5 + 7 + 3 + 1);
  CHECK(found.extensions[1].name == "md");
  CHECK(found.bots.commits == 1);
  CHECK(found.bots.added == 3);
  CHECK(found.formats.commits == 1);
  CHECK(found.empty.commits == 1);
  CHECK(found.binaries == 1);
}

}  // namespace
}  // namespace cascade::metrics
