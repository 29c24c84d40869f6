// Findings that were there before, taken out of what is found now.
#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

#include "validate/checkup/checkup.h"

namespace cascade {
namespace {

Diagnostic finding(const std::string& path, const std::string& rule, const std::string& fingerprint) {
  Diagnostic made;
  made.at.path = path;
  made.rule = rule;
  made.fingerprint = fingerprint;
  return made;
}

std::string shown(const std::vector<Diagnostic>& found) {
  std::string text;
  for (const Diagnostic& one : found) text += one.at.path + one.rule + one.fingerprint + " ";
  return text;
}

TEST_CASE("each finding goes as often as it was there before") {
  std::vector<Diagnostic> found = {finding("a", "R", "1"), finding("a", "R", "1"), finding("a", "R", "1"),
                                   finding("a", "R", "2"), finding("b", "R", "1"), finding("a", "S", "1")};
  Baseline::take({finding("a", "R", "1"), finding("b", "R", "1"), finding("a", "R", "1"), finding("c", "R", "2")},
                 found);
  CHECK(shown(found) == "aR1 aR2 aS1 ");
}

TEST_CASE("a list of findings takes out what a baseline of it does") {
  std::mt19937 dice(7);
  const auto some = [&] {
    std::vector<Diagnostic> list;
    for (std::size_t i = dice() % 30; i > 0; --i)
      list.push_back(finding(std::string(1, static_cast<char>('a' + dice() % 3)), dice() % 2 == 0 ? "R" : "S",
                             std::to_string(dice() % 3)));
    return list;
  };
  for (int round = 0; round < 200; ++round) {
    const std::vector<Diagnostic> before = some();
    std::vector<Diagnostic> found = some(), same = found;
    std::size_t unmatched = 0;
    Baseline::of(before).take(found, unmatched);
    Baseline::take(before, same);
    REQUIRE(shown(same) == shown(found));
  }
}

}  // namespace
}  // namespace cascade
