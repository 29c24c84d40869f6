// One lesson of a library's owner: it answers its own words, and reaches the same ask in other words, not other asks
// that share its topic.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "unit/route_text.h"

namespace cascade {
namespace {

using test::Library;
using test::query_of;

const Library& desk() {
  static const Library library = test::library_of(
      "skill:rota | Tells which engineer has duty for a service and how to reach them. | | Look at the calendar.\n"
      "skill:ship | Puts a release candidate on the servers of the staging cluster. | | Run it.\n"
      "skill:shop-speed | Finds out why a page loads slowly. Use when a page takes long. | | Measure.\n"
      "skill:coupons | Adds a coupon to the checkout. Use when marketing wants a discount. | | Add it.\n");
  return library;
}

RouterOptions taught(std::vector<Overlay> overlays) {
  RouterOptions options;
  options.overlays = std::move(overlays);
  return options;
}

bool is_named(const Routing& routing, std::string_view name) {
  const auto is_it = [&](const Match& match) { return desk().registry[match.id].name == name; };
  return std::any_of(routing.loaded.begin(), routing.loaded.end(), is_it) ||
         std::any_of(routing.offered.begin(), routing.offered.end(), is_it);
}

std::string loaded(const Router& router, std::string_view prompt) {
  const Routing routing = router.rank(query_of(prompt));
  return routing.loaded.empty() ? "" : std::string(desk().registry[routing.loaded.front().id].name);
}

const Symbol rota{Kind::skill, "rota"}, ship{Kind::skill, "ship"};

}  // namespace

TEST_CASE("a lesson answers its own words, however few they are") {
  const Router router = desk().router(taught({{ship, {"deploy", "put it out there"}}}));
  CHECK(loaded(desk().router(), "deploy") == "");
  for (const char* const prompt : {"deploy", "Deploy!", "put it out there"}) {
    INFO(prompt);
    CHECK(loaded(router, prompt) == "ship");
  }
  for (const char* const prompt : {"don't deploy", "who wrote the deploy script", "thanks"}) {
    INFO(prompt);
    CHECK(loaded(router, prompt) == "");
  }
  // What two were taught for is a question, and what is active is not brought again.
  CHECK(loaded(desk().router(taught({{ship, {"deploy"}}, {rota, {"deploy"}}})), "deploy") == "");
  Query again = query_of("deploy");
  again.active = {ship};
  CHECK(router.rank(again).decision == Decision::silence);
}

TEST_CASE("a lesson reaches the same ask in other words, and no other ask about its topic") {
  const Router router = desk().router(taught({{rota, {"who gets paged when the shop is down on a sunday night"}}}));
  std::size_t reached = 0;
  for (const char* const prompt :
       {"who is paged if the shop goes down at night", "shop is down, who gets paged tonight",
        "the shop went down on sunday, whom do we page", "who do we page on a sunday when the shop is down",
        "sunday night and the shop is down: who gets paged?", "who will be paged on sunday night for the shop",
        "is somebody paged when the shop is down at night", "when the shop is down at night, who gets called",
        "shop down at night, who is paged", "who gets the page when the shop is down"}) {
    const bool is_reached = is_named(router.rank(query_of(prompt)), "rota");
    if (!is_reached) UNSCOPED_INFO("not reached: " << prompt);
    reached += is_reached ? 1 : 0;
  }
  CHECK(reached == 10);
  for (const char* const prompt :
       {"the shop page is slow", "deploy the shop", "add a coupon to the shop", "write a test for the cart of the shop",
        "rename the shop folder", "translate the shop to German", "make a backup of the shop tonight",
        "the shop shows the wrong price", "plan the work for sunday", "page through the results of the search"}) {
    INFO(prompt);
    CHECK_FALSE(is_named(router.rank(query_of(prompt)), "rota"));
  }
}

}  // namespace cascade
