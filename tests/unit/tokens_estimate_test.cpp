#include "tokens/estimate.h"

#include <cascade/tokens.h>

#include <catch2/catch.hpp>

using namespace cascade;
using namespace cascade::tokens;

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

TEST_CASE("a text is estimated as the sum of its pieces") {
  const TokenCounter counter = TokenCounter::estimating();
  CHECK(counter.count("Read the documentation first.").tokens == 6);
  CHECK(counter.count("## Heading\n\nSome text, some more.\n") == Cost{9, 34});
}
