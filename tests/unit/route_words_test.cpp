#include <catch2/catch.hpp>

#include "route/tables.h"
#include "route/words.h"
#include "unicode/utf8.h"

namespace cascade::route {
namespace {

// "whole:GitHub" shows an identifier as a whole; its parts follow.
std::string words_of(std::string_view text) {
  std::string out;
  WordReader reader(text);
  for (Word word; reader.next(word);) {
    if (!out.empty()) out += ' ';
    if (word.whole) out += "whole:";
    out += word.text;
  }
  return out;
}

std::string sentences_of(std::string_view text) {
  std::string out;
  WordReader reader(text);
  for (Word word; reader.next(word);) {
    if (!out.empty()) out += word.before == Break::sentence ? " / " : " ";
    out += word.text;
  }
  return out;
}

std::string stem_of(std::string_view word) {
  Stemmer stemmer;
  return std::string(stemmer.stem(word));
}

}  // namespace

TEST_CASE("words are runs of letters and digits in lower case") {
  CHECK(words_of("Run the CI, please!") == "run the ci please");
  CHECK(words_of("k8s-deploy e2e_test") == "k8s deploy e2e test");
  CHECK(words_of("") == "");
  CHECK(words_of("... --- !!!") == "");
}

TEST_CASE("an identifier is read as a whole and by its parts") {
  CHECK(words_of("parseHTTPHeader") == "whole:parsehttpheader parse http header");
  CHECK(words_of("GitHub") == "whole:github git hub");
  CHECK(words_of("APIs") == "apis");
}

TEST_CASE("an apostrophe joins and a genitive is dropped") {
  CHECK(words_of("don't can't it's the user's") == "dont cant it the user");
  CHECK(words_of("can\xE2\x80\x99t") == "cant");
}

TEST_CASE("marks that belong to a language's name are kept") {
  CHECK(words_of("C++ and C# and F# on .NET") == "cplusplus and csharp and fsharp on dotnet");
}

TEST_CASE("a number ends before its unit") { CHECK(words_of("2gb in 30s") == "2 gb in 30 s"); }

TEST_CASE("names in Latin letters are words of their own in scripts without spaces") {
  CHECK(words_of("このAPIを使う") == "この api を使う を使 使う");
  CHECK(words_of("dockerイメージ 把PR合并 MCP서버") == "docker イメージ イメ メー ージ 把 pr 合并 mcp 서버");
  CHECK(words_of("naïve") == "naïve");
}

TEST_CASE("sentences end at a full stop before white space, at a question mark and at an empty line") {
  CHECK(sentences_of("see main.cpp. then go? yes\n\nno") == "see main cpp / then go / yes / no");
}

TEST_CASE("punctuation beyond ASCII separates words, letters do not") {
  const auto separates = [](char32_t c) {
    std::string text = "ab";
    unicode::append(text, c);
    text += "cd";
    const std::string words = words_of(text);
    return words.find(" cd") != std::string::npos && words.rfind("ab ", 0) == 0 && words.size() == 5;
  };
  for (const char32_t c : {0x80, 0xA0, 0xBF, 0xD7, 0xF7, 0x2000, 0x2010, 0x2BFF, 0x3000, 0x303F, 0xFE00, 0xFE0F, 0xFF00,
                           0xFF0F, 0xFF1A, 0xFF20, 0xFFFD}) {
    INFO(static_cast<std::uint32_t>(c));
    CHECK(separates(c));
  }
  for (const char32_t c :
       {0xC0,   0xD6,   0xD8,   0xF6,   0xF8,   0x1FFF, 0x10FF,         0x1200, 0x2C00, 0xFDFF,  0xFE10,
        0xFEFF, 0xFF10, 0xFF19, 0xFF21, 0xA000, 0xABFF, 0xD7FF + 0x801, 0xF8FF, 0xFB00, 0x1FFFF, 0x40000}) {
    INFO(static_cast<std::uint32_t>(c));
    CHECK_FALSE(separates(c));
  }
}

TEST_CASE("where Latin letters meet letters of a script without spaces, a word ends") {
  const auto parts = [](char32_t c) {
    std::string text = "ab";
    unicode::append(text, c);
    const std::string letter = text.substr(2);
    text += "cd";
    return words_of(text) == "ab " + letter + " cd";
  };
  for (const char32_t c : {0x1100, 0x11FF, 0x2E80, 0x4E00, 0x9FFF, 0xAC00, 0xD7FF, 0xF900, 0xFAFF, 0x20000, 0x3FFFF}) {
    INFO(static_cast<std::uint32_t>(c));
    CHECK(parts(c));
  }
  for (const char32_t c : {0x10FF, 0x1200, 0x2C80, 0xA000, 0xABFF, 0xE000, 0xF8FF, 0xFB00, 0x1FFFF, 0x40000}) {
    INFO(static_cast<std::uint32_t>(c));
    CHECK_FALSE(parts(c));
  }
}

TEST_CASE("bytes that are no UTF-8 separate words") {
  CHECK(words_of("a\xFF"
                 "b \xE9t\xC3\xA9") == "a b t\xC3\xA9");
}

TEST_CASE("doers and deeds share the stem of what they do") {
  CHECK(stem_of("debugger") == stem_of("debugging"));
  CHECK(stem_of("creator") == stem_of("create"));
  CHECK(stem_of("creation") == stem_of("create"));
  CHECK(stem_of("errors") == stem_of("error"));
  CHECK(stem_of("error") == "error");
  CHECK(stem_of("pattern") == "pattern");
  CHECK(stem_of("action") == "action");
  CHECK(stem_of("extraction") == stem_of("extract"));
}

TEST_CASE("British and American spellings are one") {
  CHECK(stem_of("optimise") == stem_of("optimize"));
  CHECK(stem_of("behaviour") == stem_of("behavior"));
  CHECK(stem_of("analysing") == stem_of("analyzing"));
  CHECK(stem_of("synchronisations") == stem_of("synchronizations"));
  CHECK(stem_of("specialiser") == stem_of("specializer"));
  CHECK(stem_of("advises") == stem_of("advise"));
  CHECK(stem_of("otherwise").find('z') == std::string::npos);
  CHECK(stem_of("raise") == "rais");
}

TEST_CASE("words of different meaning keep different stems") {
  CHECK(stem_of("several") != stem_of("severity"));
  CHECK(stem_of("localization") != stem_of("locally"));
  CHECK(stem_of("importance") != stem_of("import"));
}

TEST_CASE("words of three to forty letters have a stem, and words with digits are their own") {
  CHECK(stem_of("ads") == "ad");
  CHECK(stem_of("as") == "as");
  const std::string thirty_five(35, 'o');
  CHECK(stem_of(thirty_five + "boats") == thirty_five + "boat");
  CHECK(stem_of(thirty_five + "oboats") == thirty_five + "oboats");
  CHECK(stem_of("b2bs") == "b2bs");
}

TEST_CASE("a doer loses the ending and what it doubled, where enough of the word is left") {
  CHECK(stem_of("planner") == stem_of("plan"));
  CHECK(stem_of("scanner") == stem_of("scan"));
  CHECK(stem_of("splitter") == stem_of("split"));
  CHECK(stem_of("number") != stem_of("numb"));
  CHECK(stem_of("order") == "order");
  CHECK(stem_of("caller") != stem_of("cal"));
  CHECK(stem_of("mirror") != stem_of("mir"));
}

}  // namespace cascade::route
