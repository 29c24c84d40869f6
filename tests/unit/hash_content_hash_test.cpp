#include <catch2/catch.hpp>

#include "hash/content_hash.h"
#include "unit/seeded_random.h"

#include <string>

using namespace cascade;
using namespace cascade::hash;

// Figures of XXH3 with seed 0: the empty input's are those that the algorithm's description gives.
TEST_CASE("hashes are XXH3 with seed 0") {
  CHECK(to_hex(hash64("")) == "2d06800538d394c2");
  CHECK(to_hex(hash128("").high) == "99aa06d3014798d8");
  CHECK(to_hex(hash128("").low) == "6001c324468d497f");
}

TEST_CASE("a hash depends on every byte and on the length") {
  const std::string text(300, 'a');
  std::string changed = text;
  changed[299] = 'b';
  CHECK(hash64(text) == hash64(std::string(300, 'a')));
  CHECK(hash64(text) != hash64(changed));
  CHECK(hash64(text) != hash64(std::string(301, 'a')));
  CHECK(hash128(text) == hash128(std::string(300, 'a')));
  CHECK_FALSE(hash128(text) == hash128(changed));
}

TEST_CASE("texts that look equal have equal text hashes") {
  const auto hash = hash_text("one\n\n  two\nthree");
  CHECK(hash_text("one\r\n\r\n  two\r\nthree\r\n") == hash);
  CHECK(hash_text("one\r\r  two\rthree") == hash);
  CHECK(hash_text("one  \n \t\n  two\nthree\n\n\n") == hash);
  CHECK(hash_text("one\n\n  two\nthree \t \n  ") == hash);
}

TEST_CASE("a text whose lines have no blanks behind them has the hash of the same with blanks") {
  test::SeededRandom random{5};
  const std::string_view words[] = {"a", "b c", "\n", "\n\n", "  d", "\xC3\xA9"},
                         blanks[] = {"", " ", "\t", "\v\f", "\r"};
  for (int round = 0; round < 4000; ++round) {
    std::string tidy(round % 2 == 0 ? 0 : 230 + random.below(60), 'x');  // up to where the next 256 bytes begin, too
    std::string other = tidy;
    for (std::uint32_t n = random.below(12); n > 0; --n) {
      const std::string_view word = words[random.below(6)];
      tidy += word;
      if (word[0] == '\n') other += blanks[random.below(5)];
      other += word;
    }
    other += blanks[random.below(4)];
    REQUIRE(hash_text(tidy) == hash_text(other));
    REQUIRE(hash_text(tidy + "!") != hash_text(other));
  }
}

TEST_CASE("texts that look different have different text hashes") {
  const auto hash = hash_text("one\n\n  two");
  CHECK(hash_text("one\n  two") != hash);
  CHECK(hash_text("one\n\ntwo") != hash);
  CHECK(hash_text("\none\n\n  two") != hash);
  CHECK(hash_text("one\n\n  two!") != hash);
}

TEST_CASE("a text hash is never 0 and blank texts are all alike") {
  CHECK(hash_text("") != 0);
  CHECK(hash_text(" \r\n\t\n") == hash_text(""));
}

TEST_CASE("hexadecimal has 16 digits") {
  CHECK(to_hex(0) == "0000000000000000");
  CHECK(to_hex(0x00C0FFEE12345678U) == "00c0ffee12345678");
  CHECK(to_hex(~std::uint64_t{0}) == "ffffffffffffffff");
}
