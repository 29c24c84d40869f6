#include "text/byte_block.h"
#include "text/word_set.h"

#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace cascade::letters {

TEST_CASE("a word set has its words in any case and no others") {
  static constexpr auto words = word_set("use", "uses", "the", "dispatching");
  CHECK(words.has("use"));
  CHECK(words.has("USES"));
  CHECK(words.has("Dispatching"));
  CHECK_FALSE(words.has("us"));
  CHECK_FALSE(words.has("tse"));
  CHECK_FALSE(words.has("5se"));
  CHECK_FALSE(words.has(""));
  CHECK_FALSE(words.has(std::string(256 + 3, 'u')));
}

TEST_CASE("a word set answers like a search through its words") {
  static constexpr std::array<std::string_view, 5> known = {"a", "ab", "ba", "bab", "abba"};
  static constexpr auto words = word_set("a", "ab", "ba", "bab", "abba");
  constexpr std::string_view letters = "aAbB1!\xE1";
  test::SeededRandom random{73};
  for (int i = 0; i < 20'000; ++i) {
    std::string word;
    for (std::size_t n = random.below(6); n > 0; --n) word += letters[random.below(letters.size())];
    INFO(word);
    REQUIRE(words.has(word) ==
            std::any_of(known.begin(), known.end(), [&](std::string_view each) { return equals_lower(word, each); }));
  }
}

TEST_CASE("a byte set answers like a search through its bytes, beyond ASCII as well") {
  static constexpr ByteSet ends(") \n\xE2");
  CHECK(ends.find_in("(a b)") == 2);
  CHECK(ends.find_in("(a b)", 3) == 4);
  CHECK(ends.find_in("caf\xC3\xA9") == std::string_view::npos);
  CHECK(ends.find_in("", 1) == std::string_view::npos);
  for (int c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    INFO(c);
    REQUIRE(ends.has(byte) == (std::string_view(") \n\xE2").find(byte) != std::string_view::npos));
  }
}

}  // namespace cascade::letters
