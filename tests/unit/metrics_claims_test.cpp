#include "metrics/claims.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade::metrics {
namespace {

std::string shown(std::string_view text) {
  std::string out;
  for (const Claim& claim : read_claims(text)) {
    out += std::to_string(claim.line) + " " + (claim.figure.empty() ? "?" : claim.figure);
    if (!claim.basis.empty()) out += " of " + claim.basis;
    out += " " + std::to_string(claim.value);
    if (claim.to) out += " to " + std::to_string(*claim.to);
    if (claim.days) out += " in " + std::to_string(*claim.days);
    if (claim.divisor) out += " by " + std::to_string(*claim.divisor);
    out += "\n";
  }
  return out;
}

TEST_CASE("a row of a table claims a number, in the days of its heading") {
  CHECK(shown("| claim in 7 days | value |\n"
              "| --- | ---: |\n"
              "| commits | 962 |\n"
              "| **lines added** | 173,833 |\n"
              "| pull requests merged | 25 |\n"
              "| reverts | no |\n"
              "| commits in thirty days | 1'200 |\n") ==
        "3 commits 962 in 7\n4 lines_added 173833 in 7\n5 pull_requests 25 in 7\n6 reverts_by_message 0 in 7\n"
        "7 commits 1200 in 30\n");
}

TEST_CASE("a number of people is told from what it is divided by") {
  CHECK(shown("developers at 80 lines a day: 310\n"
              "173,833 lines / 7 days / 50 = 497 developers\n"
              "Developer equivalents (100 LOC/day) | 248\n"
              "developers at 5 to 10 commits a day | 14 to 27\n"
              "as many as 14-497 engineers\n") ==
        "1 people of lines_added 310 by 80\n2 people of lines_added 497 in 7 by 50\n"
        "3 people of lines_added 248 by 100\n4 people of commits 14 to 27\n5 people 14 to 497\n");
}

TEST_CASE("numbers are grouped, rounded or words") {
  CHECK(shown("- 174k lines in a week\n* 1.5m lines\n> no rollback in seven days\nmerged PRs: twelve, 12\n") ==
        "1 lines_added 174000 in 7\n2 lines_added 1500000\n3 reverts_by_message 0 in 7\n4 pull_requests 12\n");
}

TEST_CASE("a line without a number claims nothing, and an unknown word is no figure") {
  CHECK(shown("# Report of 7 days\n\nAll verified via git log.\nunicorns: 3\n") == "4 ? 3 in 7\n");
  CHECK(shown("") == "");
  CHECK(shown(std::string(100'000, '9') + " lines\n") == "1 lines_added 1000000000000000\n");
  CHECK(shown("\xff\xfe | commits || 7 ||\n\n=\n") == "1 commits 7\n");
}

}  // namespace
}  // namespace cascade::metrics
