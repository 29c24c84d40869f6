#include "difference/difference.h"

#include <catch2/catch.hpp>

namespace cascade::rendering {

TEST_CASE("equal texts have no difference") { CHECK(unified_diff("a", "x\ny\n", "x\ny\n").empty()); }

TEST_CASE("a changed line stands between three lines on either side") {
  CHECK(unified_diff("a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "--- a/a.md\n+++ b/a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("changes far apart are hunks of their own, near ones are one") {
  std::string before, after;
  for (int i = 0; i < 40; ++i) {
    before += std::to_string(i) + "\n";
    if (i == 3) after += "new\n";
    if (i != 30) after += std::to_string(i) + "\n";
  }
  CHECK(unified_diff("a", before, after) ==
        "--- a/a\n+++ b/a\n@@ -1,6 +1,7 @@\n 0\n 1\n 2\n+new\n 3\n 4\n 5\n"
        "@@ -28,7 +29,6 @@\n 27\n 28\n 29\n-30\n 31\n 32\n 33\n");
  CHECK(unified_diff("a", "1\n2\n3\n4\n5\n", "one\n2\n3\n4\nfive\n") ==
        "--- a/a\n+++ b/a\n@@ -1,5 +1,5 @@\n-1\n+one\n 2\n 3\n 4\n-5\n+five\n");
}

TEST_CASE("a last line without an end says so, and an empty side counts from 0") {
  CHECK(unified_diff("a", "x", "y\n") == "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n");
  CHECK(unified_diff("a", "", "y\n") == "--- a/a\n+++ b/a\n@@ -0,0 +1 @@\n+y\n");
}

}  // namespace cascade::rendering
