#include "text/names.h"

#include <catch2/catch.hpp>

namespace cascade::letters {
namespace {

enum class Colour : unsigned char { red, green };
constexpr Names<Colour::green> colours("red", "green");

TEST_CASE("a value has its word, a word its value, and what is neither has none") {
  CHECK(colours.of(Colour::red) == "red");
  CHECK(colours.of(Colour::green) == "green");
  CHECK(colours.of(static_cast<Colour>(2)).empty());
  CHECK(colours.find("green") == Colour::green);
  CHECK_FALSE(colours.find("blue"));
  CHECK_FALSE(colours.find(""));
}

}  // namespace
}  // namespace cascade::letters
