// What a manifest says that it is not for speaks for others.
#include <catch2/catch.hpp>

#include "route/build/fields.h"
#include "unit/route_text.h"

namespace cascade {

using route::without_disclaimers;

TEST_CASE("the sentence that says what a manifest is not for is left out, and nothing else") {
  CHECK(without_disclaimers("Writes letters. Use when one is due. Not for posters (use berth-posters).") ==
        "Writes letters. Use when one is due. .");
  CHECK(without_disclaimers("Writes letters \xE2\x80\x94 NOT for posters. Use when one is due.") ==
        "Writes letters \xE2\x80\x94 . Use when one is due.");
  CHECK(without_disclaimers("Writes letters (not for posters, signs (of wood) or flags) to holders.") ==
        "Writes letters () to holders.");
  CHECK(without_disclaimers("Do NOT use for a v1.2 poster! Writes letters; don't use it for flags") ==
        "! Writes letters; ");
  CHECK(without_disclaimers("Schreibt Briefe. Nicht f\u00fcr Plakate. Don\u2019t use it for flags.") ==
        "Schreibt Briefe. . .");
  for (const char* const kept : {"Finds what is not for sale.", "Writes notes for people who do not use email.", "",
                                 "Not fortune but work.", "Checks that a key is (not) forgotten.", "not forms"})
    CHECK(without_disclaimers(kept) == kept);
}

TEST_CASE("a prompt about what a manifest is not for goes to the one that is") {
  const test::Library library = test::library_of(
      "skill:harbour-letters | Writes letters to holders. Use when a holder is to be written to. Not for quay posters "
      "or "
      "mooring signs (use berth-posters). |\n"
      "skill:berth-posters | Lays out posters and large prints for the pier. Use when something is to hang outside. "
      "|\n");
  const Router router = library.router();
  CHECK(test::first_of(library, router, "we need a new quay poster") == "berth-posters");
  CHECK(test::first_of(library, router, "design a mooring sign").find("letters") == std::string::npos);
  CHECK(test::first_of(library, router, "write letters to the holders") == "harbour-letters");
}

}  // namespace cascade
