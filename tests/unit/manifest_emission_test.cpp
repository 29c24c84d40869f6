#include "manifest/emission.h"

#include <catch2/catch.hpp>

namespace cascade::manifest {

TEST_CASE("an emitted section ends with one blank line") {
  CHECK(emitted("## A\ntext\n") == "## A\ntext\n\n");
  CHECK(emitted("## A\ntext\n\n\n  \t\n") == "## A\ntext\n\n");
  CHECK(emitted("text") == "text\n\n");
}

TEST_CASE("blank lines in front go, indentation stays") {
  CHECK(emitted("\n \r\n    code\n") == "    code\n\n");
  CHECK(emitted("\n\xC2\xA0\n  x") == "  x\n\n");
}

TEST_CASE("nothing but white space emits nothing") {
  CHECK(emitted("").empty());
  CHECK(emitted(" \n\t\r\n\xE3\x80\x80").empty());
}

TEST_CASE("inner line ends and blanks stay as they are") { CHECK(emitted("a  \r\nb\n\n\nc") == "a  \r\nb\n\n\nc\n\n"); }

TEST_CASE("a slash in front is kept from the punctuation of the text before it") {
  CHECK(emitted("\n/review the change\n") == " /review the change\n\n");
}

TEST_CASE("ill-formed bytes become the replacement character") { CHECK(emitted("a\xFFz") == "a\xEF\xBF\xBDz\n\n"); }

TEST_CASE("a command that the client would run is followed by the note that it was not") {
  const std::string note = "(Commands written as !`...` have not been run.)\n\n";
  CHECK(emitted("Status:\n!`git status`\n") == "Status:\n!`git status`\n\n" + note);
  CHECK(emitted("On !`git branch` now.") == "On !`git branch` now.\n\n" + note);
  for (const char* const text : {"x=!`cmd`", "!``", "wow!`", "an open !`tick\n`"})
    CHECK(emitted(text) == std::string(text) + "\n\n");
}

}  // namespace cascade::manifest
