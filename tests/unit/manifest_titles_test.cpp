// Names that no mark sets off: titles, words of lists, drawings in fences, and what a manifest does or gives.
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::uses;

TEST_CASE("a title before a kind word is a name") {
  CHECK(uses("Start the Tide Watcher agent at noon.\n") == "invoked prose agent:tide-watcher");
  CHECK(uses("Then the **Lamp Keeper** subagent reports.\n") == "mentioned prose agent:lamp-keeper");
  CHECK(uses("At dusk the Rope-Splicer agent comes.\n") ==
        "mentioned prose ?:Rope-Splicer\nmentioned prose agent:rope-splicer");  // written so, or as most names are
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
  CHECK(uses("These skills help:\n\n- knots\n- sails\n") == "mentioned prose skill:knots\nmentioned prose skill:sails");
  CHECK(uses("Load these skills:\n\n- knots\n- sails\n") == "invoked prose skill:knots\ninvoked prose skill:sails");
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
  CHECK(uses("A long-running pipeline of cold-metal pipes.\n") == "mentioned prose ?:long-running");
  CHECK(uses("Put tide-watch gates up.\n") == "");
}

TEST_CASE("a kind word may stand before a name of several words") {
  CHECK(uses("On fog: skill tide-watch (twice), agent bell-ringer.\n") ==
        "mentioned prose ?:tide-watch\nmentioned prose ?:bell-ringer");
  CHECK(uses("The agent reports tide-watch twice. Skills well-known here.\n") == "");
}

TEST_CASE("a name may have capitals when each of its words has one") {
  CHECK(uses("Hand it to Tide-Watcher.\n") == "mentioned prose ?:Tide-Watcher");
  CHECK(uses("Hand it to Tide-watchers, for Self-review.\n") == "");
  CHECK(uses("Set `agent: \"Tide-Watcher\"` there.\n") == "mentioned backtick agent:Tide-Watcher");
}

TEST_CASE("a word before a kind word in a drawing is a name") {
  CHECK(uses("```\nDUSK -> scout agent (twice)\n```\n") == "mentioned prose agent:scout");
  CHECK(uses("```\nthen scout agent looks\n```\n") == "");
}

TEST_CASE("a call may give its agent without quotes before the task") {
  CHECK(uses("```\nTask(tide-watch, \"look out\")\n```\n") == "invoked task agent:tide-watch");
  CHECK(uses("```\nTask(scout,\n  \"look out\")\n```\n") == "invoked task ?:scout");
}

TEST_CASE("occasions and what the user does are no calls") {
  CHECK(uses("1. When to use /ring-bell\n") == "mentioned slash ?:ring-bell");
  CHECK(uses("The user runs /ring-bell then.\n") == "mentioned slash ?:ring-bell");
  CHECK(uses("Take this up when:\n\n- Running /ring-bell, /douse or /snuff\n") ==
        "mentioned slash ?:ring-bell\nmentioned slash ?:douse\nmentioned slash ?:snuff");
  CHECK(uses("---\ndescription: Rings. Triggers: \"/ring-bell\", /douse.\n---\n") ==
        "mentioned slash ?:ring-bell\nmentioned slash ?:douse");
  CHECK(uses("When fog comes, use /ring-bell. Fog triggers /douse.\n") ==
        "invoked slash ?:ring-bell\ninvoked slash ?:douse");
}

TEST_CASE("heads of columns tell the kind in several words and languages") {
  const auto table = [](std::string_view head, std::string_view cell) {
    return uses("| At | " + std::string(head) + " |\n|---|---|\n| noon | " + std::string(cell) + " |\n");
  };
  CHECK(table("Agent to use", "`scout`") == "mentioned table agent:scout");
  CHECK(table("Skill(s)", "knots, sails") == "mentioned table skill:knots\nmentioned table skill:sails");
  CHECK(table("Delegate to", "**scout**") == "invoked table agent:scout");
  CHECK(table("\uc5d0\uc774\uc804\ud2b8", "`scout`") == "mentioned table agent:scout");
  CHECK(table("Habilidad", "knots") == "mentioned table skill:knots");
  CHECK(table("Handed out", "scout") == "");
}

TEST_CASE("a command may be called with the place where it lies") {
  CHECK(uses("Run `/project:ring-bell`, then /user:douse.\n") == "invoked slash ?:ring-bell\ninvoked slash ?:douse");
  CHECK(uses("Run /projects:ring-bell.\n") == "invoked slash ?:projects:ring-bell");
}

TEST_CASE("bold type that holds one word and the kind word is a name") {
  CHECK(uses("**Extra agents:**\n") == "");
  CHECK(uses("**Weigher agent** of old.\n") == "");
}

TEST_CASE("a bold title that leads an item may be the name of an agent") {
  CHECK(uses("- **Yard Engineer** \xE2\x80\x94 cranes\n- **OreBoat Weigher**: weight\n") ==
        "mentioned prose ?:yard-engineer\nmentioned prose ?:oreboat-weigher");
  CHECK(uses("- **Yard Rules** \xE2\x80\x94 cranes\n- **Yard and Engineer**: no\n- The **Yard Engineer** waits\n") ==
        "");
}

TEST_CASE("a dollar sign in a code span calls a skill, be it an ordinary word") {
  CHECK(uses("Run `$stock`, then go on with `$crate-count`.\n") ==
        "invoked slash ?:stock\ninvoked slash ?:crate-count");
  CHECK(uses("Set `$HOME`, `$x` and `${stock}`; $stock is no name.\n") == "");
  CHECK(uses("```bash\necho `$stock`\n```\n") == "");
}

TEST_CASE("a name in humps is somebody who does something, or stands before its kind") {
  CHECK(uses("Then ask `CrateCounter` for a list.\n") == "invoked backtick ?:CrateCounter");
  CHECK(uses("- **CrateCounter**: what for\n") == "mentioned bold ?:CrateCounter");
  CHECK(uses("Use the YardAgent agent, not YardAgent commands.\n").find("?:YardAgent") != std::string::npos);
  CHECK(uses("Read `CrateList` and **JavaScript**.\n") == "");
}

}  // namespace cascade
