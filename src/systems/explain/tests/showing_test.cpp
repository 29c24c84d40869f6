#include <algorithm>
#include <catch2/catch.hpp>

#include "explain/check.h"
#include "text/names.h"

using namespace cascade::comprehension;

namespace {

std::string stated(const std::string& text) {
  std::string all;
  for (const Statement& one : statements_in(text)) all += "[" + one.command + "|" + one.text + "]";
  return all;
}

std::string outcome(const Ran& without, const Ran& with, const std::string& text = "") {
  return std::string(key_of(compare(without, with, text)));
}

}  // namespace

TEST_CASE("statements: a command that fails without the hunk, and what it then says") {
  CHECK(stated("Without this hunk `make check` fails.") == "[make check|]");
  CHECK(stated("without it, `pytest -q` fails with `assert 3 == 4`, at once") == "[pytest -q|assert 3 == 4]");
  CHECK(stated("Without the lines `sh run.sh` fails with \"FAIL: clear\".") == "[sh run.sh|FAIL: clear]");
  CHECK(stated("Without this hunk ``echo `date` `` fails\nwith `` `x' is no date ``.") ==
        "[echo `date`|`x' is no date]");
  CHECK(stated("Without this hunk `make check` fails. `ring.h` has the rest.") == "[make check|]");
  CHECK(stated("Without this hunk `a` fails with `b`.\nWithout this hunk `c` fails.") == "[a|b][c|]");
  CHECK(stated("It works without a lock. `make check` fails now and then.").empty());
  CHECK(stated("Without this hunk `make check` passes.").empty());
  CHECK(stated("Without this hunk everything fails.").empty());
}

TEST_CASE("showing: both ends and both outputs decide") {
  const Ran good{0, "", "ok 1 - a\nok 2 - b\n"}, bad{1, "", "ok 1 - a\nnot ok 2 - b\n"};
  CHECK(outcome(bad, good) == "shown");
  CHECK(outcome(bad, good, "not ok 2 - b") == "shown");
  CHECK(outcome(bad, good, "ok 1 - a") == "other_text");  // it says so with the hunk as well
  CHECK(outcome(bad, good, "not ok 3") == "other_text");
  CHECK(outcome(good, good) == "no_difference");
  CHECK(outcome(bad, bad) == "fails_with");
  CHECK(outcome(good, bad) == "passes_without");
  CHECK(outcome({127, "", ""}, {127, "", ""}) == "could_not_run");
  CHECK(outcome({1, "time", ""}, good) == "could_not_run");
  CHECK(outcome({127, "", "test.sh: line 3: slug: command not found\n"}, good) == "shown");
}

TEST_CASE("showing: a tree that does not build is no failing test") {
  const Ran good{0, "", "fine\n"};
  const auto built = [&](const std::string& line) { return outcome({1, "", line + "\n"}, good) != "does_not_build"; };
  CHECK(!built("test.cpp:14:9: error: 'sum' was not declared in this scope"));
  CHECK(!built("ld: t.o: in function `main': t.cpp:3: undefined reference to `sum'"));
  CHECK(!built("ImportError: cannot import name 'cents' from 'ledger'"));
  CHECK(!built("ERROR: test_ledger (unittest.loader._FailedTest.test_ledger)"));
  CHECK(!built("  File \"a.py\", line 3\nSyntaxError: invalid syntax"));
  CHECK(!built("SyntaxError: The requested module './a.mjs' does not provide an export named 'once'"));
  CHECK(!built(
      "Global symbol \"$SIGNS\" requires explicit package name (did you forget \"my $SIGNS\"?) at W.pm line 9."));
  CHECK(!built("slug.sh: line 12: syntax error near unexpected token `}'"));
  CHECK(!built("Makefile:57: *** missing 'endif'.  Stop."));
  CHECK(!built("FAIL\texample.org/a [build failed]"));
  CHECK(built("AssertionError: -101 != -100"));
  CHECK(built("make: *** [Makefile:20: check] Error 1"));
  CHECK(built("SyntaxError: Unexpected token 'x', \"x\" is not valid JSON\n    at JSON.parse (<anonymous>)"));
  CHECK(built("ok 1 - reports\nnot ok 2 - in.c:3:4: error: is repeated"));                    // a compiler's test
  CHECK(outcome({1, "", "a.c:1:1: error: x\n"}, {0, "", "a.c:1:1: error: x\n"}) == "shown");  // printed with it, too
}

TEST_CASE("spans: as many backticks close as opened") {
  const auto spans = code_spans("a `b` and ``c ` d`` and ` e ` but `no end\n\n` here");
  REQUIRE(spans.size() == 3);
  CHECK(spans[1].text == "c ` d");
  CHECK(spans[2].text == "e");
}

TEST_CASE("copies: most of a text, or all of a short one") {
  Runs source = runs_of("the lock is now released for the fetch and taken again to store the rate");
  cascade::letters::sort_once(source);
  const auto copied = [&](const std::string& text) { return is_copy(runs_of(text), share_in(runs_of(text), source)); };
  CHECK(copied("the lock is now released for the fetch and taken again"));
  CHECK(copied("The lock is now released."));
  CHECK(!copied("The lock is held for long."));
  CHECK(!copied("the lock is"));  // too short to say
  CHECK(!copied("rates are kept by zone, and forget() empties the whole table at night"));
}
