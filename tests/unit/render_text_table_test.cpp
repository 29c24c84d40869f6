#include <catch2/catch.hpp>

#include "render/parts.h"

using namespace cascade::rendering;

TEST_CASE("the last column is cut where the terminal ends, and nowhere else") {
  TextTable table;
  table.column("NAME");
  table.column("WHAT");
  table.row({"a", "words that go on and on, farther than sixty columns reach on this terminal"});
  CHECK(table.take(Paint(false, 60)) == "NAME  WHAT\na     words that go on and on, farther than sixty columns...\n");
  CHECK(table.take(Paint(false, 200)) ==
        "NAME  WHAT\na     words that go on and on, farther than sixty columns reach on this terminal\n");
  CHECK(table.take(Paint()) == table.take(Paint(false, 200)));
}

TEST_CASE("where a terminal is too narrow for all of it, the last texts are left out before a name is cut") {
  TextTable table;
  table.column("SCORE", Align::right);
  table.column("MANIFEST");
  table.column("SCOPE");
  table.column("BECAUSE OF");
  table.column("DESCRIPTION");
  table.row({"773", "skill:allocation-reduction", "user", "memory usage heap memory safety",
             "Cuts allocations in hot paths"});
  CHECK(table.take(Paint(false, 200)) ==
        "SCORE  MANIFEST                    SCOPE  BECAUSE OF                       DESCRIPTION\n"
        "  773  skill:allocation-reduction  user   memory usage heap memory safety  Cuts allocations in hot paths\n");
  CHECK(table.take(Paint(false, 80)) ==
        "SCORE  MANIFEST                    SCOPE  BECAUSE OF            DESCRIPTION\n"
        "  773  skill:allocation-reduction  user   memory usage heap...  Cuts allocati...\n");
  CHECK(table.take(Paint(false, 60)) ==
        "SCORE  MANIFEST                    SCOPE  BECAUSE OF\n"
        "  773  skill:allocation-reduction  user   memory usage he...\n");
  CHECK(table.take(Paint(false, 40)) ==
        "SCORE  MANIFEST                    SCOPE\n  773  skill:allocation-reduction  user\n");
  CHECK(table.take(Paint(false, 35)) == "SCORE  MANIFEST               SCOPE\n  773  skill:allocation-r...  user\n");
}
