// Lines of bodies, folded: the same letters give the same hash, others another.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "route/build/fields.h"
#include "unit/seeded_random.h"

namespace cascade::route {
namespace {

// Letters and digits in lower case, and the bytes of other letters, sorted.
std::string letters_in(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && static_cast<unsigned char>(c) < 0x80) continue;
    letters += static_cast<char>(upper ? c + ('a' - 'A') : c);
  }
  std::sort(letters.begin(), letters.end());
  return letters;
}

std::string random_text(test::SeededRandom& random, std::size_t most) {
  constexpr std::string_view likely = "abcxyzABCXYZ0189  .,-#\n\n";
  std::string text;
  for (std::size_t length = random.below(most); length > 0; --length)
    text += random.chance(90) ? likely[random.below(likely.size())] : static_cast<char>(random.below(256));
  return text;
}

}  // namespace

TEST_CASE("a text is folded to its letters and digits without case and order, however long it is") {
  test::SeededRandom random{41};
  std::map<std::uint64_t, std::string> letters_by_hash;
  std::map<std::string, std::uint64_t> hash_by_letters;
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random_text(random, round % 2 == 0 ? 6 : 40), letters = letters_in(text);
    INFO(text);
    const std::uint64_t hash = fold_text(text);
    REQUIRE(letters_by_hash.try_emplace(hash, letters).first->second == letters);
    REQUIRE(hash_by_letters.try_emplace(letters, hash).first->second == hash);
  }
  CHECK(hash_by_letters.size() > 10000);
  CHECK(hash_by_letters.size() < 19000);
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
