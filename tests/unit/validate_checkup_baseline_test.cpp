// Findings that were there before, taken out of what is found now.
#include <catch2/catch.hpp>

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
  std::size_t unmatched = 0;
  Baseline::of({finding("a", "R", "1"), finding("b", "R", "1"), finding("a", "R", "1"), finding("c", "R", "2")})
      .take(found, unmatched);
  CHECK(unmatched == 1);
  CHECK(shown(found) == "aR1 aR2 aS1 ");
}

}  // namespace
}  // namespace cascade
