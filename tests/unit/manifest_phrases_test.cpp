// Labels and set phrases: where in a text a row wants its words.
#include "manifest/line_words.h"

#include <catch2/catch.hpp>

#include <string_view>

namespace cascade::manifest {

TEST_CASE("a phrase counts where its row wants it, in any case") {
  CHECK(says("Worked example: a yard", Says::told));  // begins
  CHECK_FALSE(says("A worked example", Says::told));
  CHECK(says("Then tell THE USER", Says::message));  // ends
  CHECK_FALSE(says("The user has a list", Says::message));
  CHECK(says("Crates that are Out of Scope here", Says::not_for));  // holds
  CHECK_FALSE(says("Crates that are in scope", Says::not_for));
  CHECK(says("myself, at dusk", Says::oneself));  // word
  CHECK_FALSE(says("myselfish", Says::oneself));
  CHECK(says("Good", Says::right));  // whole
  CHECK_FALSE(says("Good crates", Says::right));
  CHECK_FALSE(says("", Says::related));
}

TEST_CASE("the rows of a meaning are neighbours, and each is in small letters") {
  for (const Phrase& row : phrases()) {
    INFO(row.words);
    CHECK(!row.words.empty());
    CHECK(says(row.words, row.says));
  }
}

}  // namespace cascade::manifest
