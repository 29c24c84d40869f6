// A team's figures as they are printed.
#include <catch2/catch.hpp>

#include "usage/usage_team.h"

using namespace cascade;
using namespace cascade::rendering;

TEST_CASE("a team's figures are one document, with the difference of all members together") {
  team::Line line{"", "skill:review", {}};
  line[team::Counted::sent] = 5;
  line[team::Counted::judged] = 4;
  line[team::Counted::used] = 2;
  line[team::Counted::placebos] = 12;
  team::Line unknown{"", "skill:ship", {}};
  unknown[team::Counted::sent] = 1;
  const team::Joined joined{{line, unknown}, 2};
  const auto json = team_report(joined, {"2026-W47", "2026-W48"}, Format::json, Paint(false));
  REQUIRE(json);
  CHECK(json->find("\"members\": 2") != std::string::npos);
  CHECK(json->find("\"ppm\": 500000") != std::string::npos);
  CHECK(json->find("\"used_minus_placebo\": null") != std::string::npos);
  const auto text = team_report(joined, {"2026-W47", "2026-W48"}, Format::text, Paint(false));
  REQUIRE(text);
  CHECK(text->find("2 members, 2026-W47 to 2026-W48\n") == 0);
  CHECK(text->find("+50.0 ± ") != std::string::npos);
  CHECK_FALSE(team_report(joined, {"", ""}, Format::svg, Paint(false)));
}

TEST_CASE("what is shared can be read before it is: names and counts, nothing else") {
  team::Line line{"2026-W48", "skill:review", {}};
  line[team::Counted::tokens] = 7;
  CHECK(shared_lines({line}) ==
        R"({"week":"2026-W48","manifest":"skill:review","sent":0,"judged":0,"used":0,"placebos":0,"placebo_used":0,)"
        R"("tokens":7,"wasted_tokens":0,"loads":0,"loads_ignored":0,"offers":0,"offers_taken":0,"refused":0,)"
        R"("sessions":0})"
        "\n");
}
