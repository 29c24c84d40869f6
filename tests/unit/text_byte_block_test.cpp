// Bytes found in blocks, compared with a search byte by byte.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "text/byte_block.h"
#include "unit/seeded_random.h"

namespace cascade::letters {

TEST_CASE("a comparison gives the same bits on any processor") {
  test::SeededRandom random{11};
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    std::uint64_t expected = 0;
    for (std::size_t i = 0; i < block_width; ++i) {
      bytes += random.chance(50) ? 'x' : static_cast<char>(random.below(256));
      if (bytes.back() == 'x') expected |= std::uint64_t{1} << i;
    }
    const ByteBlock compared = load_block(bytes.data()) == 'x';
    REQUIRE(gathered_bits(compared) == expected);
    REQUIRE(bits_of(compared) == expected);
  }
}

TEST_CASE("bytes are found in a text of any length, also by the two bytes behind them") {
  test::SeededRandom random{12};
  const auto x_before_y = [](const char* from) { return (load_block(from) == 'x') & (load_block(from + 1) == 'y'); };
  const auto x_then_y = [](const char* from) { return (load_block(from) == 'x') & (load_block(from + 2) == 'y'); };
  for (std::size_t length = 0; length < 300; ++length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += "xy\nab\xFF"[random.below(6)];
    std::vector<std::size_t> feeds, pairs, spread, expected_feeds, expected_pairs, expected_spread;
    // The byte behind the text must not matter.
    const std::string_view all = text, inner = all.substr(0, length - (length > 0 ? 1 : 0));
    for_each_line_feed(inner, [&](std::size_t at) { feeds.push_back(at); });
    for_each_where(inner, x_before_y, [&](std::size_t at) { pairs.push_back(at); });
    for_each_where(inner, x_then_y, [&](std::size_t at) { spread.push_back(at); });
    for (std::size_t i = 0; i < inner.size(); ++i) {
      if (inner[i] == '\n') expected_feeds.push_back(i);
      if (inner[i] == 'x' && i + 1 < inner.size() && inner[i + 1] == 'y') expected_pairs.push_back(i);
      if (inner[i] == 'x' && i + 2 < inner.size() && inner[i + 2] == 'y') expected_spread.push_back(i);
    }
    CHECK(feeds == expected_feeds);
    CHECK(pairs == expected_pairs);
    CHECK(spread == expected_spread);
  }
}

}  // namespace cascade::letters
