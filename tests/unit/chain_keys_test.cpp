// Exits and branches: text in, each entry in its plain form out, and every fault with its place.
#include "chain/chain.h"

#include <catch2/catch.hpp>

namespace cascade::chain {
namespace {

std::string shown(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) text += std::to_string(fault.at) + ": " + fault.message + "\n";
  return text;
}

std::string exits(std::string_view text) {
  std::vector<Fault> faults;
  std::string out;
  for (const Exit& exit : read_exits(text, faults)) out += std::to_string(exit.step) + " " + to_string(exit) + "\n";
  return out + shown(faults);
}

std::string branches(std::string_view text) {
  std::vector<Fault> faults;
  std::string out;
  for (const Branch& branch : read_branches(text, faults)) out += to_string(branch) + "\n";
  return out + shown(faults);
}

TEST_CASE("each exit has its step, its kind and perhaps words") {
  CHECK(exits("1: red; 3: red tests/; 4:green npm test;5: witness ;6: user; 7: said; 8: commit; 9: artefact a/*.md;") ==
        "1 red\n3 red tests/\n4 green npm test\n5 witness\n6 user\n7 said\n8 commit\n9 artefact a/*.md\n");
  CHECK(exits("").empty());
  CHECK(exits(" ; ; ").empty());
}

TEST_CASE("commands that will do stand between bars, and a star is any run of tests") {
  const auto ways = [](std::string_view text) {
    std::vector<Fault> faults;
    std::string out;
    for (const Exit& exit : read_exits(text, faults))
      for (const std::string_view way : ways_of(exit)) out += "[" + std::string(way) + "]";
    return out + shown(faults);
  };
  CHECK(ways("1: green mypy --strict | pyright") == "[mypy --strict][pyright]");
  CHECK(ways("1: red *|./repro.sh") == "[][./repro.sh]");
  CHECK(ways("1: red") == "[]");
  CHECK(ways("1: green tests/") == "[tests/]");
  CHECK(ways("1: green mypy|; 2: red |x") ==
        "3: a command is missing beside \"|\"\n19: a command is missing beside \"|\"\n");
}

TEST_CASE("an exit that cannot be read does not take its neighbours along") {
  CHECK(exits("1: reed; 2: green") == "2 green\n3: there is no exit \"reed\"\n");
  CHECK(exits("1 red; 2: green") == "2 green\n0: expected a step's number and a colon\n");
  CHECK(exits("1: red; 1: green") == "1 red\n8: step 1 has two exits\n");
  CHECK(exits("1: artefact; 2: commit now") == "3: artefact needs a pattern of paths\n16: commit takes no words\n");
  CHECK(exits("red") == "0: expected a step's number and a colon\n");
}

TEST_CASE("a branch leads from a step by its label over detours to a step or the end") {
  CHECK(branches("1 old-only > skill:regression-bisection > 3; 5 aborted>2; 1 harmless > end") ==
        "1 old-only > skill:regression-bisection > 3\n5 aborted > 2\n1 harmless > end\n");
  CHECK(branches("2 twice > skill:a > skill:team:b > 4") == "2 twice > skill:a > skill:team:b > 4\n");
}

TEST_CASE("a branch that cannot be read does not take its neighbours along") {
  CHECK(branches("1 > 2; 5 aborted > 2") == "5 aborted > 2\n2: \"\" is not a label\n");
  CHECK(branches("5 aborted") == "0: the branch leads nowhere\n");
  CHECK(branches("5 aborted > skill:a") == "0: the branch leads nowhere\n");
  CHECK(branches("5 aborted > 2 > 3") == "16: nothing can follow the step that a branch leads to\n");
  CHECK(branches("5 aborted > review") == "12: \"review\" is not a place to branch to\n");
  CHECK(branches("5 aborted > 2; 5 aborted > 3") == "5 aborted > 2\n15: step 5 has two branches aborted\n");
  CHECK(branches("aborted > 2") == "0: expected a step's number and a label\n");
}

TEST_CASE("the three keys are held to the steps of the table") {
  KeyFaults faults;
  const Chain chain = read_chain({"1 > 2&3", "2: red; 9: green", "3 lost > 1; 3 far > 9; 8 x > 1"}, {1, 2, 3}, faults);
  CHECK(to_string(chain.order) == "1 > 2&3");
  CHECK(to_string(chain.exit_of(2)) == "red");
  CHECK(to_string(chain.exit_of(1)) == "said");
  CHECK(chain.branches.size() == 1);
  CHECK(shown(faults.exits) == "8: there is no step 9\n");
  CHECK(shown(faults.branches) == "12: there is no step 9\n23: there is no step 8\n");
}

TEST_CASE("without an order, and with one that does not fit, steps follow one another") {
  KeyFaults none, missing, unknown;
  CHECK(to_string(read_chain({}, {1, 2, 4}, none).order) == "1 > 2 > 4");
  CHECK(none.is_empty());
  CHECK(to_string(read_chain({"1 > 2", "", ""}, {1, 2, 4}, missing).order) == "1 > 2 > 4");
  CHECK(shown(missing.order) == "0: step 4 of the table is not in the chain\n");
  CHECK(to_string(read_chain({"1 > 2 > 4 > 7", "", ""}, {1, 2, 4}, unknown).order) == "1 > 2 > 4");
  CHECK(shown(unknown.order) == "12: there is no step 7\n");
}

}  // namespace
}  // namespace cascade::chain
