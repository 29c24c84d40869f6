// Names in lists, tables and drawings: who is called there, who is only told of.
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade {
using test::uses;

TEST_CASE("what stands below a verb in a table is called") {
  const auto table = [](const std::string& head, const std::string& cell) {
    return uses("| Wind | " + head + " |\n|---|---|\n| north | " + cell + " |\n");
  };
  CHECK(table("Invoke", "`/reef-sails`") == "invoked slash ?:reef-sails");
  CHECK(table("Invoke", "`/reef-sails` or `/douse --all`") == "invoked slash ?:reef-sails\ninvoked slash ?:douse");
  CHECK(table("Launch", "`reef-sails`").find("invoked") == 0);
  CHECK(table("Skill to invoke", "`knots`") == "invoked table skill:knots");
  CHECK(table("Agent to spawn", "`scout`") == "invoked table agent:scout");
  CHECK(table("Invoked at", "`/reef-sails`") == "mentioned slash ?:reef-sails");
  CHECK(uses("## Related\n\n| Wind | Invoke |\n|---|---|\n| north | `/reef-sails` |\n") ==
        "mentioned slash ?:reef-sails");
}

TEST_CASE("one verb leads a list whose names say what each is for") {
  CHECK(uses("- **Sail**: Use `/reef-sails` for storms, `/douse` for fire, and `/weigh` to count crates.\n") ==
        "invoked slash ?:reef-sails\ninvoked slash ?:douse\ninvoked slash ?:weigh");
  CHECK(uses("Use `/reef-sails` for storms, or read how `/douse` works.\n") ==
        "invoked slash ?:reef-sails\nmentioned slash ?:douse");
  CHECK(uses("Do not use `/reef-sails` for storms, `/douse` for fire.\n").find("invoked") == std::string::npos);
}

TEST_CASE("a number or article between a verb and a name changes nothing") {
  CHECK(uses("Invoke one `crate-counter` agent per hold.\n") == "invoked backtick agent:crate-counter");
  CHECK(uses("Spawn a fresh `crate-counter` agent.\n") == "invoked backtick agent:crate-counter");
}

TEST_CASE("below a heading such as Related a name's description calls nothing") {
  CHECK(uses("## Related Commands\n\n- `/weigh` - Execute with crate-counter\n- Use `/douse` for fire\n") ==
        "mentioned slash ?:weigh\nmentioned prose ?:crate-counter\ninvoked slash ?:douse");
  CHECK(uses("## Related\n\n## Steps\n\n- First run `/weigh`\n") == "invoked slash ?:weigh");
}

TEST_CASE("who has a task in a drawing is named there") {
  CHECK(uses("```\nhold: crate-counter \u2192 list\n```\n") == "mentioned prose ?:crate-counter");
}

TEST_CASE("a name whose last word is somebody who does something is named anywhere in a sentence") {
  CHECK(uses("The crate-counter keeps its own list.\n") == "mentioned prose ?:crate-counter");
  CHECK(uses("(Filled in by hold-planning-agent)\n") == "mentioned prose ?:hold-planning-agent");
  CHECK(uses("The crate-count keeps its own list.\n") == "");
  CHECK(uses("```\nthe crate-counter keeps a list\n```\n") == "");
  CHECK(uses("See docs/crate-counter/list.txt.\n") == "");
}

TEST_CASE("an arrow in a description sends a task to the name behind it") {
  CHECK(uses("---\ndescription: Counts crates. For fish and salt\u2192yard-weighing.\n---\nx\n") ==
        "mentioned prose ?:yard-weighing");
}

TEST_CASE("a column headed by an invocation holds what is typed") {
  CHECK(uses("| # | Skill Invocation |\n|---|---|\n| 1 | `yard:weigh --all` |\n") == "invoked qualified ?:yard:weigh");
  CHECK(uses("| # | Phone call |\n|---|---|\n| 1 | `weigh` |\n") == "");
}

TEST_CASE("an order may be given again, or for a step of a list") {
  CHECK(uses("Re-invoke `yard:weigh` with the list.\n") == "invoked qualified ?:yard:weigh");
  CHECK(uses("Re-run /weigh.\n") == "invoked slash ?:weigh");
  CHECK(uses("Run step 1 (`crate-count`) on deck.\n") == "invoked backtick ?:crate-count");
}

TEST_CASE("a message below its announcement calls what must have run first, and nothing else") {
  CHECK(uses("If there is no list, report to the user and stop:\n\n```text\nNo list. Run yard:weigh.\n```\n") ==
        "mentioned qualified ?:yard:weigh");
  CHECK(uses("If there is none, stop with:\n\n> Run `crate-count`\n> or `yard:weigh`.\n\nRun /douse.\n") ==
        "mentioned backtick ?:crate-count\nmentioned qualified ?:yard:weigh\ninvoked slash ?:douse");
  CHECK(
      uses("If there is none, stop with:\n\n> No list. Run `crate-count`\n> or `yard:weigh` first.\n\nRun /douse.\n") ==
      "invoked backtick ?:crate-count\ninvoked qualified ?:yard:weigh\ninvoked slash ?:douse");
  CHECK(uses("Then:\n\n> Run `crate-count` first.\n") == "invoked backtick ?:crate-count");
  CHECK(uses("Report:\n\n> Ready to run /count: no \u2014 mend the scales above first.\n") ==
        "mentioned slash ?:count");
}

TEST_CASE("instead may stand on the line below the name") {
  CHECK(uses("---\ndescription: Counts crates. For barrels, use crate-count\n  instead.\n---\nx\n") ==
        "excluded prose ?:crate-count");
  CHECK(uses("Use `crate-count`\nto count. Do instead what you like.\n") == "invoked backtick ?:crate-count");
}

TEST_CASE("a code span may hold a name with its arguments") {
  CHECK(uses("Invoke `crate-count add <path>` now.\n") == "invoked backtick ?:crate-count");
  CHECK(uses("Invoke `crate-count --all` now.\n") == "invoked backtick ?:crate-count");
  CHECK(uses("Invoke `crate-count add all` now.\n") == "");
  CHECK(uses("Load `Use skill: crate-count` first.\n") == "invoked backtick skill:crate-count");
  CHECK(uses("The `crate-count 3.5` is old.\n") == "");
}

TEST_CASE("a bold word before a kind word is a name") {
  CHECK(uses("Then load the **knots** skill.\n") == "invoked bold skill:knots");
  CHECK(uses("These **two** skills are old.\n") == "");
}

TEST_CASE("a list of dependencies may name manifests among packages") {
  CHECK(uses("---\nname: x\ndescription: y\ndependencies: [\"plugin:yard\", \"skill:knots\", curl]\n---\nx\n") ==
        "required frontmatter skill:knots");
}

TEST_CASE("skills that a line has the reader read are loaded") {
  const std::string item = "- `.claude/skills/knot-lore/SKILL.md` - knots\n";
  CHECK(uses("Before you sail, read these skills:\n" + item) == "invoked path ?:.claude/skills/knot-lore/SKILL.md");
  CHECK(uses("**[MANDATORY]** Reference these skills on deck:\n" + item).starts_with("invoked"));
  CHECK(uses("Read these logs before you sail:\n" + item).starts_with("mentioned"));
  CHECK(uses("## Required Skills\n\nFor a storm:\n" + item).starts_with("invoked"));
  CHECK(uses("## Other Skills\n\nFor a storm:\n" + item).starts_with("mentioned"));
  CHECK(uses("If you want to read these skills:\n" + item).starts_with("mentioned"));
}

TEST_CASE("who does a phase of a process is called") {
  CHECK(uses("```\nPhase 2: crate-counter \u2192 list\n```\n") == "invoked prose ?:crate-counter");
  CHECK(uses("1. Step 3: crate-counter counts.\n").starts_with("invoked"));
  CHECK(uses("```\nStarting phase 2: crate-counter \u2192 list\n```\n") == "mentioned prose ?:crate-counter");
  CHECK(uses("```\nHold 2: crate-counter \u2192 list\n```\n") == "mentioned prose ?:crate-counter");
}

TEST_CASE("a label for what there is calls nothing") {
  CHECK(uses("- **Core agents**: scout, crate-counter\n") ==
        "mentioned label agent:scout\nmentioned label agent:crate-counter");
  CHECK(uses("- **Deck agents**: scout\n") == "invoked label agent:scout");
}

TEST_CASE("a colon, a purpose or a partner sets a name off") {
  CHECK(uses("NEXT: yard-weighing to weigh it.\n") == "mentioned prose ?:yard-weighing");
  CHECK(uses("```\nNext stop: yard-weighing\n```\n") == "mentioned prose ?:yard-weighing");
  CHECK(uses("Lists for crate-count and yard-weighing to use.\n").find("yard-weighing") != std::string::npos);
  CHECK(uses("---\ndescription: Part of the yard-weighing pipeline.\n---\nx\n") == "mentioned prose ?:yard-weighing");
  CHECK(uses("It is yard-weighing at its best.\n") == "");
}

TEST_CASE("each name of a list that one verb leads is called") {
  CHECK(uses("Orchestrates the crew: `tide-watch` \u2192 `crate-count` \u2192 `yard-weigh`.\n") ==
        uses("Orchestrates the crew: `tide-watch`, `crate-count` and `yard-weigh`.\n"));
  CHECK(uses("Use `tide-watch` \u2192 `crate-count`.\n") ==
        "invoked backtick ?:tide-watch\ninvoked backtick ?:crate-count");
  CHECK(uses("Use the **scout**, **tallier** and **crate-count** skills.\n").find("invoked bold skill:crate-count") !=
        std::string::npos);
  CHECK(uses("Use the **scout** of the crate-count skill.\n").find("invoked") == std::string::npos);
}

TEST_CASE("a column that orders a use calls what stands in it") {
  const std::string rows = "|---|---|\n| Crates | `crate-count` |\n";
  CHECK(uses("| Load | Use this skill |\n" + rows) == "invoked table skill:crate-count");
  CHECK(uses("| Load | Use this scale / skill |\n" + rows) == "invoked table skill:crate-count");
  CHECK(uses("| Load | Use this skill when |\n" + rows).find("invoked") == std::string::npos);
  CHECK(uses("## When not to use\n\n| Load | Use this skill |\n" + rows) == "excluded table skill:crate-count");
}

TEST_CASE("a step that is a command and nothing else runs it") {
  const std::string steps = "1. `/yard:plan $ARGUMENTS`\n2. **Write it down**\n3. `/weigh`\n";
  CHECK(uses("Run these in turn. Do nothing else.\n\n" + steps) == "invoked slash ?:yard:plan\ninvoked slash ?:weigh");
  CHECK(uses("## Example\n\n" + steps).find("invoked") == std::string::npos);
  CHECK(uses("Next steps:\n\n" + steps).find("invoked") == std::string::npos);
  CHECK(uses("1. `/weigh` weighs it.\n- `/weigh`\n").find("invoked") == std::string::npos);
}

TEST_CASE("how another command does its work calls nothing") {
  CHECK(uses("`/ship-it` loads it and closes by running `/weigh`.\n").find("invoked") == std::string::npos);
  CHECK(uses("End the day by running `/weigh`.\n") == "invoked slash ?:weigh");
}

TEST_CASE("an arrow before a bold word sends the reader there") {
  CHECK(uses("- **What a crate weighs** is **little**.\n") == "");
}

TEST_CASE("options are offered") {
  CHECK(uses("**Options:**\n1. **Go on** - Run `/weigh` (it finds the list)\n") == "mentioned slash ?:weigh");
  CHECK(uses("**Order:**\n1. **Go on** - Run `/weigh` (it finds the list)\n") == "invoked slash ?:weigh");
}

TEST_CASE("what is fallen back to is called") {
  CHECK(uses("If that fails, fall back to `crate-count`.\n") == "invoked backtick ?:crate-count");
  CHECK(uses("The user may fall back to `crate-count`.\n") == "mentioned backtick ?:crate-count");
}

}  // namespace cascade
