#include <catch2/catch.hpp>
#include <map>

#include "tokens/count_memo.h"
#include "tokens_small_vocabulary.h"

using namespace cascade;
using namespace cascade::tokens;

namespace {

using Bytes = std::array<char, 16>;

Bytes random_bytes(Random& random) {
  Bytes bytes;
  for (char& byte : bytes) byte = static_cast<char>(random.below(3) - 1);  // mostly alike
  return bytes;
}

template <typename Sixteen>
Bytes stored(Sixteen value) {
  Bytes bytes;
  value.store(bytes.data());
  return bytes;
}

PieceKey key_of(std::string_view piece) {
  std::array<char, 64> behind;
  behind.fill('x');
  piece.copy(behind.data(), piece.size());
  return PieceKey::of(behind.data(), piece.size());
}

}  // namespace

TEST_CASE("sixteen bytes are the same in one register and in two words") {
  Random random{5};
  for (int round = 0; round < 2000; ++round) {
    Bytes a = random_bytes(random), b = random.below(2) == 0 ? a : random_bytes(random);
    const auto word_a = TwoWords::load(a.data()), word_b = TwoWords::load(b.data());
    const auto a16 = SixteenBytes::load(a.data()), b16 = SixteenBytes::load(b.data());
    REQUIRE(stored(a16) == a);
    REQUIRE(stored(word_a) == a);
    REQUIRE(stored(a16 & b16) == stored(word_a & word_b));
    REQUIRE(stored(a16 | b16) == stored(word_a | word_b));
    REQUIRE(a16.folded() == word_a.folded());
    REQUIRE((likeness(a16, b16) == all_equal) == (a == b));
    REQUIRE((likeness(word_a, word_b) == all_equal) == (a == b));
  }
}

TEST_CASE("a memo of short pieces knows what was stored last, and takes no piece for another") {
  ShortPieceMemo memo(4);
  CHECK(memo.find(key_of("a")) == 0);
  memo.store(key_of("a"), 255);
  CHECK(memo.find(key_of("a")) == 255);
  CHECK(memo.find(key_of(std::string("a\0", 2))) == 0);
  CHECK(memo.find(key_of("ab")) == 0);
  CHECK(memo.find(key_of("fourteen bytes")) == 0);
  memo.store(key_of("fourteen bytes"), 2);
  CHECK(memo.find(key_of("fourteen bytes")) == 2);
  CHECK(memo.find(key_of("fourteen byte")) == 0);
  Random random{9};
  std::map<std::string, std::uint32_t> counts = {{"a", 255}, {"fourteen bytes", 2}};
  for (std::uint32_t i = 0; i < 200; ++i) {
    const std::string piece = random_text(random, {"a", "b", " the", "\n"}, 1 + random.below(3));
    if (memo.find(key_of(piece)) == 0) memo.store(key_of(piece), counts[piece] = 1 + random.below(255));
    CHECK(memo.find(key_of(piece)) == counts[piece]);
    for (const auto& [other, count] : counts)
      CHECK((memo.find(key_of(other)) == 0 || memo.find(key_of(other)) == count));
  }
}
