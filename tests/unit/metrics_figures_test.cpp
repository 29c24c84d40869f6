// Figures with their grades and windows, deliveries, gaps and files from outside, as docs/metrics.md defines them.
#include <catch2/catch.hpp>

#include <string>

#include "made_history.h"
#include "metrics/assimilation.h"
#include "metrics/delivery.h"
#include "metrics/equivalents.h"
#include "metrics/inflation.h"
#include "metrics/outside_facts.h"

namespace cascade::metrics {
namespace {

std::vector<Repository> only(const MadeHistory& history) {
  std::vector<Repository> all;
  all.push_back(history.repository());
  return all;
}

const Figure& figure(const std::vector<Figure>& figures, std::string_view name) {
  const Figure* found = find_figure(figures, name);
  REQUIRE(found != nullptr);
  return *found;
}

std::uint64_t value(const std::vector<Figure>& figures, std::string_view name) { return figure(figures, name).value; }

Day january(int day) { return first_of_january + day - 1; }

// Ten days with a commit of day-many lines each, by two people in turn; the fifth is a merge.
MadeHistory ten_days() {
  MadeHistory history;
  for (std::uint32_t day = 1; day <= 10; ++day) {
    Commit& commit =
        day == 5 ? history.commit(day) : history.commit(day, {{"f" + std::to_string(day), 0, day, day}}, day % 2);
    if (day == 5) commit.recorded_parents = 2;
  }
  return history;
}

TEST_CASE("figures: parts sum to the whole, and days to the value") {
  const auto repositories = only(ten_days());
  const Question question = asked();
  const auto figures = figures_of(repositories, question);
  CHECK(value(figures, "commits") == 10);
  CHECK(value(figures, "merges") == 1);
  CHECK(value(figures, "commits_without_merges") == 9);
  CHECK(value(figures, "lines_added") == 50);
  CHECK(value(figures, "lines_authored") == 50);
  for (const FigureRow& row : figure_rows()) {
    const Daily daily = daily_of(repositories, row, whole_range(repositories, question), question);
    CHECK(daily.sum(january(1), january(10)) == value(figures, row.name));
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

TEST_CASE("figures: the share of the last window in the 90 days that end with it") {
  MadeHistory history;
  for (const int day : {1, 20, 90, 95, 100})
    history.commit(day, {{"f" + std::to_string(day), 0, static_cast<std::uint32_t>(day), 10}});
  const Figure share = figure(figures_of(only(history), asked()), "share_of_commits");
  CHECK(share.value == 2);  // the days 94 to 100
  CHECK(share.of == 4U);    // the days 11 to 100
  CHECK(share.grade == Grade::exact);
  MadeHistory young = ten_days();
  const Figure shorter = figure(figures_of(only(young), asked()), "share_of_commits");
  CHECK(shorter.value == 7);
  CHECK(shorter.of == 10U);
  CHECK(shorter.grade == Grade::approximate);
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

TEST_CASE("equivalents: a figure as people, in its range and in its windows") {
  const auto repositories = only(ten_days());
  const auto figures = figures_of(repositories, asked());
  const auto found = equivalents_of(figures, range_of(repositories, asked()), 7);
  CHECK(found.size() == divisors().size());
  for (const Equivalent& one : found) {
    CHECK(one.days == 10);
    CHECK(one.grade >= Grade::approximate);
    CHECK(one.people == people_for(value(figures, one.figure), 10, one.a_day));
    CHECK(one.windows.minimum <= one.windows.maximum);
    CHECK(2 * one.windows.minimum <= one.windows.twice_median);
    CHECK(one.windows.twice_median <= 2 * one.windows.maximum);
  }
  MadeHistory two;  // windows of 60 and of 40 lines: one person a day, and none at 100 a day; the middle is a half
  two.commit(1, {{"a.c", 0, 1, 60}});
  two.commit(2, {{"b.c", 0, 2, 40}});
  Question question = asked();
  question.window = 1;
  const auto daily = equivalents_of(figures_of(only(two), question), range_of(only(two), question), 1);
  REQUIRE(daily[2].a_day == 100);
  CHECK(daily[2].windows.maximum == 1);
  CHECK(daily[2].windows.minimum == 0);
  CHECK(daily[2].windows.twice_median == 1);
}

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

TEST_CASE("forge: merged requests with who reviewed them, the author aside") {
  const auto read = [](const std::string& text) { return read_forge(text, "f.json"); };
  CHECK(read("[]")->empty());
  const auto all = read(R"([{"number":7,"mergedAt":"2026-01-02T00:00:00Z","author":{"login":"ann"},
    "mergeCommit":{"oid":"abc"},"reviews":[{"author":{"login":"bea"}},{"author":{"login":"ann"}},{"author":{"login":"bea"}},
    {"author":null},{}]},{"number":8,"mergedAt":null},{"number":9,"mergedAt":""},
    {"mergedAt":"2026-01-03T00:00:00Z","author":"cy","mergeCommit":null,"number":"x"}])");
  REQUIRE(all);
  REQUIRE(all->size() == 2);
  CHECK(all->front().number == 7);
  CHECK(all->front().author == "ann");
  CHECK(all->front().commit == "abc");
  CHECK(all->front().reviewers == std::vector<std::string>{"bea"});
  CHECK(all->back().author == "cy");
  CHECK(all->back().number == 0);
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
  CHECK(value(figures, "lines_a_reviewer_week") == 20);
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
