#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "facts/gate.h"

using namespace cascade::recall;

namespace {

struct Listed {
  std::string word;
  int weight = 0;
};

std::vector<Listed> listed() {
  std::vector<Listed> all;
  const std::string text(wording_words());
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size()), colon = text.find(':', begin);
    REQUIRE(colon < end);
    all.push_back({text.substr(begin, colon - begin), std::stoi(text.substr(colon + 1, end - colon - 1))});
    begin = end + 1;
  }
  return all;
}

int weight_in(const std::vector<Listed>& all, const std::string& word) {
  const auto found = std::lower_bound(all.begin(), all.end(), word,
                                      [](const Listed& one, const std::string& name) { return one.word < name; });
  return found != all.end() && found->word == word ? found->weight : 0;
}

}  // namespace

TEST_CASE("the words that weigh are sorted, once each, and weigh something") {
  const std::vector<Listed> all = listed();
  REQUIRE(all.size() > 1'000);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(all[i].word);
    CHECK(all[i].weight != 0);
    CHECK((i == 0 || all[i - 1].word < all[i].word));
  }
}

TEST_CASE("every listed word is found: a prompt of one word weighs the word and the beginning") {
  const std::vector<Listed> all = listed();
  for (const Listed& one : all) {
    if (one.word.front() == '^' || one.word == "#" || one.word.find('_') != std::string::npos) continue;
    CAPTURE(one.word);
    const int sum = one.weight + weight_in(all, "^" + one.word);
    CHECK(wording_of(one.word) == sum * 100 * 1'000 / 1'414);  // two parts: divided by the root of 2
  }
}

TEST_CASE("two adjacent words weigh as a pair, too, apart from their own weights") {
  const std::vector<Listed> all = listed();
  std::size_t pairs = 0;
  for (const Listed& one : all) {
    const std::size_t bar = one.word.find('_');
    if (one.word.front() == '^' || one.word.find('#') != std::string::npos || bar == std::string::npos) continue;
    const std::string first = one.word.substr(0, bar), second = one.word.substr(bar + 1);
    if (first == second) continue;
    CAPTURE(one.word);
    ++pairs;
    const int words = weight_in(all, first) + weight_in(all, second) + weight_in(all, "^" + first) +
                      weight_in(all, "^" + first + "_" + second);
    CHECK(wording_of(first + " " + second) == words * 100 * 1'000 / 2'000 + one.weight * 100);
    CHECK(wording_of(first + ", " + second) == wording_of(first + " " + second));
  }
  CHECK(pairs > 1'000);
}

TEST_CASE("questions for what is written down weigh more than lessons and edits") {
  CHECK(wording_of("how long may a customer return the parcel") > 0);
  CHECK(wording_of("explain what a closure is") < 0);
  CHECK(wording_of("sort this list") < 0);
  CHECK(wording_of("turn this into a function") < wording_of("when must the report be sent"));
  CHECK(wording_of("") == 0);
  CHECK(wording_of("?! ...") == 0);
}

TEST_CASE("letters' case, repeated words and what is beyond sixty words make no difference") {
  CHECK(wording_of("Explain THIS Function") == wording_of("explain this function"));
  CHECK(wording_of("go, the go the go") == wording_of("go the go"));  // the same words and pairs
  std::string text = "when must the report be sent";
  for (int i = 0; i < 60; ++i) text += " w" + std::to_string(i);
  CHECK(wording_of(text) == wording_of(text + " explain regex"));
}
