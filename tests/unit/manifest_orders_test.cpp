// Lists below an order, orders of other languages, and what only sounds like an order; beside each what must stay as it
// was.
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::uses;

TEST_CASE("the items below an order are called") {
  CHECK(uses("Run the harbour round with:\n\n- `oil-lamps` (the wicks)\n- **wind-clock**: the hands\n") ==
        "invoked backtick ?:oil-lamps\ninvoked bold ?:wind-clock");
  CHECK(uses("Step 2: launch the agents in parallel:\n1. `oil-lamps`\n2. wind-clock\n") ==
        "invoked backtick ?:oil-lamps\ninvoked prose agent:wind-clock");
  CHECK(uses("1. At dusk, spawn the agents:\n   - `oil-lamps`\n   - `wind-clock`\n2. `tide-table` is read\n") ==
        "invoked backtick ?:oil-lamps\ninvoked backtick ?:wind-clock\nmentioned backtick ?:tide-table");
  CHECK(uses("Invoking:\n- see `oil-lamps` for why\n") == "mentioned backtick ?:oil-lamps");
}

TEST_CASE("an item of several lines does not end the list that is called") {
  const std::string round =
      "Spawn these in turn:\n\n1. **oil-lamps** - \"Look at the wicks of each lamp,\n   and at the glass.\"\n\n"
      "   Then wait.\n\n2. **wind-clock** - the hands\n";
  CHECK(uses(round) == "invoked bold ?:oil-lamps\ninvoked bold ?:wind-clock");
  CHECK(uses("Spawn these in turn:\n- **oil-lamps**\nThe rest is done.\n- **wind-clock**\n") ==
        "invoked bold ?:oil-lamps\nmentioned bold ?:wind-clock");
  CHECK(uses("Spawn these in turn:\n- **oil-lamps**\n# Others\n- **wind-clock**\n") ==
        "invoked bold ?:oil-lamps\nmentioned bold ?:wind-clock");
  CHECK(uses("Do not use for:\n- lamps of brass,\n  which are old\n- hands, which `wind-clock` sets\n") ==
        "excluded backtick ?:wind-clock");
}

TEST_CASE("what is handed over may be named in five words, and sending it is an order at a clause's beginning") {
  for (const std::string_view order :
       {"Hand off broken quay lamps to `oil-lamps`.", "If a lamp is out, feed it to `oil-lamps`.",
        "Light it and send the count to `oil-lamps`.", "- Pass what was found to `oil-lamps`."}) {
    INFO(order);
    CHECK(uses(std::string(order) + "\n") == "invoked backtick ?:oil-lamps");
  }
  for (const std::string_view told :
       {"The wicks that they send each night to `oil-lamps` are dry.", "Ships pass on the way to `oil-lamps`.",
        "After the gale, the pass next to `oil-lamps` is shut."}) {
    INFO(told);
    CHECK(uses(std::string(told) + "\n") == "mentioned backtick ?:oil-lamps");
  }
}

