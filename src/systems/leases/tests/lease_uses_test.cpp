#include <catch2/catch.hpp>

#include "leases/lease.h"

using namespace cascade;
using namespace cascade::rendering;

TEST_CASE("who held and who waited is drawn on one scale") {
  const std::vector<LeaseUse> uses = {
      {"browser", "s", "a1", 30'600, 0, 12'000, 1, "released"},
      {"browser", "s", "a2", 30'606, 6'000, 12'000, 2, "lost"},
      {"browser", "0123456789", "", 30'606, 20'000, 0, 0, "refused"},
      {"port:80", "s", "", 30'612, 0, 12'000, 1, ""},
  };
  CHECK(lease_uses_text(uses, "s") ==
        "leases\n"
        "  browser\n"
        "    ███████████               a1             held 12 s from 08:30:00, token 1\n"
        "         ░░░░░░███████████    a2             waited 6 s, held 12 s from 08:30:12, token 2, lost\n"
        "         ░░░░░░░░░░░░░░░░░░░  01234567 main  waited 20 s, refused at 08:30:26\n"
        "  port:80\n"
        "               ███████████    main           held 12 s from 08:30:12, token 1, still\n");
  CHECK(lease_uses_text({}, "s").empty());
}

TEST_CASE("what took no time is a column wide") {
  const std::vector<LeaseUse> uses = {{"x", "s", "", 100, 0, 0, 1, "released"}};
  CHECK(lease_uses_text(uses, "s").find("█  ") != std::string::npos);
}
