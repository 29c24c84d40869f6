#include "syntax/outline.h"

#include <catch2/catch.hpp>
#include <string>

using namespace cascade::syntax;

namespace {

// The spans of a text, code as [..], comments as {..}, joined by ' '.
std::string spans(std::string_view text) {
  std::string out;
  for (const InlineSpan& span : scan_inline(text, 0, text.size())) {
    const bool code = span.kind == InlineSpan::Kind::code;
    out += (out.empty() ? "" : " ") + std::string(code ? "[" : "{") +
           std::string(text.substr(span.begin, span.end - span.begin)) + (code ? "]" : "}");
  }
  return out;
}

}  // namespace

TEST_CASE("code is between equal runs of backticks") {
  CHECK(spans("a `b` c ``d`e`` f") == "[`b`] [``d`e``]");
  CHECK(spans("`a `` b` `` c") == "[`a `` b`]");
  CHECK(spans("``` a `b`") == "[`b`]");
  CHECK(spans("`a") == "");
  CHECK(spans("`a\nb`") == "[`a\nb`]");
}

TEST_CASE("an escaped backtick opens nothing, but closes") {
  CHECK(spans("\\`a` b`") == "[` b`]");
  CHECK(spans("`a\\` b`") == "[`a\\`]");
}

TEST_CASE("comments are spans, and what stands first wins") {
  CHECK(spans("a <!-- `b` --> `c`") == "{<!-- `b` -->} [`c`]");
  CHECK(spans("`<!--` a -->") == "[`<!--`]");
  CHECK(spans("<!-- a") == "");
  CHECK(spans("<a href=\"`\">`b`") == "[`b`]");
}

TEST_CASE("only the bytes asked for are looked at, offsets are those of the text") {
  const std::string text = "`a` `b` `c`";
  const auto found = scan_inline(text, 4, 7);
  REQUIRE(found.size() == 1);
  CHECK(found[0].begin == 4);
  CHECK(found[0].end == 7);
  CHECK(scan_inline(text, 5, 7).empty());
  CHECK(scan_inline(text, 20, 30).empty());
}
