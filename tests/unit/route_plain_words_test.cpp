// Words read eight bytes at a time, and what is counted of them: the same as by the long way.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "route/build/counting.h"
#include "route/words.h"
#include "unit/route_word_pieces.h"
#include "unit/seeded_random.h"

namespace cascade::route {
namespace {

bool all_digits(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string shown(std::string_view word, bool whole, bool digits, bool begins_sentence) {
  return (begins_sentence ? ". " : "") + std::string(word) + (whole ? " whole" : "") + (digits ? " digits" : "") + "\n";
}

std::string shown(const Word& word) {
  return shown(word.text, word.whole, all_digits(word.text), word.before == Break::sentence);
}

std::string read_long(std::string_view text) {
  std::string out;
  WordReader reader(text);
  for (Word word; reader.next(word);) out += shown(word);
  return out;
}

std::string read_each(std::string_view text, std::string_view behind = {}) {
  const std::string all = std::string(text) + std::string(behind);
  std::string out;
  each_word<true>(
      all.data(), all.data() + text.size(), all.data() + all.size(),
      [&](const PlainWord& word, bool begins_sentence) {
        out += shown(WordText(word.bytes), false, word.digits, begins_sentence);
      },
      [&](const Word& word) { out += shown(word); });
  return out;
}

// The words alone.
std::string without_sentences(std::string text) {
  for (std::size_t at; (at = text.find(". ")) != std::string::npos;) text.erase(at, 2);
  return text;
}

std::string random_line(test::SeededRandom& random) {
  std::string line;
  for (std::uint32_t count = random.below(12); count > 0; --count) {
    line += word_pieces[random.below(std::size(word_pieces))];
    if (random.chance(15)) line += static_cast<char>(random.below(256));
    if (random.chance(60)) line += ' ';
  }
  line.erase(std::remove(line.begin(), line.end(), '\n'), line.end());
  return line;
}

}  // namespace

TEST_CASE("words of plain letters are read as all others are, whatever the text") {
  test::SeededRandom random{17};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (std::uint32_t lines = 1 + random.below(3); lines > 0; --lines) text += random_line(random) + "\n";
    if (random.chance(50)) text.pop_back();
    INFO(text);
    REQUIRE(read_each(text) == read_long(text));
  }
}

TEST_CASE("a line is read the same whatever stands behind it, and as in the middle of a text") {
  test::SeededRandom random{18};
  for (int round = 0; round < 2000; ++round) {
    const std::string a = random_line(random), b = random_line(random);
    REQUIRE(read_each(a, "\n" + b) == read_long(a));
    REQUIRE(without_sentences(read_long(a + "\n" + b)) == without_sentences(read_long(a) + read_long(b)));
  }
}

TEST_CASE("what is counted of a source is forgotten with it, and words keep their numbers") {
  test::SeededRandom random{19};
  Vocabulary vocabulary;
  WordCounts words(vocabulary);
  for (int source = 0; source < 20; ++source) {
    words.begin_source();
    std::map<std::string, std::uint32_t> expected;
    std::vector<std::string> order;
    for (int i = 0; i < 400; ++i) {
      std::string word(1 + random.below(24), 'a');
      for (char& c : word) c = static_cast<char>('a' + random.below(2));
      WordCounts::Counted& counted = words.use(word);
      REQUIRE(counted.number == vocabulary.word(word));
      counted.counts += one_in(Field::body);
      if (++expected[word] == 1) order.push_back(word);
    }
    REQUIRE(words.of_source().size() == order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const WordCounts::Counted& counted = words[words.of_source()[i]];
      CHECK(vocabulary.spelling(counted.number) == order[i]);
      CHECK(counted.counts == one_in(Field::body) * std::min(expected[order[i]], 255U));
    }
  }
}

}  // namespace cascade::route
