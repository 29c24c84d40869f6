#include <catch2/catch.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "hook/clean.h"
#include "unicode/utf8.h"
#include "unit/seeded_random.h"

using namespace cascade;
using namespace cascade::hook;

namespace {

const std::vector<std::string> bricks = {"<",
                                         "</",
                                         "/",
                                         "system",
                                         "SYSTEM",
                                         "-",
                                         "_",
                                         " ",
                                         "\n",
                                         "\t",
                                         "reminder",
                                         "Reminder",
                                         ">",
                                         "\x01",
                                         "\x1b[2J",
                                         "\r",
                                         "\x7f",
                                         "\xC2\x85",
                                         "\xE2\x80\x8B",      // zero width space
                                         "\xE2\x80\xAE",      // right-to-left override
                                         "\xE2\x80\x90",      // hyphen
                                         "\xC2\xAD",          // soft hyphen
                                         "\xEF\xBC\x9C",      // full width <
                                         "\xEF\xBC\x8F",      // full width /
                                         "\xF0\x9F\xA6\x93",  // two UTF-16 units
                                         "\xC3",              // cut
                                         "\xF3\xA0\x81\x81",  // tag character
                                         "word"};

std::string lower_ascii(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// What a lenient reader of tags would take for the end of the reminder.
bool closes(const std::string& text) {
  std::string squeezed;
  for (const char c : lower_ascii(text))
    if (c != ' ' && c != '\n' && c != '\t') squeezed += c;
  return squeezed.find("</system-reminder") != std::string::npos ||
         squeezed.find("<system-reminder") != std::string::npos;
}

}  // namespace

TEST_CASE("plain text stays as it is, line feeds and tabs too") {
  for (const char* text : {"", "a < b and c </d>", "## Steps\n\n\t1. `make`\n", "caf\xC3\xA9 \xF0\x9F\xA6\x93",
                           "the system reminder of <system> things", "<systemd> reminder"})
    CHECK(clean(text) == text);
}

TEST_CASE("control, direction and other hidden characters go, ill-formed bytes are made visible") {
  CHECK(clean("one\x1b[31m two\x07 three\r\n") == "one[31m two three\n");
  CHECK(clean("a\xE2\x80\xAE"
              "b\xE2\x80\x8B"
              "c\xF3\xA0\x81\x81"
              "d") == "abcd");
  CHECK(clean("a\xC3") == "a\xEF\xBF\xBD");
}

TEST_CASE("each ASCII character stays or goes by itself, wherever in eight bytes it stands") {
  for (int c = 0; c < 0x80; ++c)
    for (std::size_t at = 0; at <= 9; ++at) {
      const bool stays = (c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t';
      const std::string plain(9, '~'), text = std::string(plain).insert(at, 1, static_cast<char>(c));
      INFO(c << " at " << at);
      REQUIRE(clean(text) == (stays ? text : plain));
      REQUIRE(is_clean(text) == stays);
    }
}

TEST_CASE("a hidden character goes and a tag is defused wherever in a plain text it stands") {
  const std::string plain = "0123456789 abcdefghijklmnopqrstuvwxyz\n\t~";
  for (std::size_t at = 0; at <= plain.size(); ++at)
    for (const char* hidden : {"\x01", "\x1f", "\x7f", "\x80", "\r", "\xE2\x80\x8B"}) {
      std::string text = plain;
      text.insert(at, hidden);
      CHECK(clean(text) == (hidden[0] == '\x80' ? std::string(plain).insert(at, "\xEF\xBF\xBD") : plain));
      CHECK(clean(std::string(plain).insert(at, "</system-reminder>")) ==
            std::string(plain).insert(at, "\xE2\x80\xB9/system-reminder>"));
    }
}

TEST_CASE("the client's reminder can be neither closed nor opened, however the tag is written") {
  for (const char* tag :
       {"</system-reminder>", "</SYSTEM-REMINDER>", "</System-Reminder >", "< /system-reminder>", "</ system-reminder>",
        "<\n/system-reminder>", "</system_reminder>", "</system reminder>", "</system\n-\nreminder>",
        "<system-reminder>", "<\x01/system-reminder>", "</system\xE2\x80\x8B-reminder>", "</sys\xC2\xADtem-reminder>",
        "</system\xE2\x80\x91reminder>", "\xEF\xBC\x9C/system-reminder>", "<\xEF\xBC\x8Fsystem-reminder>",
        "</\xD1\x95ystem-reminder>", "</system-reminde\xCC\xB2r>", "<<//system-reminder>"}) {
    const std::string text = clean(std::string("before ") + tag + " after");
    INFO(text);
    CHECK(text.find("\xE2\x80\xB9") != std::string::npos);
    CHECK_FALSE(closes(text));
  }
}

TEST_CASE("fifty thousand hostile texts: clean, no longer, and clean when cleaned again") {
  test::SeededRandom random{7};
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (std::uint32_t n = random.below(12); n > 0; --n) text += bricks[random.below(bricks.size())];
    const std::string cleaned = clean(text);
    INFO(cleaned);
    REQUIRE_FALSE(closes(cleaned));
    REQUIRE(clean(cleaned) == cleaned);
    REQUIRE(is_clean(cleaned));
    REQUIRE(is_clean(text) == (cleaned == text));
    REQUIRE(unicode::is_valid(cleaned));
    REQUIRE(unicode::count_utf16(cleaned) <= unicode::count_utf16(text));
    for (std::size_t at = 0; at < cleaned.size();) {
      const unicode::Decoded decoded = unicode::decode(cleaned, at);
      REQUIRE((decoded.code_point == '\n' || decoded.code_point == '\t' || !unicode::is_hidden(decoded.code_point)));
      at += decoded.length;
    }
  }
}

TEST_CASE("a brief text is one line, cut at whole characters with an ellipsis") {
  CHECK(brief("  a\n\n b\t c ", 10) == "a b c");
  CHECK(brief("a\vb\f\xE2\x80\xA8"
              "c",
              10) == "a b c");  // line separators and the like are white, too
  CHECK(brief("a\xEF\xBB\xBF"
              "b",
              10) == "ab");  // what takes no room leaves none
  CHECK(brief("abcdef", 6) == "abcdef");
  CHECK(brief("abcdefg", 6) == "abcde\xE2\x80\xA6");
  CHECK(brief("abcd efg", 6) == "abcd\xE2\x80\xA6");
  CHECK(brief("\xF0\x9F\xA6\x93\xF0\x9F\xA6\x93\xF0\x9F\xA6\x93", 4) == "\xF0\x9F\xA6\x93\xE2\x80\xA6");
  CHECK(brief(std::string(1'000'000, 'x'), 100).size() == 99 + 3);
  CHECK(beginning("a\xF0\x9F\xA6\x93", 2) == "a");
  CHECK(beginning("a\xF0\x9F\xA6\x93", 3) == "a\xF0\x9F\xA6\x93");
}

TEST_CASE("the beginning of a text in bytes ends with a whole character") {
  CHECK(beginning_bytes("abc", 3) == "abc");
  CHECK(beginning_bytes("abcd", 3) == "abc");
  CHECK(beginning_bytes("abcd", 0) == "");
  CHECK(beginning_bytes("a\xF0\x9F\xA6\x93z", 5) == "a\xF0\x9F\xA6\x93");
  for (const std::size_t most : {1, 2, 3, 4}) CHECK(beginning_bytes("a\xF0\x9F\xA6\x93z", most) == "a");
  CHECK(beginning_bytes("\xF0\x9F\xA6\x93", 3) == "");
}

TEST_CASE("a sign that opens no reminder stays, also beside what is taken out") {
  CHECK(clean("if a < b\xE2\x80\x8B then <b>c</b>") == "if a < b then <b>c</b>");
  CHECK(clean("a < b </system-reminder>").compare(0, 6, "a < b ") == 0);
}
