#include "syntax/outline.h"

#include <catch2/catch.hpp>
#include <string>

using namespace cascade::syntax;

namespace {

// The text of the first heading.
std::string heading(std::string_view text) {
  const Outline outline = scan_outline(text, Recovery::off);
  return outline.headings.empty() ? "(none)" : outline.blocks[outline.headings[0]].text;
}

}  // namespace

TEST_CASE("emphasis marks and code ticks are not part of a heading's text") {
  CHECK(heading("# A **bold** and *it* and __b__ _i_\n") == "A bold and it and b i");
  CHECK(heading("# snake_case_name and 2*3*4\n") == "snake_case_name and 234");
  CHECK(heading("# **a *b* c** * d\n") == "a b c * d");
  CHECK(heading("# ***a***\n") == "a");
  CHECK(heading("# **a\n") == "**a");
  CHECK(heading("# `a **b**` ``c`d`` ` e\n") == "a **b** c`d ` e");
  CHECK(heading("# ` `` `\n") == "``");
}

TEST_CASE("links and images become their text") {
  CHECK(heading("# See [the *docs*](http://x.y (title)) now\n") == "See the docs now");
  CHECK(heading("# ![alt](src.png) [a](<b c>) []()\n") == "alt a");
  CHECK(heading("# [a] [b][c] [c]\n\n[c]: /d\n") == "[a] b c");
  CHECK(heading("# [a](b c) [x\n") == "[a](b c) [x");
  CHECK(heading("# [[a](b)](c)\n") == "[a](c)");
  CHECK(heading("# <http://a.b/c> <me@here.org>\n") == "http://a.b/c me@here.org");
}

TEST_CASE("tags and comments go, escapes and references become characters") {
  CHECK(heading("# a <b>c</b> <!-- d --> e\n") == "a c  e");
  CHECK(heading("# 1 < 2 \\* \\[x\\] \\a\n") == "1 < 2 * [x] \\a");
  CHECK(heading("# R&amp;D &#8212; &lt;x&gt; &nope; &\n") == "R&D \xE2\x80\x94 <x> &nope; &");
}

TEST_CASE("the lines of an underlined heading are joined by spaces") {
  CHECK(heading("One\n  two\nthree\n===\n") == "One two three");
}

TEST_CASE("a heading's text is well-formed UTF-8") {
  CHECK(heading("# a\xFF"
                "b\n") ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(heading(std::string_view("# a\0b\n", 6)) ==
        "a\xEF\xBF\xBD"
        "b");
}
