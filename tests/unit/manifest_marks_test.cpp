#include "manifest/references.h"

#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

namespace cascade::manifest {
namespace {

constexpr std::pair<char, Mark> carrying[] = {{'`', Mark::tick},  {'*', Mark::star},  {'@', Mark::at},
                                              {'/', Mark::slash}, {':', Mark::colon}, {'.', Mark::dot},
                                              {'-', Mark::hyphen}};

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Whether the mark is at the byte, by the words of its declaration.
bool is_at(Mark mark, std::string_view text, std::size_t at) {
  if (mark == Mark::parenthesis) return text[at] == '(';
  const char next = at + 1 < text.size() ? text[at + 1] : '\0';
  for (const auto& [carrier, its] : carrying)
    if (mark == its) return text[at] == carrier && ((next > '-' && is_ascii(next)) || next == '$');
  return false;
}

std::vector<std::size_t> places(const Marks& marks, Mark mark) {
  return {marks.of(mark).begin(), marks.of(mark).end()};
}

void check(std::string_view text) {
  const Marks marks(text);
  for (std::size_t i = 0; i < mark_kinds; ++i) {
    const Mark mark = static_cast<Mark>(i);
    std::vector<std::size_t> expected;
    for (std::size_t at = 0; at < text.size(); ++at)
      if (is_at(mark, text, at)) expected.push_back(at);
    INFO(i << " in " << text.size() << " bytes: " << text);
    REQUIRE(places(marks, mark) == expected);
  }
}

}  // namespace

TEST_CASE("marks stand where a form may begin") {
  const Marks marks("Use `a-b` (the agent), **c-d** or x:y.\n");
  CHECK(places(marks, Mark::tick) == std::vector<std::size_t>{4});
  CHECK(places(marks, Mark::hyphen) == std::vector<std::size_t>{6, 26});
  CHECK(places(marks, Mark::parenthesis) == std::vector<std::size_t>{10});
  CHECK(places(marks, Mark::star) == std::vector<std::size_t>{24});
  CHECK(places(marks, Mark::colon) == std::vector<std::size_t>{35});
  CHECK(places(marks, Mark::dot).empty());
  CHECK(places(Marks(""), Mark::tick).empty());
}

TEST_CASE("each pair of bytes is the marks that it says, wherever the blocks end") {
  for (const std::size_t before : {0U, 14U, 15U, 16U, 254U, 255U, 256U})
    for (int first = 0; first < 256; ++first) {
      std::string text(before, ' ');
      for (int second = 0; second < 256; ++second) {
        text += static_cast<char>(first);
        text += static_cast<char>(second);
      }
      check(text);
    }
}

TEST_CASE("marks in random text are those of a look at each byte") {
  constexpr std::string_view likely = "`*@/:.-_(gGeEkKiImMsSfFpP  \n)0zZ[{\x80\xC3\xA9\xFF";
  test::SeededRandom random{47};
  for (int i = 0; i < 3'000; ++i) {
    std::string text;
    for (std::size_t n = random.below(i % 3 == 0 ? 1'100 : 40); n > 0; --n)
      text += random.chance(80) ? likely[random.below(likely.size())] : static_cast<char>(random.below(256));
    check(text);
  }
}

}  // namespace cascade::manifest
