#include <catch2/catch.hpp>
#include <map>

#include "tokens/counted_text.h"
#include "tokens_small_vocabulary.h"

using namespace cascade;
using namespace cascade::tokens;

namespace {

PieceKey key_of(std::string_view piece) {
  std::array<char, 64> behind;
  behind.fill('x');
  piece.copy(behind.data(), piece.size());
  return PieceKey::of(behind.data(), piece.size());
}

}  // namespace

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
