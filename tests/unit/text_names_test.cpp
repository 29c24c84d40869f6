#include "text/names.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "text/ascii.h"

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

struct Paint {
  std::string name;
  int coats = 0;
};

TEST_CASE("the first of a few rows with a value is found, or none") {
  const std::vector<Paint> paints = {{"red", 1}, {"green", 2}, {"red", 3}};
  CHECK(find_first(paints, &Paint::name, "red") == &paints[0]);
  CHECK(find_first(paints, &Paint::coats, 3) == &paints[2]);
  CHECK(find_first(paints, &Paint::name, "blue") == nullptr);
}

TEST_CASE("texts are joined with a sign, and the first that is not empty has none before it") {
  const std::vector<Paint> paints = {{"", 1}, {"red", 2}, {"", 3}, {"green", 4}};
  CHECK(joined(paints, ", ", &Paint::name) == "red, , green");
  CHECK(joined(paints, "+", [](const Paint& paint) { return std::to_string(paint.coats); }) == "1+2+3+4");
  CHECK(joined(std::vector<std::string>{"a", "b"}, " ") == "a b");
  CHECK(joined(std::vector<std::string>{}, " ").empty());
}

}  // namespace
}  // namespace cascade::letters
