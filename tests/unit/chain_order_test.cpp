// The order of a playbook's steps: text in, the same text in its plain form out, or where it goes wrong.
#include "chain/chain.h"

#include <catch2/catch.hpp>

namespace cascade::chain {
namespace {

// The order as it is understood; a fault as "at: message".
std::string read(std::string_view text) {
  std::vector<Fault> faults;
  const Node order = read_order(text, faults);
  if (faults.empty()) return to_string(order);
  return std::to_string(faults.front().at) + ": " + faults.front().message;
}

Node order_of(std::string_view text) {
  std::vector<Fault> faults;
  return read_order(text, faults);
}

TEST_CASE("an order is a sequence, steps side by side and parts that repeat") {
  CHECK(read("1") == "1");
  CHECK(read("1>2>3") == "1 > 2 > 3");
  CHECK(read("1 > 2&3 > (4 > 5)*") == "1 > 2&3 > (4 > 5)*");
  CHECK(read(" 1 > ( 2 & 3 )* ") == "1 > (2&3)*");
  CHECK(read("1 > 2*") == "1 > (2)*");
  CHECK(read("1 > (2)*") == "1 > (2)*");
  CHECK(read("1 > ((2 > 3))**") == "1 > (2 > 3)*");
  CHECK(read("(1 > 2)&3") == "(1 > 2)&3");
  CHECK(read("") == "");
  CHECK(read("999 > 1") == "999 > 1");
}

TEST_CASE("what is no order says where it goes wrong") {
  CHECK(read("1 >") == "3: a step's number is expected");
  CHECK(read("> 1") == "0: a step's number is expected");
  CHECK(read("1 2") == "2: '2' cannot stand here");
  CHECK(read("1 > (2 > 3") == "10: a parenthesis is not closed");
  CHECK(read("1 > 2) > 3") == "5: a parenthesis is closed that was not opened");
  CHECK(read("1 > 2 > 1") == "8: step 1 stands in the chain twice");
  CHECK(read("0") == "0: a step's number is expected");
  CHECK(read("1000") == "0: a step's number is expected");
  CHECK(read("1 || 2") == "2: '|' cannot stand here");
  CHECK(read("one") == "0: a step's number is expected");
  CHECK(read(std::string(3000, '(')) == "9: more than 8 parentheses in each other");
  CHECK(read(std::string(5000, ' ') + "1" + std::string(5000, '*')) == "0: the chain is longer than 4096 bytes");
}

TEST_CASE("a step comes after what stands before it in a sequence, and not after what is beside it") {
  const Node order = order_of("1 > 2&(3 > 4) > (5 > 6)*");
  CHECK(comes_after(order, 1, 2));
  CHECK(comes_after(order, 1, 6));
  CHECK(comes_after(order, 3, 4));
  CHECK(comes_after(order, 2, 5));
  CHECK_FALSE(comes_after(order, 2, 3));
  CHECK_FALSE(comes_after(order, 3, 2));
  CHECK_FALSE(comes_after(order, 4, 3));
  CHECK_FALSE(comes_after(order, 2, 1));
  CHECK_FALSE(comes_after(order, 1, 1));
  CHECK_FALSE(comes_after(order, 1, 7));
}

TEST_CASE("a round is the innermost part that repeats") {
  const Node order = order_of("1 > (2 > (3)*)* > 4");
  CHECK(round_of(order, 1).empty());
  CHECK(round_of(order, 2) == std::vector<std::uint32_t>{2, 3});
  CHECK(round_of(order, 3) == std::vector<std::uint32_t>{3});
  CHECK(round_of(order, 4).empty());
}

}  // namespace
}  // namespace cascade::chain
