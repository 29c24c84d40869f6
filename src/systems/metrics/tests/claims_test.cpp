#include "metrics/claims.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade::metrics {
namespace {

// Each claim as "figure comparison number, of a part, per rate, in a period", or why it cannot be judged.
std::string shown(std::string_view text) {
  std::string out;
  for (const Claim& claim : read_claims(text)) {
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
    for (const Per& per : claim.per) out += ", per " + text_of(per);
    if (claim.divisor) out += ", by " + claim.divisor->written;
    if (claim.period.kind != Period::Kind::whole) out += ", in " + text_of(claim.period);
    out += "\n";
  }
  return out;
}

TEST_CASE("a sentence claims a number of what it counts") {
  CHECK(shown("Some 498 people have contributed, an average of about five commits each.") ==
        "authors about 498\ncommits about 5, per authors\n");
  CHECK(shown("962 commits and 173,833 lines in seven days, 25 merged pull requests, no revert.") ==
        "commits exactly 962, in the busiest 7 days\nlines_added exactly 173833, in the busiest 7 days\n"
        "pull_requests exactly 25, in the busiest 7 days\nreverts exactly 0, in the busiest 7 days\n");
  CHECK(shown("1.2k commits, half a dozen tags, two dozen authors and one hundred and forty-four releases") ==
        "commits exactly 1200\ntags exactly 6\nauthors exactly 24\ntags exactly 144\n");
}

TEST_CASE("a comparison, a range and a share are read with their number") {
  CHECK(shown("fewer than 3 reverts") == "reverts below 3\n");
  CHECK(shown("At least 250 releases have been tagged.") == "tags at least 250\n");
  CHECK(shown("Between 100 and 200 commits in 2024.") == "commits exactly 100 to 200, in 2024-01-01 to 2024-12-31\n");
  CHECK(shown("12 % of the commits are by bots.") == "commits exactly 12 %, of bots\n");
  CHECK(shown("One in five commits is a merge.") == "commits exactly 20 %, of merges\n");
  CHECK(shown("rework below 5 %") == "rework below 5 %\n");
  CHECK(shown("No commit was ever made on a weekend.") == "commits exactly 0, of weekends\n");
}

TEST_CASE("a rate is no total") {
  CHECK(shown("commits per day: 6.9") == "commits exactly 6.900, per 1 day\n");
  CHECK(shown("commits per developer per day: 10") == "commits exactly 10, per authors, per 1 day\n");
  CHECK(shown("2 commits a week on average") == "commits exactly 2, per 7 days\n");
}

TEST_CASE("a period is a year, dates, the last days, or the busiest") {
  CHECK(shown("No reverts between 2017 and 2020.") == "reverts exactly 0, in 2017-01-01 to 2020-12-31\n");
  CHECK(shown("2014: 1,679 commits") == "commits exactly 1679, in 2014-01-01 to 2014-12-31\n");
  CHECK(shown("In the last 90 days: 70 commits by 24 authors.") ==
        "commits exactly 70, in the last 90 days\nauthors exactly 24, in the last 90 days\n");
  CHECK(shown("Over three weeks in May 2026 more than 60,000 lines were added.") ==
        "lines_added above 60000, in the busiest 21 days of 2026-05-01 to 2026-05-31\n");
  CHECK(shown("Up to 84 commits have been made in a single day.") == "commits up to 84, in the busiest 1 day\n");
  CHECK(shown("Last year 200 commits were made.") == "200: 'last year' depends on when it was said\n");
}

TEST_CASE("a table is read by its headings, and a benchmark claims nothing") {
  CHECK(shown("| Metric | Observed | Benchmark | Multiple |\n"
              "| --- | --- | --- | --- |\n"
              "| Commits (7 days) | 962 | 35-70 | 14-27 developers |\n"
              "| Lines of code | 173,833 | 350-700 | 248-497 developers |\n"
              "| Merged pull requests | 25 | 3 | 8x |\n"
              "| Reverts | 0 | 1-2 | |\n"
              "| Prior 90-day output captured | 67 % | 8 % | 8.6x |\n") ==
        "commits exactly 962, in the busiest 7 days\nlines_added exactly 173833, in the busiest 7 days\n"
        "pull_requests exactly 25, in the busiest 7 days\nreverts exactly 0, in the busiest 7 days\n"
        "captured exactly 67 %, in the busiest 7 days\n");
  CHECK(shown("| month | commits |\n|---|---|\n| 2023-09 | 11 |\n") ==
        "commits exactly 11, in 2023-09-01 to 2023-09-30\n");
  CHECK(shown("| | 2023 | 2024 |\n|---|---|---|\n| commits | 5 | 7 |\n") ==
        "commits exactly 5, in 2023-01-01 to 2023-12-31\ncommits exactly 7, in 2024-01-01 to 2024-12-31\n");
  CHECK(shown("| in 7 days | |\n|---|---|\n| developers at 5 to 10 commits a day | 14 to 27 |\n") ==
        "people exactly 14 to 27, by 5 to 10, in the busiest 7 days\n");
}

TEST_CASE("what the grammar does not hold is not judged") {
  CHECK(shown("12k stars") == "12k: git shows no stars: a forge knows\n");
  CHECK(shown("Installed by 200,000 developers") == "200,000: 'Installed' is not understood\n");
  CHECK(shown("6,158 commits to the payment service") == "6,158: 'payment' is not understood\n");
  CHECK(shown("90 % of commits") == "90 %: it does not say what it is a share of\n");
  CHECK(shown(std::string(100'000, '9') + " lines\n").find("too large") != std::string::npos);
  CHECK(shown("# Report of 7 days\n\nAll verified via git log.\n") == "");
  CHECK(shown("\xff\xfe | commits || 7 ||\n\n=\n| | | |\n|-|\n") != "crash");
}

}  // namespace
}  // namespace cascade::metrics
