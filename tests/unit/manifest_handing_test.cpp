// Orders that hand work on, and what looks like one: apposition, labels, steps, lists with purposes.
#include <catch2/catch.hpp>

#include "unit/manifest_text.h"

namespace cascade {

using test::uses;

TEST_CASE("a word that tells which skill, agent or command is meant stands between an order and its name") {
  CHECK(uses("Proceed to the packing skill (`crate-packer`) for the rest.\n") ==
        "invoked prose skill:packing\ninvoked backtick skill:crate-packer");  // the first where such a skill is
  CHECK(uses("Spawn the matching fully qualified subagent (`yard:crate-scout`, `yard:crate-judge`).\n") ==
        "invoked qualified agent:yard:crate-scout\ninvoked qualified agent:yard:crate-judge");
  CHECK(uses("Use the sibling `gauges` skill for exact depths.\n") == "invoked backtick skill:gauges");
}

TEST_CASE("one order leads two names, each with its purpose") {
  CHECK(uses("Once it floats, hand off to `hull-painter` (new) to paint it, then `deck-washer` to wash it.\n") ==
        "invoked backtick ?:hull-painter\ninvoked backtick ?:deck-washer");
  CHECK(uses("No berth left: use `berth-finder` to find one, then `pilot-caller` to get there.\n") ==
        "invoked backtick ?:berth-finder\ninvoked backtick ?:pilot-caller");
  CHECK(uses("The hull-painter has paint, then `deck-washer` to wash it.\n").find("invoked") == std::string::npos);
}

TEST_CASE("a skill is loaded by who works as it says") {
  CHECK(uses("Then start the lift per the `crane-rules` skill.\n") == "invoked backtick skill:crane-rules");
  CHECK(uses("Consult the sibling `gauges` skill for depths.\n") == "invoked backtick skill:gauges");
  CHECK(uses("If the `crane-rules` skill is there, use it after a lift.\n") == "invoked backtick skill:crane-rules");
  CHECK(uses("Use case: the crane-rules page was read.\n") == "");
}

TEST_CASE("what stands in brackets and what a leader does call nothing") {
  CHECK(uses("Count all crates (one row of numbers with /weigh-in).\n") == "mentioned slash ?:weigh-in");
  CHECK(uses("Return and say so (the orchestrator dispatches `crate-lifter` then).\n") ==
        "mentioned backtick ?:crate-lifter");
  CHECK(uses("**Always call the crate-lifter functions from `lib/lift.js`.**\n").find("invoked") == std::string::npos);
}

TEST_CASE("what somebody may decide or consider is no call, and who hands on calls") {
  CHECK(uses("The harbour master decides whether to load `crate-rules`.\n") == "mentioned backtick ?:crate-rules");
  CHECK(uses("When it is late, consider running `/weigh-in`.\n") == "mentioned slash ?:weigh-in");
  CHECK(uses("Finally, remind the user:\n- After the last crate, use `/weigh-in --all`\n") ==
        "mentioned slash ?:weigh-in");
  CHECK(uses("The crate-judge will:\n1. Weigh it\n2. Judge it using crate-rules\n").find("invoked") ==
        std::string::npos);
  CHECK(uses("1. Judge it.\n   The crate-judge will:\n   - Weigh it using crate-rules\n2. Go on:\n   - Run the "
             "`crate-packer` agent.\n")
            .find("invoked backtick agent:crate-packer") != std::string::npos);
  CHECK(uses("- Stop - I'll run /weigh-in myself first\n") == "mentioned slash ?:weigh-in");
  CHECK(uses("\xE8\xAF\xB7\xE5\x91\x8A\xE7\x9F\xA5\xE4\xBD\xBF\xE7\x94\xA8 `/weigh-in` "
             "\xE5\x91\xBD\xE4\xBB\xA4\n") == "mentioned slash ?:weigh-in");
  CHECK(uses("Use the `Skill(command='crate-rules')` for a lift.\n") == "invoked skill skill:crate-rules");
  CHECK(uses("Hands the list to the `crate-packer` agent.\n") == "invoked backtick agent:crate-packer");
  CHECK(uses("The `crane` hands the list to the `crate-packer` agent.\n").find("invoked") == std::string::npos);
}

TEST_CASE("words of a request and what a program takes are no commands") {
  CHECK(uses("- Command: weigh, weigh-all, scale\n").find("invoked") == std::string::npos);
  CHECK(uses("```\npython crane.py <command>\n```\n\nCommands: `lift`, `lower`.\n").find("invoked") ==
        std::string::npos);
  CHECK(uses("# Rights\n\n```\npython crane.py <command>\n```\n\n# Crew\n\nCommands: `lift`, `stack`.\n") ==
        "invoked label command:lift\ninvoked label command:stack");
}

TEST_CASE("a step that names its purpose calls what its arrow leads to") {
  CHECK(
      uses("After approval by the user, invoke the following skills in turn \xE2\x80\x94 do not wait between them:\n\n"
           "1. **Pack** \xE2\x86\x92 `Skill: yard:crate-packer`\n   With the list.\n\n"
           "2. **Ship** \xE2\x86\x92 `Skill: yard:crate-shipper`\n") ==
      "invoked qualified ?:yard:crate-packer\ninvoked qualified ?:yard:crate-shipper");
  CHECK(uses("Invoke: yard-director with request \"lift\".\n") == "invoked prose ?:yard-director");
}

TEST_CASE("a list below an order to invoke one skill is called, a list of occasions is not") {
  CHECK(uses("Before you begin, invoke this skill to weigh crates:\n\n- `crate-packer`\n") ==
        "invoked backtick ?:crate-packer");
  CHECK(uses("Invoke these skills first. They are no agents, never pass them on:\n\n- `crate-packer`\n") ==
        "invoked backtick ?:crate-packer");
  CHECK(uses("Invoke this skill for:\n\n- `crate-packer` lists\n").find("invoked") == std::string::npos);
  CHECK(uses("Use this skill when:\n\n- `crate-packer` fails\n").find("invoked") == std::string::npos);
  CHECK(uses("USE AGENT: yard-hand with the list\n") == "invoked label agent:yard-hand");
}

TEST_CASE("the file of a skill that is to be read is the skill") {
  CHECK(uses("CRITICAL: Read [knots](../knots/SKILL.md) for the first line.\n") == "invoked link ?:../knots/SKILL.md");
  CHECK(uses("Then you must read `../knots/SKILL.md`.\n") == "invoked path ?:../knots/SKILL.md");
  CHECK(uses("What others have read `../knots/SKILL.md` for.\n") == "mentioned path ?:../knots/SKILL.md");
}

TEST_CASE("a rule across the page ends what the text is not for") {
  CHECK(uses("## When NOT to use\n\n- Depths: use `sea-gauger`\n\n---\n\nUse the `crane-rules` skill for lifts.\n") ==
        "excluded backtick ?:sea-gauger\ninvoked backtick skill:crane-rules");
}

TEST_CASE("a Korean or Japanese step said as a noun calls, an occasion does not") {
  CHECK(uses("1. Agent tool\xEB\xA1\x9C `crate-lifter` \xEC\x97\x90\xEC\x9D\xB4\xEC\xA0\x84\xED\x8A\xB8 "
             "\xED\x98\xB8\xEC\xB6\x9C (yard)\n") == "invoked backtick agent:crate-lifter");
  CHECK(uses("`crate-lifter` \xEC\x97\x90\xEC\x9D\xB4\xEC\xA0\x84\xED\x8A\xB8 \xED\x98\xB8\xEC\xB6\x9C \xED\x9B\x84\n")
            .find("invoked") == std::string::npos);
}

TEST_CASE("a bare name of a description is a mention in a list, between words of its form and behind an arrow") {
  const auto of = [](std::string_view description) {
    return uses(test::skill("---\nname: review\ndescription: >-\n  " + std::string(description) + "\n---\n"));
  };
  CHECK(of("Use when crate-lifter, crate-packer, or crate-shipper needs rope.") ==
        "mentioned prose ?:crate-lifter\nmentioned prose ?:crate-packer\nmentioned prose ?:crate-shipper");
  CHECK(of("Distinct from lifting (cranes) and crate-packer (boxes).") == "mentioned prose ?:crate-packer");
  CHECK(of("The same for many \xE2\x86\x92\n  crate-packer.") == "mentioned prose ?:crate-packer");
  CHECK(of("Mends what the crate-packer orchestrator leaves.") == "mentioned prose ?:crate-packer");
}

TEST_CASE("who loads and follows what is written somewhere calls the skill") {
  CHECK(uses("Load and follow the instructions in the `crate-rules` skill at the crane.\n") ==
        "invoked backtick skill:crate-rules");
  CHECK(uses("Load and follow the steps in `skills/crate-rules/SKILL.md`.\n") ==
        "invoked path ?:skills/crate-rules/SKILL.md");
  CHECK(uses("The steps in `skills/crate-rules/SKILL.md` are long.\n") ==
        "mentioned path ?:skills/crate-rules/SKILL.md");
  CHECK(uses("Invoke `agents/crate-judge` through the Task tool.\n") ==
        "invoked path ?:agents/crate-judge\ninvoked backtick agent:crate-judge");
  CHECK(uses("The folder `agents/crate-judge` is old.\n") ==
        "mentioned path ?:agents/crate-judge\nmentioned backtick agent:crate-judge");
  CHECK(uses("Delegate the count to the fitting skill: `/weigh-in`.\n") ==
        "invoked prose skill:fitting\ninvoked slash ?:weigh-in");  // the first where such a skill is
}

TEST_CASE("a kind word of another language before the name tells which manifest is meant") {
  CHECK(uses("Para el peso, invoca el agente **crate-scales**.\n") == "invoked bold agent:crate-scales");
  CHECK(uses("Usa el comando `weigh-in` primero.\n") == "invoked backtick command:weigh-in");
}

TEST_CASE("in Japanese the kind may stand in the bold type of the name, and the verb behind a bare name") {
  CHECK(uses("先に **crate-rules スキル**を使う。\n") == "invoked bold skill:crate-rules");
  CHECK(uses("**crate-rules スキル**は古い。\n") == "mentioned bold skill:crate-rules");
  CHECK(uses("先に crate-rules スキルを使う。\n").find("invoked prose") == 0);
  CHECK(uses("ユーザーが crate-rules スキルを使う。\n").find("invoked") == std::string::npos);
}

}  // namespace cascade
