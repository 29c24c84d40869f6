#include "similarity/alike.h"

#include <catch2/catch.hpp>
#include <string>

#include "unit/seeded_random.h"

namespace cascade::duplicates {
namespace {

std::string words(std::uint64_t seed, std::size_t count) {
  test::SeededRandom random{seed};
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += "w" + std::to_string(random.below(5000)) + " ";
  return out;
}

}  // namespace

TEST_CASE("a text is alike to itself, whatever its case and punctuation") {
  CHECK(similarity(runs_of_words("Read the log, then stop."), runs_of_words("read THE log - then: stop")) == 1000);
  CHECK(similarity(runs_of_words("Read the log"), runs_of_words("Write the file")) == 0);
  CHECK(similarity({1, 2, 3, 4}, {2, 3, 4, 5}) == 600);
  CHECK(runs_of_words("").empty());
  CHECK(runs_of_words("one two").size() == 1);
}

TEST_CASE("of a hundred texts with one word changed all are found, and no two that have nothing in common") {
  std::vector<Set> sets;
  for (std::uint64_t i = 0; i < 100; ++i) {
    sets.push_back(runs_of_words(words(i, 80)));
    sets.push_back(runs_of_words("changed " + words(i, 80)));
  }
  std::size_t found = 0, others = 0;
  for (const auto& [a, b] : candidates(sets)) (b == a + 1 && a % 2 == 0 ? found : others) += 1;
  CHECK(found == 100);
  CHECK(others == 0);
}

// The words of a text with every tenth replaced.
std::string edited(const std::string& text) {
  std::string out;
  std::size_t word = 0;
  for (const char c : text) {
    if (c == ' ' && ++word % 10 == 0) out += "x";
    out += c;
  }
  return out;
}

TEST_CASE("of a hundred texts with each tenth word replaced nearly all are looked at, and no two others") {
  std::vector<Set> sets;
  for (std::uint64_t i = 0; i < 100; ++i) {
    sets.push_back(runs_of_words(words(i, 150)));
    sets.push_back(runs_of_words(edited(words(i, 150))));
    CHECK(similarity(sets[2 * i], sets[2 * i + 1]) > least_runs_of_edited);
    CHECK(similarity(sets[2 * i], sets[2 * i + 1]) < least_alike);
  }
  std::size_t found = 0, others = 0;
  for (const auto& [a, b] : candidates(sets)) (b == a + 1 && a % 2 == 0 ? found : others) += 1;
  CHECK(found > 93);
  CHECK(others == 0);
}

TEST_CASE("a text that is a part of another is found in it, not in what is only about as long") {
  std::vector<Set> sets;
  for (std::uint64_t i = 0; i < 50; ++i) {
    sets.push_back(runs_of_words(words(i, 60)));
    sets.push_back(runs_of_words(words(i + 100, 200) + words(i, 60) + words(i + 200, 100)));
  }
  const auto found = parts(sets);
  CHECK(found.size() == 50);
  for (const auto& [part, whole] : found) CHECK((whole == part + 1 && part % 2 == 0));
}

TEST_CASE("a thousand texts of one kind are compared with the first of them") {
  CHECK(candidates(std::vector<Set>(1000, Set{1, 2, 3})).size() < 2000);
}

}  // namespace cascade::duplicates
