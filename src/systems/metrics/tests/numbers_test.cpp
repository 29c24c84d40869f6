// Numbers of claims with what they allow, the words of a label, and the origin of every line against a list of lines
// that is changed the plain way.
#include <catch2/catch.hpp>

#include <string>

#include "history/history.h"
#include "metrics/claim_labels.h"
#include "metrics/report.h"
#include "metrics/tests/made_history.h"
#include "unit/seeded_random.h"

namespace cascade::metrics {
namespace {

ClaimNumber number_in(std::string_view text) {
  const auto tokens = tokens_of(text);
  return read_number(tokens).number;
}

// "value", or "value to end", "%" of a share; "none".
std::string read(std::string_view text) {
  const auto tokens = tokens_of(text);
  const FoundNumber found = read_number(tokens);
  if (found.length == 0) return "none";
  const ClaimNumber& number = found.number;
  std::string shown = number.comparison == Comparison::exactly ? "" : std::string(to_string(number.comparison)) + " ";
  shown += decimal_text(number.value);
  if (number.to) shown += " to " + decimal_text(*number.to);
  return shown + (number.is_share ? " %" : "") + (found.length < tokens.size() ? " ..." : "");
}

TEST_CASE("number: digits, groups, places and scales") {
  CHECK(read("7") == "7");
  CHECK(read("1,234,567") == "1,234,567");
  CHECK(read("1.25") == "1.25");
  CHECK(read("1.2k") == "1,200");
  CHECK(read("1.2 k") == "1.2 ...");  // a letter by itself is no scale
  CHECK(read("1.2 million") == "1,200,000");
  CHECK(read("0") == "0");
  CHECK(read("0.987") == "0.987");
  CHECK(read("12 %") == "12 %");
  CHECK(read("12 per cent") == "12 %");
}

TEST_CASE("number: words") {
  CHECK(read("seven") == "7");
  CHECK(read("no commits") == "0 ...");
  CHECK(read("three million") == "3,000,000");
  CHECK(read("seven hundred") == "7 ...");  // what is left over is the label's, which does not understand it
}

TEST_CASE("number: comparisons and ranges") {
  CHECK(read("at least 250") == "at least 250");
  CHECK(read("more than 1.2k") == "above 1,200");
  CHECK(read("fewer than three") == "below 3");
  CHECK(read("100 to 200") == "100 to 200");
  CHECK(read("5 % - 10 %") == "5 to 10 %");
  CHECK(read("3,000+") == "at least 3,000");
  CHECK(read("12 or fewer") == "at most 12");
  CHECK(read("200 to 100") == "200 ...");  // the other way round is no range
}

TEST_CASE("number: what is none, and what is too large for one") {
  for (const char* text : {"", "commits", "%", "-", "at least", "between 5", "k", "and", "-5"})
    CHECK(read(text) == "none");
  CHECK(number_in("2000000000000").is_too_large);
  CHECK(number_in("99999999999999999999999999").is_too_large);
  CHECK(number_in("900 billion million").value <= largest_number * one);
}

bool is(std::string_view text, double actual) {
  return fits(number_in(text), static_cast<Millionths>(actual * static_cast<double>(one)));
}

TEST_CASE("fits: a number may be rounded as it is written, at most by a twentieth") {
  CHECK(is("962", 962));
  CHECK_FALSE(is("962", 961));
  CHECK_FALSE(is("962", 963));
  CHECK(is("1.2k", 1'150));
  CHECK(is("1.2k", 1'249));
  CHECK_FALSE(is("1.2k", 1'149));
  CHECK_FALSE(is("1.2k", 1'250));
  CHECK(is("200", 190));
  CHECK_FALSE(is("200", 189));  // to hundreds it would be rounded; a twentieth it is not
  CHECK(is("0.5", 0.54));
  CHECK_FALSE(is("0.5", 0.56));
  CHECK(is("0", 0));
  CHECK_FALSE(is("no", 1));
}

TEST_CASE("fits: about, nearly, up to") {
  CHECK(is("about 100", 88));
  CHECK(is("about 100", 112));
  CHECK_FALSE(is("about 100", 87));
  CHECK_FALSE(is("about 100", 113));
  for (const char* text : {"nearly 100", "up to 100"}) {
    CHECK(is(text, 85));
    CHECK(is(text, 100));
    CHECK_FALSE(is(text, 84));
    CHECK_FALSE(is(text, 101));
  }
}

TEST_CASE("fits: the others are taken at their word") {
  CHECK(is("at least 100", 100));
  CHECK_FALSE(is("at least 100", 99));
  CHECK(is("more than 100", 101));
  CHECK_FALSE(is("more than 100", 100));
  CHECK(is("at most 100", 100));
  CHECK_FALSE(is("at most 100", 101));
  CHECK(is("fewer than 100", 99));
  CHECK_FALSE(is("fewer than 100", 100));
  CHECK(is("100 to 200", 100));
  CHECK(is("100 to 200", 200));
  CHECK_FALSE(is("100 to 200", 201));
}

TEST_CASE("fits: what fits may fit, and a quarter more may, too") {
  test::SeededRandom random{13};
  for (const char* text :
       {"962", "1.2k", "about 100", "nearly 100", "at least 50", "fewer than 9", "5 to 10", "33 %", "0"})
    for (int round = 0; round < 300; ++round) {
      const ClaimNumber number = number_in(text);
      const Millionths actual = random.below(2'000) * one;
      if (fits(number, actual)) CHECK(may_fit(number, actual));
    }
  CHECK(may_fit(number_in("100"), 81 * one));
  CHECK(may_fit(number_in("100"), 124 * one));
  CHECK_FALSE(may_fit(number_in("100"), 150 * one));
  CHECK_FALSE(may_fit(number_in("100"), 50 * one));
}

TEST_CASE("number: as it is shown, with at most three places") {
  CHECK(decimal_text(0) == "0");
  CHECK(decimal_text(6'158 * one) == "6,158");
  CHECK(decimal_text(987'000) == "0.987");
  CHECK(decimal_text(500'000) == "0.5");
  CHECK(decimal_text(1'000'000 * one) == "1,000,000");
}

std::string tokens(std::string_view text) {
  std::string shown;
  for (const Token& token : tokens_of(text))
    shown += (shown.empty() ? "" : "|") + token.text + (token.is_number ? "#" : "");
  return shown;
}

TEST_CASE("words: in small letters, without marks of Markdown; a date is a word") {
  CHECK(tokens("").empty());
  CHECK(tokens("**962** Commits") == "962#|commits");
  CHECK(tokens("on 2026-01-31, in 2026-01") == "on|2026-01-31|,|in|2026-01");
  CHECK(tokens("1,234 lines").substr(0, 6) == "1,234#");
  for (const std::string& text : {std::string(200'000, '*'), std::string(200'000, '9'), std::string("\xff\0\xc3", 3)})
    CHECK(tokens_of(text).size() <= text.size());
}

// Lines as the numbers of the commits that wrote them, and a random change of them.
struct Edited {
  std::vector<std::uint32_t> lines, gone;
  std::vector<Hunk> hunks;
};

Edited edited(const std::vector<std::uint32_t>& before, std::uint32_t commit, test::SeededRandom& random) {
  Edited after;
  for (std::size_t at = 0; at <= before.size();) {
    if (random.chance(30)) {
      const auto deleted = std::min<std::size_t>(random.below(4), before.size() - at);
      const std::uint32_t added = random.below(4);
      if (deleted + added > 0)
        after.hunks.push_back({static_cast<std::uint32_t>(at + (deleted > 0 ? 1 : 0)),
                               static_cast<std::uint32_t>(deleted),
                               static_cast<std::uint32_t>(after.lines.size() + (added > 0 ? 1 : 0)), added});
      after.gone.insert(after.gone.end(), before.begin() + static_cast<std::ptrdiff_t>(at),
                        before.begin() + static_cast<std::ptrdiff_t>(at + deleted));
      after.lines.insert(after.lines.end(), added, commit);
      at += deleted;
    }
    if (at < before.size()) after.lines.push_back(before[at]);
    ++at;
  }
  return after;
}

std::vector<std::uint32_t> lines_of(const std::vector<OriginRun>& runs) {
  std::vector<std::uint32_t> lines;
  for (const OriginRun& run : runs) lines.insert(lines.end(), run.lines, run.commit);
  return lines;
}

TEST_CASE("origins: a thousand changes give what a list of lines gives") {
  test::SeededRandom random{21};
  for (int round = 0; round < 20; ++round) {
    History history;
    LineOrigins origins;
    std::vector<std::uint32_t> lines;
    for (std::uint32_t commit = 1; commit <= 50; ++commit) {
      const Edited after = edited(lines, commit, random);
      if (after.hunks.empty()) continue;
      FileChange change;
      change.before = commit == 1 ? 0 : commit - 1;
      change.after = commit;
      change.first_hunk = static_cast<std::uint32_t>(history.hunks.size());
      change.hunks = static_cast<std::uint32_t>(after.hunks.size());
      if (origins.of(change.before) == nullptr && !lines.empty()) break;
      history.hunks.insert(history.hunks.end(), after.hunks.begin(), after.hunks.end());
      CHECK(lines_of(origins.change(history, change, commit)) == after.gone);
      REQUIRE(origins.of(commit) != nullptr);
      CHECK(lines_of(*origins.of(commit)) == after.lines);
      lines = after.lines;
    }
  }
}

}  // namespace
}  // namespace cascade::metrics