TEST_CASE("what the user is doing and what a message is about call nothing") {
  CHECK(uses("The user is running `/oil-lamps` at night.\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("Show a message about using `/oil-lamps`.\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("Light it by using the main `oil-lamps` skill.\n") == "invoked backtick skill:oil-lamps");
}

TEST_CASE("an occasion, a negation and what the user does order nothing below them") {
  for (const std::string_view lead : {"Use when:", "Use this skill for:", "Run it only if:", "The user may run:",
                                      "These run at night:", "Use the lamps if any of these are out:"}) {
    INFO(lead);
    CHECK(uses(std::string(lead) + "\n- `oil-lamps`\n") == "mentioned backtick ?:oil-lamps");
  }
  CHECK(uses("Never launch:\n- `oil-lamps`\n").find("invoked") == std::string::npos);
  CHECK(uses("Run these:\n\nThe rest is below.\n\n- `oil-lamps`\n") == "mentioned backtick ?:oil-lamps");
}

TEST_CASE("who is engaged is called") {
  CHECK(uses("Engage @oil-lamps for the wicks.\n") == "invoked at agent:oil-lamps");
  CHECK(uses("Engage wind-clock on the hours.\n").find("invoked") == std::string::npos);
  CHECK(uses("Do not engage @oil-lamps.\n") == "excluded at agent:oil-lamps");
}

TEST_CASE("orders of German, French and Spanish call, with articles and kinds before the name") {
  for (const std::string_view order :
       {"Verwende den Agenten `oil-lamps`.", "Starte dann `oil-lamps`.", "Delegiere an `oil-lamps`.",
        "Lance l'agent `oil-lamps`.", "Chargez la compétence `oil-lamps`.", "Usa el agente `oil-lamps`.",
        "Delega a `oil-lamps`.", "Ejecuta el comando `oil-lamps`."}) {
    INFO(order);
    CHECK(uses(std::string(order) + "\n").find("invoked backtick") == 0);
  }
  CHECK(uses("Der Agent kennt `oil-lamps`.\n").find("invoked") == std::string::npos);
  CHECK(uses("Ne lancez jamais `oil-lamps`.\n") != "invoked backtick ?:oil-lamps");
}

TEST_CASE("a list in another language is called to its last name") {
  CHECK(uses("Nutze zusätzlich `oil-lamps`, `wind-clock` und danach `sun-dial`.\n") ==
        "invoked backtick ?:oil-lamps\ninvoked backtick ?:wind-clock\ninvoked backtick ?:sun-dial");
  CHECK(uses("Starte mit `oil-lamps`.\n") == "invoked backtick ?:oil-lamps");
  CHECK(uses("Lance `oil-lamps` et puis `sun-dial`.\n") == "invoked backtick ?:oil-lamps\ninvoked backtick ?:sun-dial");
  CHECK(uses("Usa `oil-lamps` y después `sun-dial`.\n") == "invoked backtick ?:oil-lamps\ninvoked backtick ?:sun-dial");
}

TEST_CASE("Chinese, Japanese and Korean orders call") {
  for (const std::string_view order :
       {"然后调用 `oil-lamps`。", "请使用 `oil-lamps` 技能。", "委派给 @oil-lamps。",
        "调用 `wind-clock` 和 `oil-lamps`。", "`oil-lamps` を実行する。", "`oil-lamps` スキルを使用してください。",
        "次に `oil-lamps` に委任します。", "`oil-lamps`를 호출한다.", "`oil-lamps` 스킬을 실행하세요.",
        "결과를 `oil-lamps`에게 전달한다."}) {
    INFO(order);
    const std::string found = uses(std::string(order) + "\n");
    CHECK(found.find("oil-lamps") != std::string::npos);
    CHECK(found.find("mentioned") == std::string::npos);
    CHECK(found.find("excluded") == std::string::npos);
  }
}

TEST_CASE("occasions, denials and users of these languages do not call") {
  for (const std::string_view text :
       {"使用 `oil-lamps` 时要小心。", "用户运行 `oil-lamps`。", "`oil-lamps` を実行した後に見る。",
        "`oil-lamps` が実行されたら見る。", "ユーザーが `oil-lamps` を実行する。", "`oil-lamps`를 실행한 후에 본다.",
        "사용자가 `oil-lamps`를 실행한다.", "`oil-lamps`는 램프를 본다."}) {
    INFO(text);
    CHECK(uses(std::string(text) + "\n").find("mentioned backtick") == 0);
  }
  for (const std::string_view text :
       {"不要调用 `oil-lamps`。", "`oil-lamps` を使用しないでください。", "`oil-lamps`를 실행하지 않는다."}) {
    INFO(text);
    CHECK(uses(std::string(text) + "\n").find("excluded backtick") == 0);
  }
}

TEST_CASE("what a part of another manifest does, an offer, a heading and a trigger call nothing") {
  CHECK(uses("Its post-mortem hands off to `/oil-lamps`.\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("After the gale, hand off to `/oil-lamps`.\n") == "invoked slash ?:oil-lamps");
  CHECK(uses("`/harbour-round` delegates to `oil-lamps`.\n") ==
        "mentioned slash ?:harbour-round\nmentioned label agent:oil-lamps");
  CHECK(uses("Offer to run `/oil-lamps`.\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("## Running `/oil-lamps`\n\nRun `/oil-lamps`.\n") ==
        "mentioned slash ?:oil-lamps\ninvoked slash ?:oil-lamps");
  CHECK(uses("## How to run `/oil-lamps`\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("### 2. Run `/oil-lamps`\n") == "invoked slash ?:oil-lamps");
  CHECK(uses("## Triggers\n\n- start `/oil-lamps`\n\n## Steps\n\n- start `/wind-clock`\n") ==
        "mentioned slash ?:oil-lamps\ninvoked slash ?:wind-clock");
  CHECK(uses("Trigger phrases:\n- use `oil-lamps` now\n") == "mentioned backtick ?:oil-lamps");
}

TEST_CASE("a fence inside a fence of its length belongs to it") {
  const std::string draft =
      "Write this:\n\n```markdown\n# Round\n\n```bash\nmake round\n```\n\nUse `oil-lamps` then.\n```\n";
  CHECK(uses(draft + "\nNow run `wind-clock`.\n") == "mentioned backtick ?:oil-lamps\ninvoked backtick ?:wind-clock");
  CHECK(uses(draft + "\n```sh\nmake all\n```\n\nNow run `wind-clock`.\n") ==
        "mentioned backtick ?:oil-lamps\ninvoked backtick ?:wind-clock");
  // Where a fence would stay open, or none is inside another, nothing changes.
  CHECK(uses("```markdown\nThey write ```bash\n```\n\nRun `wind-clock`.\n") == "invoked backtick ?:wind-clock");
  CHECK(uses("```markdown\n```bash\n```\n\nRun `wind-clock`.\n") == "invoked backtick ?:wind-clock");
  CHECK(uses("```\nmake\n```\n\nRun `wind-clock`.\n\n```sh\nmake\n```\n") == "invoked backtick ?:wind-clock");
}

TEST_CASE("headings and tables behind such a fence are read as such") {
  const std::string draft = "```md\n```sh\nmake\n```\n```\n\n```sh\nmake\n```\n\n";
  CHECK(uses(draft + "## When not to use\n\n- run `oil-lamps`\n\n## Steps\n\nRun `wind-clock`.\n") ==
        "excluded backtick ?:oil-lamps\ninvoked backtick ?:wind-clock");
  CHECK(uses(draft + "| Agent |\n| --- |\n| lamps |\n") == "mentioned table agent:lamps");
}

TEST_CASE("a file in a skill's folder names the skill") {
  CHECK(uses("Run `python skills/oil-lamps/scripts/wick.py` now.\n") == "mentioned path ?:skills/oil-lamps/");
  CHECK(uses("```sh\nbash ~/.claude/skills/oil-lamps/bin/wick.sh\n```\n") == "mentioned path ?:skills/oil-lamps/");
  CHECK(uses("```sh\nnode ${CLAUDE_PLUGIN_ROOT}/skills/lamps/wick.mjs\n```\n") == "mentioned path ?:skills/lamps/");
  CHECK(uses("Store it at `skills/lamps/oil-lamps/{day}/{hour}`, read skills/lamps/oil-lamps/notes.\n")
            .find("?:skills/lamps/") == std::string::npos);
  CHECK(uses("Read my-skills/oil-lamps/wick.py and skills/oil-lamps.\n").find("skills/oil-lamps/") ==
        std::string::npos);
}

TEST_CASE("keys of front matter name a parent or partners") {
  CHECK(uses(test::skill("---\nname: x\nparent: oil-lamps\nextends: wind-clock\n---\n")) ==
        "mentioned frontmatter ?:oil-lamps\nmentioned frontmatter ?:wind-clock");
  CHECK(uses(test::skill("---\nname: x\nmetadata:\n  related-skills: oil-lamps, wind-clock\n---\n")) ==
        "mentioned frontmatter ?:oil-lamps\nmentioned frontmatter ?:wind-clock");
  CHECK(uses(test::agent("---\nname: x\nhandoffs:\n  - label: Go on\n    agent: oil-lamps\n---\n")) ==
        "mentioned frontmatter ?:oil-lamps");
  CHECK(uses(test::skill("---\nname: x\ngrandparent: oil-lamps\n---\n")) == "");
}

TEST_CASE("what a manifest says it uses is called, and so are the agents of a process") {
  CHECK(uses("## Skills You Use\n\n- **oil-lamps**: the wicks\n") == "invoked bold skill:oil-lamps");
  CHECK(uses("Required agents:\n- `oil-lamps`\n").find("invoked") == 0);
  CHECK(uses("## When to use this skill\n\n- `oil-lamps` is out\n").find("invoked") == std::string::npos);
  CHECK(uses("## Downstream skills (use the output)\n\n- `oil-lamps`\n").find("invoked") == std::string::npos);
  CHECK(uses("## Related skills\n\n- `oil-lamps`\n").find("invoked") == std::string::npos);
  CHECK(uses("| Stage | Agent |\n| --- | --- |\n| dusk | oil-lamps |\n") == "invoked table agent:oil-lamps");
  CHECK(uses("| Agent | Job |\n| --- | --- |\n| oil-lamps | wicks |\n") == "mentioned table agent:oil-lamps");
  CHECK(uses("For each lamp, delegate to the agent:\n\n| Lamp | Agent |\n| --- | --- |\n| big | oil-lamps |\n") ==
        "invoked table agent:oil-lamps");
}

TEST_CASE("a skill is loaded where it is read, applied or switched to") {
  CHECK(uses("Read the `oil-lamps` skill and its page.\n") == "invoked backtick skill:oil-lamps");
  CHECK(uses("Read `oil-lamps` and its page.\n") == "mentioned backtick ?:oil-lamps");
  CHECK(uses("If skill `oil-lamps` is not there, load it with the tool.\n") == "invoked backtick skill:oil-lamps");
  CHECK(uses("Apply your loaded skills (`oil-lamps`, `wind-clock`).\n").find("mentioned") == std::string::npos);
  CHECK(uses("Switch to the **oil-lamps** skill at dusk.\n") == "invoked bold skill:oil-lamps");
  CHECK(uses("(reuse the `oil-lamps` agent if it is dark)\n") == "invoked backtick agent:oil-lamps");
  CHECK(uses("## Related\n\nFor all of it, use the **oil-lamps** skill.\n") == "invoked bold skill:oil-lamps");
}

TEST_CASE("scope, company, others and examples are no orders") {
  CHECK(uses("For the wicks, defer to `oil-lamps`.\n") == "mentioned backtick ?:oil-lamps");
  CHECK(uses("You run alongside `oil-lamps`, which looks up.\n") == "mentioned backtick ?:oil-lamps");
  CHECK(uses("- Next steps: run `/oil-lamps` at dusk\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("It is for crews that spawn `/oil-lamps` at dusk.\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("The crew reads it when running `/oil-lamps`.\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("This skill does NOT handle:\n\n- wicks (use `/oil-lamps`)\n") == "excluded slash ?:oil-lamps");
  CHECK(uses("Then remind the user:\n\n> It is dark. Run `/oil-lamps`.\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("## Examples\n\n```bash\n/oil-lamps --all\n```\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("## Steps\n\n```bash\n/oil-lamps --all\n```\n") == "invoked slash ?:oil-lamps");
  CHECK(uses("```json\n{\n  \"agent\": \"oil-lamps\"\n}\n```\n") == "mentioned label agent:oil-lamps");
}

TEST_CASE("names between scripts, in a drawing and behind an article") {
  CHECK(uses("操作は oil-lamps の仕事。\n") == "mentioned prose ?:oil-lamps");
  CHECK(uses("It is oil-lamps の all.\n") == "");
  CHECK(uses("The crew (oil-lamps \u2192 wind-clock) waits.\n") ==
        "mentioned prose ?:oil-lamps\nmentioned prose ?:wind-clock");
  CHECK(uses("---\ndescription: Spawned by the oil-lamps loop.\n---\n") == "mentioned prose ?:oil-lamps");
  CHECK(uses("```\n\u2502 Invoke `keeper` agent with: \u2502\n```\n") == "invoked backtick ?:keeper");
  CHECK(uses("Send it to **keeper** at dusk.\n") == "invoked bold ?:keeper");
  CHECK(uses("This is **better** at dusk.\n") == "mentioned bold ?:better");  // binds where an agent has the name
  CHECK(uses("Then invoke the SRE agent.\n") == "invoked prose agent:sre");
}

}  // namespace cascade
