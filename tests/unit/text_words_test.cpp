#include "text/hex.h"
#include "text/word_set.h"
#include "text/words.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade::letters {
namespace {

std::string words_in(std::string_view text, Apostrophe apostrophe) {
  std::string all;
  for (WordCursor words(text, apostrophe); words.next();) all.append(words.word()).append("|");
  return all;
}

std::string commits_in(std::string_view line) {
  std::string all;
  for (std::size_t at = 0; at < line.size();) all.append(next_commit_id(line, at)).append("|");
  return all;
}

TEST_CASE("words are letters, digits and all that is not ASCII") {
  CHECK(words_in("a plugin's two_words, gr\xC3\xBC\xC3\x9F"
                 "e 3rd",
                 Apostrophe::between) ==
        "a|plugin|s|two|words|gr\xC3\xBC\xC3\x9F"
        "e|3rd|");
  CHECK(words_in("", Apostrophe::between).empty());
}

TEST_CASE("an apostrophe belongs to a word only between two of its letters") {
  CHECK(words_in("don't 'quote' it' 's'", Apostrophe::inside) == "don't|quote|it|s|");
}

TEST_CASE("a commit id is a whole word of seven or more digits in lower case") {
  CHECK(commits_in("reverts 0123456, 0123abcdef and 012345") == "0123456|0123abcdef||");
  CHECK(commits_in("ABCDEF012345 0123456g x0123456") == "|");
  CHECK(commits_in("0123456") == "0123456|");
  CHECK(is_commit_id("0123456"));
  CHECK_FALSE(is_commit_id("012345"));
  CHECK_FALSE(is_commit_id("012345G"));
}

TEST_CASE("bytes survive hexadecimal") {
  const std::string bytes("\0\x7F\xFF a", 5);
  CHECK(bytes_to_hex(bytes) == "007fff2061");
  CHECK(bytes_of_hex("007fFF2061") == bytes);
  CHECK(bytes_of_hex("616") == "a");
  CHECK_FALSE(is_hex("0g"));
}

TEST_CASE("a percent sign that begins no escape stays") {
  CHECK(percent_decoded("a%20b%2Fc") == "a b/c");
  CHECK(percent_decoded("100% %zz %4 %4") == "100% %zz %4 %4");
  CHECK(percent_decoded("%41%4") == "A%4");
}

TEST_CASE("a list has its words and not parts of them") {
  CHECK(lists("run run-script task", "run-script"));
  CHECK_FALSE(lists("run run-script task", "script"));
  CHECK_FALSE(lists("run  task", ""));
}

}  // namespace
}  // namespace cascade::letters
