#include <catch2/catch.hpp>

#include "tokens/estimate.h"
#include "tokens_small_vocabulary.h"
#include "unicode/utf8.h"

using namespace cascade;
using namespace cascade::tokens;
using namespace std::string_literals;

namespace {

std::string joined(std::string_view text, const std::vector<std::size_t>& ends) {
  std::string out;
  std::size_t at = 0;
  for (const std::size_t end : ends) {
    REQUIRE(end > at);
    REQUIRE(end <= text.size());
    out += (at == 0 ? "" : "|") + std::string(text.substr(at, end - at));
    at = end;
  }
  CHECK(at == text.size());
  return out;
}

std::vector<std::size_t> cut(std::string_view text) {
  std::vector<std::size_t> ends;
  for_each_piece(text, [&](std::string_view piece) {
    ends.push_back(static_cast<std::size_t>(piece.data() - text.data()) + piece.size());
  });
  return ends;
}

std::vector<std::size_t> cut_by_rules(std::string_view text) {
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < text.size();) ends.push_back(at = scan_piece(text, at));
  return ends;
}

// "Hello|,| world|!"
std::string pieces(std::string_view text) {
  CHECK(cut(text) == cut_by_rules(text));
  return joined(text, cut(text));
}

// The same far from the end of the text, where the fast way can look 16 bytes ahead.
std::string pieces_inside(std::string_view text) {
  const std::string cut = pieces(std::string(text) + "\nx................");
  return cut.substr(0, cut.size() - std::string_view("|\n|x|................").size());
}

}  // namespace

TEST_CASE("a word takes one character before it") {
  CHECK(pieces("Hello, world!") == "Hello|,| world|!");
  CHECK(pieces("a b") == "a| b");
  CHECK(pieces("\tx") == "\tx");
  CHECK(pieces("(foo)") == "(foo|)");
  CHECK(pieces("_a_b") == "_a|_b");
  CHECK(pieces("  foo") == " | foo");
  CHECK(pieces("\nfoo") == "\n|foo");
  CHECK(pieces("1a") == "1|a");
}

TEST_CASE("a word is capitals, then small letters") {
  CHECK(pieces("helloWorld") == "hello|World");
  CHECK(pieces("HTTPServer") == "HTTPServer");
  CHECK(pieces("HTTP Server") == "HTTP| Server");
  CHECK(pieces("getHTTPResponse") == "get|HTTPResponse");
  CHECK(pieces("ABC") == "ABC");
  CHECK(pieces("aB") == "a|B");
}

TEST_CASE("letters of no case join either, and end capitals that nothing follows") {
  CHECK(pieces("日本語abc") == "日本語abc");
  CHECK(pieces("abc日本語") == "abc日本語");
  CHECK(pieces("ABC日") == "ABC日");
  CHECK(pieces("日ABC") == "日|ABC");
  CHECK(pieces("日ABCd") == "日ABCd");
  CHECK(pieces("A日B日C") == "A日B日|C");
}

TEST_CASE("a mark is a letter within a word and may begin one") {
  CHECK(pieces("e\u0301te\u0301") == "e\u0301te\u0301");
  CHECK(pieces("\u0301abc") == "\u0301abc");
  CHECK(pieces("\u0301ABC") == "\u0301|ABC");
  CHECK(pieces(" \u0301") == " \u0301");
  CHECK(pieces("!!\u0301") == "!!\u0301");
  CHECK(pieces("!\u0301") == "!\u0301");
}

TEST_CASE("a contraction belongs to its word") {
  CHECK(pieces("it's") == "it's");
  CHECK(pieces("IT'S we'll I'd they'RE") == "IT'S| we'll| I'd| they'RE");
  CHECK(pieces("it'ſ") == "it'ſ");
  CHECK(pieces("it's's") == "it's|'s");
  CHECK(pieces("it'sx") == "it's|x");
  CHECK(pieces("don't've") == "don't|'ve");
  CHECK(pieces("o'clock") == "o|'clock");
  CHECK(pieces("it\u2019s") == "it|\u2019s");
  CHECK(pieces("x' y'l z'") == "x|'| y|'l| z|'");
}

TEST_CASE("numbers come in threes") {
  CHECK(pieces("1234567") == "123|456|7");
  CHECK(pieces("12 345") == "12| |345");
  CHECK(pieces("1²Ⅷ٣4") == "1²Ⅷ|٣4");
  CHECK(pieces("3.14") == "3|.|14");
}

