// The clauses of a message as orders, questions, reports and what is ruled out.
#include "needs/message.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "prompt/parts.h"

using namespace cascade;

namespace {

bool rules_out(std::string_view text) {
  const needs::Message message(text, prompt::read_parts(text), "en");
  const auto pieces = needs::pieces_of(message, needs::marks_of(message), "en", [](std::size_t) { return false; });
  return std::any_of(pieces.begin(), pieces.end(),
                     [](const needs::Piece& piece) { return piece.speech == needs::Speech::ruled_out; });
}

}  // namespace

TEST_CASE("a means is ruled out, a loss that the work must not bring is not") {
  for (const char* const prompt :
       {"migrate the orders table, without docker", "deploy the shop, no tests please", "migrate it, not the users",
        "deploy it, without touching the database", "deploy the shop, don't restart it"}) {
    CAPTURE(prompt);
    CHECK(rules_out(prompt));
  }
  for (const char* const prompt : {"migrate the orders table, without downtime", "deploy the shop, no downtime please",
                                   "migrate it, without any data loss", "deploy it, without breaking the clients",
                                   "no downtime: deploy the shop"}) {
    CAPTURE(prompt);
    CHECK_FALSE(rules_out(prompt));
  }
}
