#include "text/words.h"

#include <catch2/catch.hpp>

namespace cascade::letters {
namespace {

TEST_CASE("a hyphenated name is lower-case words and digits with single hyphens between them") {
  for (const char* good : {"a", "7", "pdf-tools", "a-1-b"}) {
    CAPTURE(good);
    CHECK(is_hyphenated(good));
  }
  for (const char* bad : {"", "-", "-a", "a-", "a--b", "A", "a_b", "a b", "a:b", "a\x7F"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_hyphenated(bad));
    CHECK_FALSE(is_hyphenated(bad, true));
  }
}

TEST_CASE("letters of other scripts count only where any script is allowed") {
  CHECK_FALSE(
      is_hyphenated("gr\xC3\xBC\xC3\x9F"
                    "e-2"));
  CHECK(
      is_hyphenated("gr\xC3\xBC\xC3\x9F"
                    "e-2",
                    true));
}

TEST_CASE("the nearest hyphenated name drops what is neither a letter nor a digit") {
  CHECK(hyphenated("PDF Tools") == "pdf-tools");
  CHECK(hyphenated("__a  _b!!") == "a-b");
  CHECK(hyphenated("kit/core-part") == "kit-core-part");
  CHECK(hyphenated("gr\xC3\xBCn") == "gr-n");
  CHECK(hyphenated("a-b-1") == "a-b-1");
  CHECK(hyphenated("-- \xC3\xBC") == "");
  CHECK(hyphenated("") == "");
}

}  // namespace
}  // namespace cascade::letters
