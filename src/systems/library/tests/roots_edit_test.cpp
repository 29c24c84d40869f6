// A root goes into the user's cascade.yaml and out of it again, and every other byte stays.
#include <catch2/catch.hpp>

#include "library/shelf.h"

using namespace cascade::collection;

namespace {

const std::string root = "~/.local/share/cascade/libraries/x";

std::string in(const std::string& text) { return with_root(text, root).value_or("by hand"); }
std::string out(const std::string& text) { return without_root(text, root).value_or("by hand"); }

}  // namespace

TEST_CASE("a file without roots gets a row that keeps the default sources, and loses it with its last library") {
  CHECK(in("") == "roots: [default, " + root + "]\n");
  CHECK(in("budget: 4000") == "budget: 4000\nroots: [default, " + root + "]\n");
  CHECK(out(in("")) == "");
  CHECK(out(in("# mine\nbudget: 4000  # small\n")) == "# mine\nbudget: 4000  # small\n");
}

TEST_CASE("a list grows behind its last root, in its own form") {
  CHECK(in("roots: [default, ~/a]  # mine\nbudget: 1\n") == "roots: [default, ~/a, " + root + "]  # mine\nbudget: 1\n");
  CHECK(in("roots: [default,\n        \"~/a b\"]\n") == "roots: [default,\n        \"~/a b\", " + root + "]\n");
  CHECK(in("roots:\n  - default\n  - ~/a  # mine\nbudget: 1\n") ==
        "roots:\n  - default\n  - ~/a  # mine\n  - " + root + "\nbudget: 1\n");
  CHECK(in("roots:\n- ~/a") == "roots:\n- ~/a\n- " + root);
  CHECK(in("roots: ~/a\n") == "roots: [~/a, " + root + "]\n");
  CHECK(in("roots: []\n") == "roots: [default, " + root + "]\n");
  CHECK(in("roots: [default, " + root + "]\n") == "roots: [default, " + root + "]\n");
  CHECK(with_root("", "/a folder/x").value_or("") == "roots: [default, \"/a folder/x\"]\n");
}

TEST_CASE("a list loses one root wherever it stands") {
  for (const char* text : {"roots: [default, ~/a]  # mine\n", "roots:\n  - default\n  - ~/a\nbudget: 1\n",
                           "roots: [~/a]\n", "a: 1\nroots:\n- ~/a\n", "roots: ['~/a', ~/b]\n"}) {
    INFO(text);
    CHECK(out(in(text)) == text);
  }
  CHECK(out("roots: [" + root + ", ~/b]\n") == "roots: [~/b]\n");
  CHECK(out("roots: [default, " + root + ", ~/b]\n") == "roots: [default, ~/b]\n");
  CHECK(out("roots:\n  - " + root + "\n  - ~/b\n") == "roots:\n  - ~/b\n");
  CHECK(out("roots: [~/b]\n") == "roots: [~/b]\n");
  CHECK(out("budget: 1\n") == "budget: 1\n");
}

TEST_CASE("what cannot be edited without harm is left to the user") {
  CHECK(in("roots: {a: b}\n") == "by hand");
  CHECK(in("roots: [~/a\n") == "by hand");
  CHECK(in("roots:\n") == "by hand");
  CHECK(in("a: &x [b]\nroots: *x\n") == "by hand");
  CHECK(in("roots: |\n  ~/a\n") == "by hand");
}
