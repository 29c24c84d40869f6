// Lines of bodies, folded: the same as byte by byte.
#include <catch2/catch.hpp>

#include "route/build/lines.h"
#include "unit/seeded_random.h"

namespace cascade::route {
namespace {

// Letters and digits in lower case as the digits of a number, one after the other.
std::uint64_t fold_long(std::string_view text) {
  constexpr std::uint64_t base = 0x9e3779b97f4a7c15ULL, first = 0xd6e8feb86659fd93ULL;
  std::uint64_t hash = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool upper = c >= 'A' && c <= 'Z';
    if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && byte < 0x80) continue;
    hash = hash * base + first + byte + (upper ? 'a' - 'A' : 0);
  }
  return (hash ^ hash >> 32) * base;
}

std::string random_text(test::SeededRandom& random, std::size_t most) {
  constexpr std::string_view likely = "abcxyzABCXYZ0189  .,-#\n\n";
  std::string text;
  for (std::size_t length = random.below(most); length > 0; --length)
    text += random.chance(90) ? likely[random.below(likely.size())] : static_cast<char>(random.below(256));
  return text;
}

}  // namespace

TEST_CASE("a text is folded to its letters and digits without case, however long it is") {
  test::SeededRandom random{41};
  for (int round = 0; round < 5000; ++round) {
    const std::string text = random_text(random, 40);
    INFO(text);
    REQUIRE(fold_text(text) == fold_long(text));
  }
  CHECK(fold_line("- Run the Tests!") == fold_line("run THE tests"));
  CHECK(fold_line("run the test") != fold_line("run the tests"));
  CHECK(fold_line(" --- ") == 0);
}

TEST_CASE("lines are cut at line feeds, and each has the hash of what it says") {
  test::SeededRandom random{42};
  for (int round = 0; round < 500; ++round) {
    const std::string text = random_text(random, 200);
    std::vector<Line> lines;
    append_lines(text, 7, lines);
    std::string joined;
    for (const Line& line : lines) {
      REQUIRE(line.begin == 7 + joined.size());
      const std::string_view own = std::string_view(text).substr(line.begin - 7, line.length);
      REQUIRE(line.hash == fold_line(own));
      joined += std::string(own) + "\n";
    }
    REQUIRE((joined == text || joined == text + "\n"));
  }
}

}  // namespace cascade::route
