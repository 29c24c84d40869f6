// What lessons are learned about: the features of a prompt, by their texts.
#include "route/answer/answer.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <set>

#include "unit/route_text.h"

namespace cascade::route {
namespace {

using Texts = std::multiset<std::string>;

class FeatureReader {
 public:
  FeatureReader() {
    const test::Library library = test::library_of("skill:quagga | Does it. |");
    const Router router = library.router();
    const std::string_view bytes = RouterTables::bytes(router);
    block_.resize(bytes.size() / 8 + 1);
    std::memcpy(block_.data(), bytes.data(), bytes.size());
    REQUIRE(tables_.open({reinterpret_cast<const char*>(block_.data()), bytes.size()}));
  }

  Features features(std::string_view text) const {
    const Prompt prompt = read_prompt(tables_, text);
    return features_of(tables_, prompt, Scorer(tables_, weights_, prompt));
  }

  // "quagga", "quagga lion", "lion … quagga" and so on.
  Texts texts(std::string_view text) const {
    const Prompt prompt = read_prompt(tables_, text);
    const Scorer scorer(tables_, weights_, prompt);
    const std::vector<std::string> all = feature_texts(tables_, prompt, scorer, features_of(tables_, prompt, scorer));
    return {all.begin(), all.end()};
  }

 private:
  std::vector<std::uint64_t> block_;
  Tables tables_;
  Weights weights_;
};

const FeatureReader& reader() {
  static const FeatureReader features;
  return features;
}

bool has(const Texts& texts, const std::string& text) { return texts.count(text) != 0; }

// Two words near each other; their order in the text of the feature is that of their hashes.
bool near_each_other(const Texts& texts, const std::string& a, const std::string& b) {
  return has(texts, a + " … " + b) || has(texts, b + " … " + a);
}

}  // namespace

TEST_CASE("the length of a prompt is a feature in six classes") {
  for (const auto& [words, expected] : std::vector<std::pair<int, std::string>>{{1, "at most 3 words"},
                                                                                {3, "at most 3 words"},
                                                                                {4, "at most 6 words"},
                                                                                {6, "at most 6 words"},
                                                                                {7, "at most 10 words"},
                                                                                {10, "at most 10 words"},
                                                                                {11, "at most 20 words"},
                                                                                {20, "at most 20 words"},
                                                                                {21, "at most 40 words"},
                                                                                {40, "at most 40 words"},
                                                                                {41, "more than 40 words"}}) {
    std::string text;
    for (int i = 0; i < words; ++i) text += "zorilla ";
    const Texts found = reader().texts(text);
    INFO(words);
    CHECK(has(found, expected));
    CHECK(std::count_if(found.begin(), found.end(),
                        [](const std::string& t) { return t.find(" words") != std::string::npos; }) == 1);
  }
}

TEST_CASE("a question mark and several lines are features") {
  CHECK(has(reader().texts("zorilla?"), "a question mark"));
  CHECK_FALSE(has(reader().texts("zorilla"), "a question mark"));
  CHECK(has(reader().texts("zorilla\nquagga"), "several lines"));
  CHECK_FALSE(has(reader().texts("zorilla quagga"), "several lines"));
}

TEST_CASE("every row of four letters of a word is a feature, its beginning and end marked") {
  Texts rows;
  for (const std::string& text : reader().texts("zorilla ox 4711 Zebu"))
    if (text.rfind("“", 0) == 0) rows.insert(text);
  CHECK(rows == Texts{"“_zor”", "“zori”", "“oril”", "“rill”", "“illa”", "“lla_”", "“_zeb”", "“zebu”", "“ebu_”"});
  CHECK(has(reader().texts("naïvete"), "“_naï”"));
  CHECK(has(reader().texts("naïvete"), "“aïve”"));
}

TEST_CASE("a word pairs with the one before it, and with the four content words before it") {
  const Texts texts = reader().texts("zorilla quokka numbat kakapo jerboa fossa");
  CHECK(has(texts, "… zorilla"));
  CHECK(has(texts, "zorilla quokka"));
  CHECK_FALSE(has(texts, "quokka zorilla"));
  CHECK_FALSE(has(texts, "zorilla numbat"));
  CHECK(near_each_other(texts, "zorilla", "quokka"));
  CHECK(near_each_other(texts, "zorilla", "jerboa"));
  CHECK_FALSE(near_each_other(texts, "zorilla", "fossa"));
  CHECK_FALSE(near_each_other(texts, "zorilla", "zorilla"));
}

TEST_CASE("a function word pairs with its neighbours only") {
  const Texts texts = reader().texts("zorilla the quokka");
  CHECK(has(texts, "zorilla the"));
  CHECK(has(texts, "the quokka"));
  CHECK(near_each_other(texts, "zorilla", "quokka"));
  CHECK_FALSE(near_each_other(texts, "zorilla", "the"));
}

TEST_CASE("a sentence begins anew") {
  const Texts texts = reader().texts("zorilla. quokka");
  CHECK(has(texts, "… zorilla"));
  CHECK(has(texts, "… quokka"));
  CHECK_FALSE(has(texts, "zorilla quokka"));
  CHECK_FALSE(near_each_other(texts, "zorilla", "quokka"));
}

TEST_CASE("each feature counts once") {
  const Features once = reader().features("zorilla quokka"),
                 twice = reader().features("zorilla quokka. zorilla quokka");
  CHECK(std::adjacent_find(twice.words.begin(), twice.words.end()) == twice.words.end());
  CHECK(std::adjacent_find(twice.grams.begin(), twice.grams.end()) == twice.grams.end());
  CHECK(once.grams == twice.grams);
  CHECK(once.pairs == twice.pairs);
}

}  // namespace cascade::route
