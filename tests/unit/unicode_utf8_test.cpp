#include <catch2/catch.hpp>

#include "unicode/utf8.h"

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "unit/seeded_random.h"

using namespace cascade::unicode;
using namespace std::string_literals;

namespace {

// "41 FFFD/2 1F600": code points in hexadecimal; an ill-formed subpart shows the bytes it took.
std::string code_points(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode(text, at);
    char number[32];
    std::snprintf(number, sizeof number, decoded.valid ? "%X" : "%X/%u", static_cast<unsigned>(decoded.code_point),
                  decoded.length);
    out += (out.empty() ? "" : " ") + std::string(number);
    at += decoded.length;
  }
  return out;
}

std::string encoded(char32_t code_point) {
  std::string out;
  append(out, code_point);
  return out;
}

std::string random_bytes(cascade::test::SeededRandom& random, std::size_t size) {
  static constexpr unsigned char seeds[] = {0x41, 0x20, 0x80, 0xBF, 0xC2, 0xDF, 0xE0, 0xA0, 0xE2, 0x82,
                                            0xAC, 0xED, 0xEF, 0xF0, 0x9F, 0x98, 0xF4, 0x8F, 0xFF, 0xC0};
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(seeds[random.next() % sizeof seeds]);
  return out;
}

}  // namespace

TEST_CASE("well-formed text decodes to its code points") {
  CHECK(code_points("Aß€😀") == "41 DF 20AC 1F600");
  CHECK(code_points("\0"s) == "0");
  CHECK(code_points("\x7F\u0080\u07FF\u0800\uFFFF\U00010000\U0010FFFF") == "7F 80 7FF 800 FFFF 10000 10FFFF");
}

TEST_CASE("each maximal ill-formed subpart is one replacement") {
  CHECK(code_points("\xE2\x82") == "FFFD/2");
  CHECK(code_points("\xE2\x82"
                    "A") == "FFFD/2 41");
  CHECK(code_points("\xC0\xAF") == "FFFD/1 FFFD/1");
  CHECK(code_points("\xED\xA0\x80") == "FFFD/1 FFFD/1 FFFD/1");
  CHECK(code_points("\xF0\x9F\x98") == "FFFD/3");
  CHECK(code_points("\xF0\x9F\x98\xF0\x9F\x98\x80") == "FFFD/3 1F600");
  CHECK(code_points("\xF4\x90\x80\x80") == "FFFD/1 FFFD/1 FFFD/1 FFFD/1");
  CHECK(code_points("\xF5\x80") == "FFFD/1 FFFD/1");
  CHECK(code_points("\x80") == "FFFD/1");
  CHECK(code_points("\xE0\x80\x80") == "FFFD/1 FFFD/1 FFFD/1");
  CHECK(code_points("\xC3") == "FFFD/1");
}

TEST_CASE("every scalar value survives append and decode") {
  std::size_t wrong = 0;
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point == 0xD800) code_point = 0xE000;
    const std::string text = encoded(code_point);
    const Decoded decoded = decode(text, 0);
    wrong += !(decoded.valid && decoded.code_point == code_point && decoded.length == text.size());
  }
  CHECK(wrong == 0);
}

TEST_CASE("what is no scalar value is appended as the replacement") {
  CHECK(encoded(0xD800) == "\uFFFD");
  CHECK(encoded(0xDFFF) == "\uFFFD");
  CHECK(encoded(0x110000) == "\uFFFD");
}

TEST_CASE("counts are of code points and of UTF-16 units") {
  CHECK(count_code_points("") == 0);
  CHECK(count_utf16("") == 0);
  CHECK(count_code_points("aß€😀") == 4);
  CHECK(count_utf16("aß€😀") == 5);
  CHECK(count_utf16("\xE2\x82 \xC0\xAF") == 4);
  CHECK(count_utf16("a line of plain text, longer than a word of the machine") == 55);
  CHECK(count_utf16("a line of plain text, longer than a word 😀 of the machine") == 58);
}

TEST_CASE("validity is that of every sequence") {
  CHECK(is_valid(""));
  CHECK(is_valid("plain text, longer than eight bytes"));
  CHECK(is_valid("plain text, then € and 😀"));
  CHECK_FALSE(is_valid("plain text, then \xE2\x82"));
  CHECK_FALSE(is_valid("\xFF"));
  CHECK_FALSE(is_valid("\xED\xA0\x80 is a surrogate"));
}

TEST_CASE("replacing leaves well-formed text alone") {
  CHECK(replace_invalid("aß€😀\0b"s) == "aß€😀\0b"s);
  CHECK(replace_invalid("a\xFFz") == "a\uFFFDz");
  CHECK(replace_invalid("\xE2\x82") == "\uFFFD");
  CHECK(replace_invalid("\xC0\xAF!") == "\uFFFD\uFFFD!");
}

TEST_CASE("displayable text has no hidden characters") {
  CHECK(displayable("plain, ß, €, 😀") == "plain, ß, €, 😀");
  CHECK(displayable("a\u202Eb") == "a<U+202E>b");
  CHECK(displayable("\x1B[31m") == "<U+001B>[31m");
  CHECK(displayable("su\u200Bdo") == "su<U+200B>do");
  CHECK(displayable("\U000E0041\U000E007F") == "<U+E0041><U+E007F>");
  CHECK(displayable("a\0b"s) == "a<U+0000>b");
  CHECK(displayable("a\x7F\u0085") == "a<U+007F><U+0085>");
  CHECK(displayable("\uFEFFa") == "<U+FEFF>a");
  CHECK(displayable("a\xFF\xE2\x82z") == "a\uFFFD\uFFFDz");
  CHECK(displayable("warning \u26A0\uFE0F") == "warning \u26A0\uFE0F");
}

TEST_CASE("line feeds and tabs stay only in text of several lines") {
  CHECK(displayable("a\tb\nc") == "a<U+0009>b<U+000A>c");
  CHECK(displayable("a\tb\nc\r\n", true) == "a\tb\nc<U+000D>\n");
}

TEST_CASE("any bytes are counted and replaced alike") {
  cascade::test::SeededRandom random{0x9E3779B97F4A7C15U};
  for (int round = 0; round < 2000; ++round) {
    const std::string bytes = random_bytes(random, random.next() % 40);
    const std::string clean = replace_invalid(bytes);
    CAPTURE(code_points(bytes));
    REQUIRE(is_valid(clean));
    REQUIRE(is_valid(bytes) == (clean == bytes));
    REQUIRE(count_code_points(bytes) == count_code_points(clean));
    REQUIRE(count_utf16(bytes) == count_utf16(clean));
    REQUIRE(displayable(bytes) == displayable(clean));
    REQUIRE(displayable(displayable(bytes)) == displayable(bytes));
    std::size_t points = 0, units = 0;
    for (std::size_t at = 0; at < bytes.size(); ++points) {
      const Decoded decoded = decode(bytes, at);
      units += decoded.code_point > 0xFFFF ? 2 : 1;
      at += decoded.length;
    }
    REQUIRE(count_code_points(bytes) == points);
    REQUIRE(count_utf16(bytes) == units);
  }
}

TEST_CASE("the first byte that is not ASCII is found wherever it stands") {
  for (std::size_t size = 0; size < 80; ++size)
    for (std::size_t odd = 0; odd <= size; ++odd) {
      std::string text(size, 'a');
      if (odd < size) text[odd] = '\x80';
      for (std::size_t from = 0; from <= size; ++from) REQUIRE(skip_ascii(text, from) == (from <= odd ? odd : size));
    }
}
