// Names that no mark sets off: titles, words of lists, drawings in fences, and what a manifest does or gives.
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::uses;

TEST_CASE("a title before a kind word is a name") {
  CHECK(uses("Start the Tide Watcher agent at noon.\n") == "invoked prose agent:tide-watcher");
  CHECK(uses("Then the **Lamp Keeper** subagent reports.\n") == "mentioned prose agent:lamp-keeper");
  CHECK(uses("At dusk the Rope-Splicer agent comes.\n") == "mentioned prose agent:rope-splicer");
  CHECK(uses("Load the Knot Tying Skill first.\n") == "invoked prose skill:knot-tying");
  CHECK(uses("All of it goes to Boatswain agents.\n") == "mentioned prose agent:boatswain");
  CHECK(uses("Never use the Tide Watcher agent here.\n") == "excluded prose agent:tide-watcher");
}

TEST_CASE("what begins a sentence, orders and counts are no titles") {
  CHECK(uses("Review agents twice.\n") == "");
  CHECK(uses("Use agents. Launch Agents. The Agent, Each Skill, No Command.\n") == "");
  CHECK(uses("So the Claude Code agent knows.\n") == "");
  CHECK(uses("## The Tide Watcher agent\n").find("tide-watcher") == std::string::npos);
  CHECK(uses("```\nthe Tide Watcher agent\n```\n") == "");
  CHECK(uses("Ask whoever Knows Rather Too Many Very Long Names agent.\n").find("prose") == std::string::npos);
}

TEST_CASE("an item that is one word is a name below a line that speaks of a kind") {
  CHECK(uses("Load these skills:\n\n- knots\n- sails\n") == "mentioned prose skill:knots\nmentioned prose skill:sails");
  CHECK(uses("Load these skills:\n\n- knots and more\n- Sails\n") == "");
  CHECK(uses("Mind these:\n\n- knots\n") == "");
}

TEST_CASE("a drawing or list in a fence of no language names manifests") {
  CHECK(uses("```\ntide-watch -> lamp-check\n```\n") == "mentioned prose ?:tide-watch\nmentioned prose ?:lamp-check");
  CHECK(uses("```text\n\u251c\u2500\u2500 tide-watch (reads)\n\u2514\u2500\u2500 lamp-check\n```\n") ==
        "mentioned prose ?:tide-watch\nmentioned prose ?:lamp-check");
  CHECK(uses("```\n1. tide-watch: at noon\n[lamp-check]\n```\n") ==
        "mentioned prose ?:tide-watch\nmentioned prose ?:lamp-check");
  CHECK(uses("```\nso tide-watch looks out\n```\n") == "");
  CHECK(uses("```sh\ntide-watch\n```\n") == "");
}

TEST_CASE("what a manifest does or gives follows its name") {
  CHECK(uses("Each tide-watch pass ends at noon.\n") == "mentioned prose ?:tide-watch");
  CHECK(uses("Keep tide-watch's log.\n") == "mentioned prose ?:tide-watch");
  CHECK(uses("A long-running pipeline of cold-water pipes.\n") == "mentioned prose ?:long-running");
  CHECK(uses("Put tide-watch gates up.\n") == "");
}

TEST_CASE("heads of columns tell the kind in several words and languages") {
  const auto table = [](std::string_view head, std::string_view cell) {
    return uses("| At | " + std::string(head) + " |\n|---|---|\n| noon | " + std::string(cell) + " |\n");
  };
  CHECK(table("Agent to use", "`scout`") == "mentioned table agent:scout");
  CHECK(table("Skill(s)", "knots, sails") == "mentioned table skill:knots\nmentioned table skill:sails");
  CHECK(table("Delegate to", "**scout**") == "mentioned table agent:scout");
  CHECK(table("\uc5d0\uc774\uc804\ud2b8", "`scout`") == "mentioned table agent:scout");
  CHECK(table("Habilidad", "knots") == "mentioned table skill:knots");
  CHECK(table("Handed out", "scout") == "");
}

TEST_CASE("a command may be called with the place where it lies") {
  CHECK(uses("Run `/project:ring-bell`, then /user:douse.\n") == "invoked slash ?:ring-bell\ninvoked slash ?:douse");
  CHECK(uses("Run /projects:ring-bell.\n") == "invoked slash ?:projects:ring-bell");
}

}  // namespace cascade
