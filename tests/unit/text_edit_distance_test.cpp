#include "text/suggestion.h"

#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace cascade::letters {
namespace {

// The whole table, cell by cell.
std::size_t by_the_book(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> cells(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cells[i][j] = i + j;
        continue;
      }
      cells[i][j] = std::min({cells[i - 1][j] + 1, cells[i][j - 1] + 1, cells[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cells[i][j] = std::min(cells[i][j], cells[i - 2][j - 2] + 1);
    }
  }
  return cells[a.size()][b.size()];
}

}  // namespace

TEST_CASE("edits count insertions, deletions, changes and swaps of neighbours") {
  CHECK(edit_distance("review", "review", 2) == 0);
  CHECK(edit_distance("reveiw", "review", 2) == 1);
  CHECK(edit_distance("revew", "review", 2) == 1);
  CHECK(edit_distance("preview", "review", 2) == 1);
  CHECK(edit_distance("rewind", "review", 1) == 2);
  CHECK(edit_distance("", "abc", 2) == 3);
}

TEST_CASE("between names case, hyphens, underscores and blanks do not count") {
  CHECK(edit_distance_of_names("Max_Depth", "max-depth", 2) == 0);
  CHECK(edit_distance_of_names("code review", "code-reviews", 2) == 1);
  CHECK(edit_distance("Max_Depth", "max-depth", 9) == 3);
}

TEST_CASE("the distance within any limit is that of the whole table, for words short and long") {
  test::SeededRandom random{7};
  for (int round = 0; round < 4000; ++round) {
    std::string a, b;
    const std::size_t longest = round % 50 == 0 ? 80 : 9;
    for (std::size_t n = random.below(longest); n > 0; --n) a += static_cast<char>('a' + random.below(3));
    for (std::size_t n = random.below(longest); n > 0; --n) b += static_cast<char>('a' + random.below(3));
    const std::size_t limit = random.below(8);
    INFO(a + " " + b);
    REQUIRE(edit_distance(a, b, limit) == std::min(by_the_book(a, b), limit + 1));
  }
}

}  // namespace cascade::letters
