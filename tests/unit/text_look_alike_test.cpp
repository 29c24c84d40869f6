#include "text/letter_case.h"

#include <catch2/catch.hpp>

namespace cascade::letters {

TEST_CASE("letters of other scripts are known by the Latin ones that they are taken for") {
  CHECK(looks_like_latin(0x0430) == 'a');  // Cyrillic a
  CHECK(looks_like_latin(0x0442) == 't');  // Cyrillic te, small and capital
  CHECK(looks_like_latin(0x0422) == 'T');
  CHECK(looks_like_latin(0x043C) == 'm');  // Cyrillic em
  CHECK(looks_like_latin(0x03A1) == 'P');  // Greek capital rho
  CHECK(looks_like_latin(0x0578) == 'n');  // Armenian vo
  CHECK(looks_like_latin(0xFF21) == 'A');  // full width
  CHECK(looks_like_latin(0xFF5A) == 'z');
}

TEST_CASE("letters that look like no Latin one are left alone") {
  for (const char32_t c : {U'\0', U'a', U'\u00E9', U'\u044F', U'\u03A9', U'\u4E00', U'\uFF3B', U'\uFF10'})
    CHECK(looks_like_latin(c) == '\0');
}

}  // namespace cascade::letters
