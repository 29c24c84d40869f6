// What gitattributes(5) says of patterns, attributes and macros, as far as figures depend on it.
#include "cascade_git/commit_changes.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade::git {
namespace {

// "diff generated vendored", each as + (yes), - (no) or . (nothing).
std::string said(const Attributes& attributes, std::string_view path) {
  const PathAttributes found = attributes.of(path);
  std::string text;
  for (const Said one : {found.diff, found.generated, found.vendored})
    text += one == Said::yes ? '+' : one == Said::no ? '-' : '.';
  return text;
}

std::string said(std::string_view file, std::string_view path) {
  Attributes attributes;
  attributes.add("", file);
  return said(attributes, path);
}

TEST_CASE("attributes: a file that no line names has none") {
  CHECK(said("", "a.txt") == "...");
  CHECK(said("*.md -diff\n", "a.txt") == "...");
  CHECK(Attributes().empty());
}

TEST_CASE("attributes: an attribute is set, taken away, given a value or left open") {
  CHECK(said("* diff", "a") == "+..");
  CHECK(said("* -diff", "a") == "-..");
  CHECK(said("* diff=cpp", "a") == "...");  // a driver: the content decides
  CHECK(said("* linguist-generated", "a") == ".+.");
  CHECK(said("* linguist-generated=true linguist-vendored=false", "a") == ".+-");
  CHECK(said("* -linguist-vendored", "a") == "..-");
  CHECK(said("* text eol=lf merge=union", "a") == "...");
  CHECK(said("* diffs linguist-generated-too", "a") == "...");  // other names
}

TEST_CASE("attributes: the last word and the last line decide") {
  CHECK(said("* -diff diff", "a") == "+..");
  CHECK(said("* diff\n*.c -diff\n", "a.c") == "-..");
  CHECK(said("* diff\n*.c -diff\n", "a.h") == "+..");
  CHECK(said("* -diff\n* !diff\n", "a") == "...");
}

TEST_CASE("attributes: a pattern without a slash is one of names, in every folder") {
  CHECK(said("*.js -diff", "deep/er/a.js") == "-..");
  CHECK(said("a.js -diff", "deep/a.js") == "-..");
  CHECK(said("a.js -diff", "deep/ba.js") == "...");
  CHECK(said("deep -diff", "deep/a.js") == "...");  // a folder says nothing of its files
  CHECK(said("deep/ -diff", "deep/a.js") == "...");
}

TEST_CASE("attributes: a pattern with a slash is one of paths") {
  CHECK(said("/a.js -diff", "a.js") == "-..");
  CHECK(said("/a.js -diff", "deep/a.js") == "...");
  CHECK(said("lib/*.js -diff", "lib/a.js") == "-..");
  CHECK(said("lib/*.js -diff", "lib/deep/a.js") == "...");
  CHECK(said("lib/*.js -diff", "my/lib/a.js") == "...");
  CHECK(said("lib/** linguist-vendored", "lib/deep/er/a.js") == "..+");
  CHECK(said("**/gen/*.js linguist-generated", "a/b/gen/c.js") == ".+.");
}

TEST_CASE("attributes: a folder's own file speaks of that folder, and wins") {
  Attributes attributes;
  attributes.add("", "*.c diff\n");
  attributes.add("lib/", "*.c -diff\n/top.c linguist-vendored\n");
  CHECK(said(attributes, "a.c") == "+..");
  CHECK(said(attributes, "lib/a.c") == "-..");
  CHECK(said(attributes, "library/a.c") == "+..");
  CHECK(said(attributes, "lib/top.c") == "-.+");
  CHECK(said(attributes, "lib/deep/top.c") == "-..");
}

TEST_CASE("attributes: binary is a macro, and files have their own") {
  CHECK(said("*.png binary", "a.png") == "-..");
  CHECK(said("[attr]made linguist-generated -diff\n*.out made\n", "a.out") == "-+.");
  CHECK(said("[attr]one two\n[attr]two linguist-vendored\n* one\n", "a") == "..+");
  CHECK(said("[attr]made -diff\n* made diff\n", "a") == "+..");  // a later word wins over the macro
  CHECK(said("[attr]made -diff\n* -made\n", "a") == "...");      // only a macro that is set is applied
  CHECK(said("* binary\n*.svg -binary\n", "a.svg") == "...");    // nor is one that a later line unsets
  CHECK(said("[attr]made diff\n[attr]made -diff\n* made\n", "a") == "-..");
  CHECK(said("[attr]binary linguist-generated\n* binary\n", "a") == ".+.");
}

TEST_CASE("attributes: blanks, comments and line ends") {
  CHECK(said("\n# *.c -diff\n\t*.h\t -diff \r\n", "a.c") == "...");
  CHECK(said("\n# *.c -diff\n\t*.h\t -diff \r\n", "a.h") == "-..");
  CHECK(said("*.c -diff\r\n*.h diff\r\n", "a.c") == "-..");
}

TEST_CASE("attributes: macros that name each other end") {
  CHECK(said("[attr]a a a a a a a a a a a a a a a a a a\n* a -diff\n", "x") == "-..");
  std::string ring;
  for (int i = 0; i < 100; ++i) {
    ring += "[attr]m" + std::to_string(i);
    for (int j = 0; j < 100; ++j) ring += " m" + std::to_string(j);
    ring += '\n';
  }
  CHECK(said(ring + "* m7 linguist-vendored\n", "x") == "..+");
}

TEST_CASE("attributes: hostile files say nothing") {
  for (const std::string& text : {std::string("[attr]\n"), std::string("[attr] diff\n"), std::string("\"\" -diff\n"),
                                  std::string(100'000, '*'), std::string("! - = \0\n", 8), std::string("* - ! =\n")})
    CHECK(said(text, "a/b") == "...");
}

}  // namespace
}  // namespace cascade::git
