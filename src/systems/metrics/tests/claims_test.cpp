#include "metrics/claims.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade::metrics {
namespace {

// Each claim as "figure comparison number, of a part, per rate, in a period", or why it cannot be judged.
std::string shown(std::string_view text) {
  std::string out;
  for (const Claim& claim : read_claims(text)) {
    if (claim.is_prose) {
      out += "prose\n";
      continue;
    }
    if (!claim.fault.empty()) {
      out += claim.number.written + ": " + claim.fault + "\n";
      continue;
    }
    out += claim.figure + " " + std::string(to_string(claim.number.comparison)) + " " +
           std::to_string(claim.number.value / one);
    if (claim.number.value % one != 0) out += "." + std::to_string(claim.number.value % one + one).substr(1, 3);
    if (claim.number.to) out += " to " + std::to_string(*claim.number.to / one);
    if (claim.number.is_share) out += " %";
    if (!claim.part.empty()) out += ", of " + claim.part;
    if (!claim.person.empty()) out += ", by " + claim.person;
    for (const Per& per : claim.per) out += ", per " + text_of(per);
    if (claim.period.kind != Period::Kind::whole) out += ", in " + text_of(claim.period);
    out += "\n";
  }
  return out;
}

TEST_CASE("a line says what, and a number") {
  CHECK(shown("commits: 962") == "commits exactly 962\n");
  CHECK(shown("- **Lines added** (in 7 days): 1.2k") == "lines_added exactly 1200, in the busiest 7 days\n");
  CHECK(shown("2014: 1,679 commits") == "commits exactly 1679, in 2014-01-01 to 2014-12-31\n");
  CHECK(shown("commits per developer per day: at least 10") == "commits at least 10, per authors, per 1 day\n");
  CHECK(shown("average commits a week: 6.9") == "commits exactly 6.900, per 7 days\n");
  CHECK(shown("share of merges in commits: about 20 %") == "commits about 20 %, of merges\n");
  CHECK(shown("commits by bots: 12") == "commits exactly 12, of bots\n");
  CHECK(shown("reverts: no") == "reverts exactly 0\n");
  CHECK(shown("most commits per week: 84") == "commits exactly 84, in the busiest 7 days\n");
}

TEST_CASE("a period is a year, a quarter, a month, dates, the last days, or the busiest") {
  const auto period = [](const std::string& words) {
    const std::string text = shown("| commits " + words + " | 7 |");
    return text.substr(std::min(text.size(), text.find(", in ") + 5));
  };
  CHECK(period("in 2017") == "2017-01-01 to 2017-12-31\n");
  CHECK(period("from 2017 to 2020") == "2017-01-01 to 2020-12-31\n");
  CHECK(period("in May 2026") == "2026-05-01 to 2026-05-31\n");
  CHECK(period("2024-02") == "2024-02-01 to 2024-02-29\n");
  CHECK(period("Q4 2023") == "2023-10-01 to 2023-12-31\n");
  CHECK(period("2023-05-03 - 2023-05-09") == "2023-05-03 to 2023-05-09\n");
  CHECK(period("since 2024-06-01") == "2024-06-01 to the newest commit\n");
  CHECK(period("in the last 90 days") == "the last 90 days\n");
  CHECK(period("in the busiest week") == "the busiest 7 days\n");
  CHECK(period("(two weeks)") == "the busiest 14 days\n");
  CHECK(shown("| commits last year | 200 |") == "200: 'last' depends on when it was said\n");
  CHECK(shown("| commits in 2020 to 2017 | 2 |") == "2: its time ends before it begins\n");
  CHECK(shown("| commits in 2020 (7 days) | 2 |") == "2: it names two times\n");
}

TEST_CASE("a table is read by its headings, and a benchmark claims nothing") {
  CHECK(shown("| Metric | Observed | Benchmark | Multiple |\n"
              "| --- | --- | --- | --- |\n"
              "| Commits (7 days) | 962 | 35-70 | 14-27 developers |\n"
              "| Lines of code | 173,833 | 350-700 | 248-497 developers |\n"
              "| Merged pull requests | 25 | 3 | 8x |\n"
              "| Reverts | no | 1-2 | |\n") ==
        "commits exactly 962, in the busiest 7 days\nlines_added exactly 173833, in the busiest 7 days\n"
        "pull_requests exactly 25, in the busiest 7 days\nreverts exactly 0, in the busiest 7 days\n");
  CHECK(shown("| month | commits |\n|---|---|\n| 2023-09 | 11 |\n") ==
        "commits exactly 11, in 2023-09-01 to 2023-09-30\n");
  CHECK(shown("| | 2023 | 2024 |\n|---|---|---|\n| commits | 5 | 7 |\n") ==
        "commits exactly 5, in 2023-01-01 to 2023-12-31\ncommits exactly 7, in 2024-01-01 to 2024-12-31\n");
  CHECK(shown("year;commits;merges\n2025;182;90\n") ==
        "commits exactly 182, in 2025-01-01 to 2025-12-31\nmerges exactly 90, in 2025-01-01 to 2025-12-31\n");
  // A name in the column of a figure is what the row is about: no figure of the whole history.
  CHECK(shown("| Author | Commits |\n|---|---|\n| Ada Stone | 168 |\n") == "commits exactly 168, by Ada Stone\n");
  CHECK(shown("| Net lines | +1,096 |\n| Merge share | 5 % |\n") ==
        "lines_net exactly 1096\ncommits exactly 5 %, of merges\n");
  CHECK(shown("In 2024:\n\n| commits | 5 |\n") == "commits exactly 5, in 2024-01-01 to 2024-12-31\n");
  CHECK(shown("## Payment service, release 4\n\n| commits | 5 |\n") ==
        "5: 'Payment service, release 4' is about it, and is not understood\n");
}

TEST_CASE("JSON: the keys above a number are its label") {
  CHECK(shown(R"({"commits": 962, "lines_added": 5, "in 2024": {"merges": "7 %"}})") ==
        "commits exactly 962\nlines_added exactly 5\ncommits exactly 7 %, of merges, in 2024-01-01 to 2024-12-31\n");
  CHECK(shown(R"([{"year": 2024, "commits": 5, "target": 9}, {"year": "2025", "commits": 7}])") ==
        "commits exactly 5, in 2024-01-01 to 2024-12-31\ncommits exactly 7, in 2025-01-01 to 2025-12-31\n");
  CHECK(shown(R"({"project": {"by_year": {"2024": {"commits": 5}}, "authors": {"Ada": {"commits": 3}}}})") ==
        "commits exactly 5, in 2024-01-01 to 2024-12-31\ncommits exactly 3, by Ada\n");
  CHECK(shown(R"([{"metric": "commits", "value": 5, "period": "last 30 days"}])") ==
        "commits exactly 5, in the last 30 days\n");
  CHECK(shown(R"({"backend": {"commits": 5}, "title": "x", "ok": true})") == "5: 'backend' is not understood\n");
  CHECK(shown(R"({"said": "Every year had 1,000 commits."})") ==
        ": 'Every year had 1,000 commits.' is not read as a number\n");
  CHECK(read_claims(std::string(5'000, '[') + std::string(5'000, ']')).empty());
}

TEST_CASE("a sentence is listed, never judged") {
  // A line "what: number" about a figure that is not known is no sentence.
  CHECK(shown("tests: 400\n") == "400: git shows no test: a test run knows\n");
  for (const char* text :
       {"It has 200 commits.", "No year has had fewer than 3,000 commits.", "Ann has more commits than Bea.",
        "200 commits, not 300.", "commits: every year more than 100", "Every month of 2025 had at least 14 commits."})
    CHECK(shown(text) == "prose\n");
  CHECK(shown("# Report of 7 days\n\nAll verified via git log.\n").empty());
}

TEST_CASE("what is not understood leaves its number without a verdict") {
  CHECK(shown("| stars | 12k |") == "12k: git shows no star: a forge knows\n");
  CHECK(shown("| commits to the payment service | 6,158 |") == "6,158: 'to' is not understood\n");
  CHECK(shown("| commits without the backend | 6 |") == "6: 'without' is not understood\n");
  CHECK(shown("| commits in a week | 6 |") == "6: 'a' is not understood\n");
  CHECK(shown("| share of commits | 90 % |") == "90 %: it does not say what it is a share of\n");
  CHECK(shown("| lines | 9,000 |") ==
        "9,000: lines that stand are no figure of a history; say whether they were added\n");
  CHECK(shown("| commits, merges | 9 |") == "9: it names two figures\n");
  CHECK(shown("| commits | 1.679 |") == "1.679: a count is a whole number\n");
  CHECK(shown("| commits | 962 of 1,000 |") == "962: '1,000' is not understood\n");
  CHECK(shown("| commits | see 2024 |") == ": 'see 2024' is not read as a number\n");
  CHECK(shown("|  | Backend |\n|---|---|\n| commits | 5 |\n") == "5: the column 'Backend' is not understood\n");
  CHECK(shown("| lines added | " + std::string(100'000, '9') + " |\n").find("too large") != std::string::npos);
  CHECK(shown("\xff\xfe | commits || 7 ||\n\n=\n| | | |\n|-|\n") != "crash");
}

}  // namespace
}  // namespace cascade::metrics
