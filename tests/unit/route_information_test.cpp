// What speaks for manifests that no prompt taught about: the rare words that they share with a prompt.
#include <algorithm>
#include <catch2/catch.hpp>

#include "route/answer/answer.h"
#include "unit/route_text.h"

namespace cascade {
namespace {

using test::library_of;
using test::query_of;

const char* const beekeepers = R"(
skill:swarm-catching | Brings a swarm of bees into a hive. Use when a swarm hangs in a tree. | | Hold the skep below the cluster. Smoke drives stragglers in.
skill:varroa-treatment | Treats colonies against mites after the harvest. Use when mites are counted. | | Formic acid or thymol, by the outside temperature.
skill:honey-extraction | Spins honey out of the combs. Use when supers are full. | | Uncap the combs. The refractometer must read below 18.
skill:winter-feeding | Feeds colonies before the frost. Use when stores are low. | | Fondant on the crown board, no syrup below ten degrees.
)";

// "silence", or what is loaded and offered.
std::string said_to_beekeepers(const std::string& prompt) {
  const test::Library library = library_of(beekeepers);
  const Routing routing = library.router().rank(query_of(prompt));
  if (routing.decision == Decision::silence) return "silence";
  std::string names;
  for (const std::vector<Match>* matches : {&routing.loaded, &routing.offered})
    for (const Match& match : *matches)
      names += (names.empty() ? "" : ", ") + std::string(library.registry[match.id].name);
  return names;
}

TEST_CASE("rare words that only a body has are enough for an offer") {
  CHECK(said_to_beekeepers("is thymol better than formic acid this week?") == "varroa-treatment");
  CHECK(said_to_beekeepers("how wet is it, what should the refractometer say for these combs") == "honey-extraction");
  CHECK(said_to_beekeepers("the skep is torn and the cluster sits high up") == "swarm-catching");
}

TEST_CASE("what sounds like software does not speak for a library of another trade") {
  for (const char* prompt :
       {"review the pull request that adds retries to the http client",
        "the migration locks the orders table, split it",
        "set up a pipeline that builds and deploys the docker image on every merge",
        "write integration tests for the login endpoint", "our api returns 500 under load, find the cause",
        "add a staging environment to the terraform modules"}) {
    INFO(prompt);
    CHECK(said_to_beekeepers(prompt) == "silence");
  }
}

TEST_CASE("what sounds strongly of software speaks against a manifest that shares nothing with it") {
  route::Signals signals;
  signals.shared = {100, 700};
  const auto at = [&](std::int32_t need) {
    signals.need = need;
    return points(signals);
  };
  CHECK(at(1300) == at(1200));
  CHECK(at(2300) == at(1300) - 400);
  const std::int32_t unshared = at(1300);
  signals.shared.value = 600;  // almost enough
  CHECK(at(1300) > unshared);
  CHECK(at(1300) > at(2300));
  signals.shared.value = 100;
  signals.concept_points = 3000;
  CHECK(at(1300) == unshared);  // by accident
  signals.of_the_trade = true;  // or by what it is about
  CHECK(at(2300) > at(1300));
}

TEST_CASE("small talk does not outweigh what is shared") {
  CHECK(said_to_beekeepers("thanks, and now: thymol or formic acid at these degrees?") == "varroa-treatment");
}

}  // namespace
}  // namespace cascade