TEST_CASE("punctuation takes one space before and line breaks and slashes after") {
  CHECK(pieces("a --- b") == "a| ---| b");
  CHECK(pieces("{}\n\n\n  x") == "{}\n\n\n| | x");
  CHECK(pieces("*/\r\n/x") == "*/\r\n/|x");
  CHECK(pieces("a//b") == "a|//|b");
  CHECK(pieces("\t--") == "\t|--");
  CHECK(pieces("😀!") == "😀!");
  CHECK(pieces("\"\n\"") == "\"\n|\"");
}

TEST_CASE("white space before a word leaves its last character to it") {
  CHECK(pieces("a   b") == "a|  | b");
  CHECK(pieces("a  1") == "a| | |1");
  CHECK(pieces("a \t b") == "a| \t| b");
  CHECK(pieces("a  (") == "a| | (");
  CHECK(pieces("a   ") == "a|   ");
  CHECK(pieces(" ") == " ");
  CHECK(pieces("a\u3000\u3000b") == "a|\u3000|\u3000b");
}

TEST_CASE("white space with line breaks ends at the last of them") {
  CHECK(pieces("a\n  \n  b") == "a|\n  \n| | b");
  CHECK(pieces("a  \n") == "a|  \n");
  CHECK(pieces("a\r\n\r\n\tb") == "a|\r\n\r\n|\tb");
  CHECK(pieces("\n\n\n") == "\n\n\n");
  CHECK(pieces("a\n1") == "a|\n|1");
}

TEST_CASE("white space is the property, not what JavaScript takes for it") {
  CHECK(pieces("a\u0085\u0085b") == "a|\u0085|\u0085b");
  CHECK(pieces("\uFEFF1") == "\uFEFF|1");
  CHECK(pieces("\u200B\u180E1") == "\u200B\u180E|1");
}

TEST_CASE("ill-formed bytes are punctuation") {
  CHECK(pieces("\xE2\x82 a") == "\xE2\x82| a");
  CHECK(pieces("\xFF"
               "abc") ==
        "\xFF"
        "abc");
  CHECK(pieces("a\xC0\xAF"
               "1") == "a|\xC0\xAF|1");
}

TEST_CASE("NUL is punctuation") { CHECK(pieces("a\0b"s) == "a|\0b"s); }

TEST_CASE("words and numbers are cut the same at the end of the text and far from it") {
  for (const std::string text : {"Hello, world", "it's", "HTTPServer", "1234567", "a--1", "a   b", "x' y'l", "don't",
                                 "abcdefghijklmnop", "abcdefghijklmno'd", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nq",
                                 "aaaaaaaaaaaaaaaaaaaaaaB", "...............1", "................1"}) {
    CAPTURE(text);
    CHECK(pieces_inside(text) == pieces(text));
  }
}

TEST_CASE("the generated table knows the classes") {
  using enum CodePointClass;
  CHECK(class_of(U'é') == lower);
  CHECK(class_of(U'É') == upper);
  CHECK(class_of(U'ǅ') == upper);
  CHECK(class_of(U'ʰ') == letter);
  CHECK(class_of(U'日') == letter);
  CHECK(class_of(0x20000) == letter);
  CHECK(class_of(0x323AF) == letter);
  CHECK(class_of(0x323B0) == other);
  CHECK(class_of(0x0301) == mark);
  CHECK(class_of(0xE0100) == mark);
  CHECK(class_of(U'½') == number);
  CHECK(class_of(0x00A0) == white);
  CHECK(class_of(0x1C89) == upper);  // new in Unicode 16
  CHECK(class_of(0xA7CE) == other);  // a letter from Unicode 17 on
  CHECK(class_of(unicode::replacement) == other);
  CHECK(class_of(0x10FFFF) == other);
  CHECK(class_of(0xFFFFFFFF) == other);
  for (char32_t c = 0; c < 128; ++c) CHECK(class_of(c) == ascii_classes[c]);
}

TEST_CASE("the fast way cuts as the rules do") {
  const std::vector<std::string> snippets = {
      "a",    "B",    "Word", "word", "XYZ", "'",    "'s", "'LL", "1",    "42",       " ",    "  ",      "\t",
      "\n",   "\r\n", "\n\n", "/",    ".",   "(",    "--", "é",   "É",    "日",       "😀",    "\u0301",  "\u3000",
      "\xFF", "\0"s,  "~",    "{}",   "\f",  "\x7F", "²",  "ſ",   "@[`{", "/:;<=>?@", "\x1F", "\xE2\x82"};
  Random random{1};
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_text(random, snippets, 1 + random.below(30));
    if (cut(text) != cut_by_rules(text)) FAIL(unicode::displayable(text));
  }
}
