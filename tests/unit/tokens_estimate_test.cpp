#include "tokens/estimate.h"

#include <cascade/tokens.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "tokens_small_vocabulary.h"
#include "unicode/utf8.h"

using namespace cascade;
using namespace cascade::tokens;
using namespace std::string_literals;

namespace {

// The formula of docs/tokens.md, one decoded character after the other.
std::uint32_t long_way(std::string_view piece) {
  ClassSet classes = 0;
  std::uint32_t units = 0, beyond_ascii = 0;
  for (std::size_t at = 0; at < piece.size();) {
    const unicode::Decoded next = unicode::decode(piece, at);
    const std::uint32_t own = next.code_point > 0xFFFF ? 2 : 1;
    classes |= set_of(class_of(next.code_point));
    units += own;
    beyond_ascii += next.code_point < 0x80 ? 0 : own;
    at += next.length;
  }
  using enum CodePointClass;
  if (units == 0) return 0;
  if ((classes & set_of(lower, letter, upper)) != 0) {
    if (beyond_ascii != 0) return 1 + beyond_ascii / 2;
    if ((classes & set_of(lower, letter)) == 0) return 1 + (units - 1) / 4;
    return 1 + (units - 1) / (piece[0] == ' ' ? 12 : 7);
  }
  if ((classes & set_of(other, mark)) == 0) return 1;
  return beyond_ascii != 0 ? 1 + std::min(units - 1, 18U) / 2 : 1 + std::min(units - 1, 28U) / 4;
}

}  // namespace

TEST_CASE("the estimate of a piece is the formula of docs/tokens.md") {
  CHECK(estimate_piece("") == 0);
  // numbers and white space
  CHECK(estimate_piece("123") == 1);
  CHECK(estimate_piece("                                        ") == 1);
  CHECK(estimate_piece("\n\n") == 1);
  // words after a space, other words, capitals
  CHECK(estimate_piece(" thermodynami") == 2);
  CHECK(estimate_piece(" thermodynam") == 1);
  CHECK(estimate_piece("thermody") == 2);
  CHECK(estimate_piece("thermod") == 1);
  CHECK(estimate_piece("THERM") == 2);
  CHECK(estimate_piece("THER") == 1);
  CHECK(estimate_piece(" README") == 2);
  // words with letters beyond ASCII, counted in UTF-16 units
  CHECK(estimate_piece("é") == 1);
  CHECK(estimate_piece("日本語") == 2);
  CHECK(estimate_piece("\U00020000\U00020001") == 3);
  // punctuation
  CHECK(estimate_piece("----") == 1);
  CHECK(estimate_piece("-----") == 2);
  CHECK(estimate_piece(std::string(1000, '-')) == 8);
  CHECK(estimate_piece("😀") == 1);
  CHECK(estimate_piece("──────") == 3);
  CHECK(estimate_piece("\xFF\xFF\xFF") == 2);
}

TEST_CASE("the estimate of any bytes is the formula, character by character") {
  for (int c = 0; c < 256; ++c) {
    const std::string one(1, static_cast<char>(c));
    REQUIRE(estimate_piece(one) == long_way(one));
  }
  const std::vector<std::string> parts = {"a",      "Z",          "9",    " ",        "\n",    "-",
                                          "word",   "WORD",       "'s",   "\0"s,      "\x7F",  "\u00E9",
                                          "\u0301", "\U0001F600", "\xFF", "\xE2\x82", "\u3000"};
  Random random{3};
  for (int round = 0; round < 20'000; ++round) {
    const std::string piece = random_text(random, parts, random.below(20));
    CAPTURE(unicode::displayable(piece));
    REQUIRE(estimate_piece(piece) == long_way(piece));
  }
}

TEST_CASE("a text is estimated as the sum of its pieces") {
  const TokenCounter counter = TokenCounter::estimating();
  CHECK(counter.count("Read the documentation first.").tokens == 6);
  CHECK(counter.count("## Heading\n\nSome text, some more.\n") == Cost{9, 34});
}
