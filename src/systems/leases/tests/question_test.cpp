// `guard check` is a question: it takes no lease.
#include <catch2/catch.hpp>

#include "guarded_session.h"

using namespace cascade;
using namespace cascade::systems;

TEST_CASE("a question takes nothing, runs nothing and writes nothing") {
  Session session("systems: { leases: warn }\nleases: { staging: { bash: [psql] } }\n");
  const std::string store = session.path("state/cascade/store.db");
  REQUIRE(check("psql staging", session.path("project"), session.path("project"), session.surroundings));
  CHECK_FALSE(std::filesystem::exists(store));
  CHECK(session::Ledger(session.surroundings.state_directory, "s").entries().size() == 1);
  CHECK(session.answer("Bash", R"({"command":"psql staging"})") == "");
  CHECK(std::filesystem::exists(store));
}
