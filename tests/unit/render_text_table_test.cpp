#include <catch2/catch.hpp>

#include "render/text_table.h"

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
