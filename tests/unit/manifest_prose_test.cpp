#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::references;
using test::uses;

TEST_CASE("a code span is a reference when it is distinctive or a kind word is near") {
  CHECK(uses("See `code-reviewer` for it.\n") == "mentioned backtick ?:code-reviewer");
  CHECK(uses("Use the `reviewer` agent.\n") == "invoked backtick agent:reviewer");
  CHECK(uses("Use `checks` for it.\n") == "");
  CHECK(uses("## Agents\n\nFirst `reviewer`.\n") == "mentioned backtick agent:reviewer");
  CHECK(uses("```sh\n`code-reviewer`\n```\n") == "");
}

TEST_CASE("among names in code spans an ordinary word is none") {
  CHECK(uses("Run `oil-lamps` at dusk, `wind-clock` at noon, `dust` whenever.\n") ==
        "invoked backtick ?:oil-lamps\ninvoked backtick ?:wind-clock");
  CHECK(uses("Mind `oil-lamps`, `wind-clock`, `ring-bell` and `DUST`.\n") ==
        "mentioned backtick ?:oil-lamps\nmentioned backtick ?:wind-clock\nmentioned backtick ?:ring-bell");
}

TEST_CASE("a name stands apart behind \"under\"") {
  CHECK(uses("The table is `tides.md` under lamp-keeper (do not copy it).\n").find("lamp-keeper") != std::string::npos);
}

TEST_CASE("the word beside a name tells its kind before any other word") {
  CHECK(uses("The `plan` skill and the `coder` agent.\n") ==
        "mentioned backtick skill:plan\nmentioned backtick agent:coder");
  CHECK(uses("Agents load skill `plan` first.\n") == "invoked backtick skill:plan");
}

TEST_CASE("an ordinary word with several kind words near may be of each") {
  CHECK(uses("Skills, agents: see `plan`.\n") == "mentioned backtick skill:plan\nmentioned backtick agent:plan");
}

TEST_CASE("what leads an item of a list is probably, not surely, what the list is about") {
  CHECK(uses("Related skills:\n- `planner` - plans\n") == "mentioned backtick ?:planner");
}

TEST_CASE("in a heading an ordinary word before a kind word is a name") {
  CHECK(uses("### With planner agent\n") == "mentioned prose agent:planner");
  CHECK(uses("It works with planner agent.\n") == "mentioned prose agent:planner");
  CHECK(uses("### Your agent\n\n### A agent\n") == "");
}

TEST_CASE("words that stand for any manifest and the client's tools are none") {
  CHECK(uses("The `agent` uses `Bash` and the `Read` tool of the agent.\n") == "");
  CHECK(uses("Write `agent-name` and `your-skill`.\n") == "");
}

TEST_CASE("bold type sets off names") {
  CHECK(uses("**code-reviewer** checks.\n") == "mentioned bold ?:code-reviewer");
  CHECK(uses("The **coder** agent.\n") == "mentioned bold agent:coder");
  CHECK(uses("This is **important**.\n") == "");
}

TEST_CASE("an at sign names an agent") {
  CHECK(uses("Ask @code-reviewer.\n") == "invoked at agent:code-reviewer");
  CHECK(uses("Ask @agent-linter now.\n") == "invoked at agent:linter");
  for (std::string_view text : {"a@b.c\n", "@scope/package\n", "@decorator(x)\n", "```\n@property\n```\n"}) {
    INFO(text);
    CHECK(uses(text) == "");
  }
}

TEST_CASE("a label lists names of its kind") {
  CHECK(uses("**Agents**: `a-one`, tester (checks) and planner\n") ==
        "invoked label agent:a-one\ninvoked label agent:tester\ninvoked label agent:planner");
  CHECK(uses("- Skill: red-phase\n") == "invoked label skill:red-phase");
  CHECK(uses("Related skills: p-q, plan\n") == "mentioned label skill:p-q\nmentioned label skill:plan");
  CHECK(uses("Agent: the one that you like best\n") == "");
}

TEST_CASE("several agents in one parenthesis") {
  CHECK(uses("Three agents (code-writer, plan-maker) work.\n") ==
        "mentioned label agent:code-writer\nmentioned label agent:plan-maker");
  CHECK(uses("Tools for subagents (see `../using-x/references/`).\n").find("using-x\n") == std::string::npos);
}

TEST_CASE("relations name agents without calling them") {
  CHECK(uses("```yaml\nreports_to: team-lead\ncollaborates_with: [coder, tester]\n```\n") ==
        "mentioned label agent:team-lead\nmentioned label agent:coder\nmentioned label agent:tester");
}

TEST_CASE("a list behind a relation inside a line is one of names, and closed") {
  CHECK(uses("The crew works, reports_to: [team-lead, qa-lead]\n") ==
        "mentioned label agent:team-lead\nmentioned label agent:qa-lead");
  CHECK(uses("The crew works, reports_to: [team-lead, [qa-lead]]\n") == "");
  CHECK(uses("The crew works, reports_to: [team-lead\n") == "");
}

TEST_CASE("a YAML list under a kind lists names") {
  CHECK(uses("```yaml\nagents:\n  - coder\n  - tester # why\nother:\n  - no\n```\n") ==
        "invoked label agent:coder\ninvoked label agent:tester");
}

TEST_CASE("a column headed with a kind lists names") {
  CHECK(uses("| Agent | Job |\n| --- | --- |\n| `coder` | writes |\n| p-q, c | reads |\n") ==
        "mentioned table agent:coder\nmentioned table agent:p-q\nmentioned table agent:c");
  CHECK(uses("| Job | Time |\n| --- | --- |\n| coder | now |\n") == "");
}

TEST_CASE("a heading that is just a name, under one that speaks of a kind") {
  CHECK(uses("## Agents\n\n### 2. `code-reviewer` (fast)\n").find("mentioned heading agent:code-reviewer") == 0);
  CHECK(uses("## Steps\n\n### Overview\n") == "");
  CHECK(uses("(agents)\n===\n") == "");
}

TEST_CASE("paths name manifests") {
  CHECK(uses("Read .claude/agents/linter.md first.\n") == "mentioned path ?:.claude/agents/linter.md");
  CHECK(uses("See `code-reviewer.md`.\n") == "mentioned path ?:code-reviewer");
  CHECK(uses("See `../red-phase/`.\n") == "mentioned path ?:../red-phase/");
  CHECK(uses("See `scripts/red-phase/` and README.md.\n") == "");
  CHECK(uses("```\n[x](./c4-code.md)\n```\n") == "");
}

TEST_CASE("other programs' spawns name agents") {
  CHECK(uses("agent_spawn { type: \"coder\", name: \"x\" }\n") == "invoked spawn agent:coder");
  CHECK(uses("```\nflow agent spawn --type coder\nrun --agent tester\n```\n") ==
        "invoked spawn agent:coder\ninvoked spawn agent:tester");
}

TEST_CASE("bare names of several words need a sign") {
  CHECK(uses("Delegate to code-reviewer.\n") == "invoked prose ?:code-reviewer");
  CHECK(uses("the code-reviewer agent\n") == "mentioned prose ?:code-reviewer");
  CHECK(uses("the code-reviewer\nagent checks\n") == "mentioned prose ?:code-reviewer");
  CHECK(uses("Works with other agents:\n- Collaborate with backend-developer on APIs\n") ==
        "mentioned prose agent:backend-developer");
  CHECK(uses("A well-known and long-lived text.\n") == "");
  CHECK(uses("```\nuse code-reviewer\nthe other-one agent\n```\n") ==
        "invoked prose ?:code-reviewer\nmentioned prose ?:other-one");
  CHECK(uses("```sh\nuse code-reviewer\nthe other-one agent\n```\n") == "invoked prose ?:code-reviewer");
}

TEST_CASE("an ordinary word before a kind word is a name") {
  CHECK(uses("Flag it for the researcher agent.\n") == "mentioned prose agent:researcher");
  CHECK(uses("an agent of the agents\n") == "");
}

TEST_CASE("what a text sends elsewhere is excluded") {
  CHECK(uses("Not for style checks (use `style-audit`).\n") == "excluded backtick ?:style-audit");
  CHECK(uses("For a quick look use `quick-check` instead.\n") == "excluded backtick ?:quick-check");
  CHECK(uses("Use `full-check` instead of `quick-check`.\n") ==
        "invoked backtick ?:full-check\nexcluded backtick ?:quick-check");
  CHECK(uses("## When NOT to use\n\n- Simple cases: use `quick-check`\n\n## Steps\n\nUse `full-check`.\n") ==
        "excluded backtick ?:quick-check\ninvoked backtick ?:full-check");
  CHECK(uses("Do not use for:\n- quick looks (`quick-check`)\n\nThen use `full-check`.\n") ==
        "excluded backtick ?:quick-check\ninvoked backtick ?:full-check");
  CHECK(uses("- \xE2\x9D\x8C Bad: `@skills/x/SKILL.md`\n") == "excluded path ?:skills/x/SKILL.md");
  CHECK(uses("On a `night-run` pass it's one lamp instead.\n") == "mentioned backtick ?:night-run");
}

TEST_CASE("a negation of something else leaves the call a call") {
  CHECK(uses("If it does not compile, use `build-fixer`.\n") == "invoked backtick ?:build-fixer");
  CHECK(uses("Do not forget to run `full-check`.\n") == "invoked backtick ?:full-check");
  CHECK(uses("Do not use `quick-check`, use `full-check`.\n") ==
        "excluded backtick ?:quick-check\ninvoked backtick ?:full-check");
  CHECK(uses("Do not call `p-q`, `c-d` or `e-f`.\n") ==
        "excluded backtick ?:p-q\nexcluded backtick ?:c-d\nexcluded backtick ?:e-f");
  CHECK(uses("Never push. Use `full-check`.\n") == "invoked backtick ?:full-check");
  CHECK(uses("Do not start until you have run `full-check`.\n") == "invoked backtick ?:full-check");
}

TEST_CASE("comments are not read") { CHECK(uses("<!-- use `code-reviewer` and Skill(x-y) -->\n") == ""); }

TEST_CASE("one name on one line is one reference, of its strongest use") {
  CHECK(references("Use `code-reviewer`, then `code-reviewer` again.\n") == "?:code-reviewer@1:6");
}

TEST_CASE("a sentence governs what stands on its next line") {
  CHECK(uses("At the end run the\n`ledger-close` skill.\n") == "invoked backtick skill:ledger-close");
  CHECK(uses("- When it is done, hand it off to\n  `ledger-audit`.\n") == "invoked backtick ?:ledger-audit");
  CHECK(uses("Then delegate to\nledger-audit.\n") == "invoked prose ?:ledger-audit");
  CHECK(uses("On Fridays do not use\n`ledger-close`.\n") == "excluded backtick ?:ledger-close");
  CHECK(uses("These are what we use\n\n`ledger-close` is one.\n") == "mentioned backtick ?:ledger-close");
  CHECK(uses("- what others use\n- `ledger-close` is one.\n") == "mentioned backtick ?:ledger-close");
  CHECK(uses("Words that we use:\n`ledger-close` is one.\n") == "mentioned backtick ?:ledger-close");
}

TEST_CASE("a word for somebody who does something is an agent, where there is one") {
  CHECK(uses("Then `teller` has it.\n") == "mentioned backtick agent:teller");
  CHECK(uses("질문은 `treasurer`에게 한다.\n") == "mentioned backtick agent:treasurer");
  CHECK(uses("The skill asks, `treasurer` answers.\n") ==
        "mentioned backtick skill:treasurer\nmentioned backtick agent:treasurer");
  CHECK(uses("## Related skills\n\n- `x-y` - done by ledger-audit and others\n") ==
        "mentioned backtick ?:x-y\nmentioned prose ?:ledger-audit");
  CHECK(uses("The `count` has it; so has `Teller`.\n") == "");
}

TEST_CASE("what another command does, and what is only to be written, is no call") {
  CHECK(uses("`/close-day` dispatches `ledger-audit`.\n") ==
        "mentioned slash ?:close-day\nmentioned backtick ?:ledger-audit");
  CHECK(uses("It dispatches `ledger-audit`.\n") == "invoked backtick ?:ledger-audit");
  CHECK(uses("```markdown\n**Agent:** ledger-audit\nRun `/close-day` again.\n```\n") ==
        "mentioned label agent:ledger-audit\nmentioned slash ?:close-day");
  CHECK(uses("```\n/close-day\n  │\n  └─► count\n```\n") == "mentioned slash ?:close-day");
  CHECK(uses("Then run:\n\n```\n/close-day\n```\n") == "invoked slash ?:close-day");
}

TEST_CASE("names of several words in a row stand apart") {
  CHECK(uses("It is filled by `clerk` / ledger-audit, not by you.\n") == "mentioned prose ?:ledger-audit");
  CHECK(uses("A ledger-audit + ledger-close pair.\n") ==
        "mentioned prose ?:ledger-audit\nmentioned prose ?:ledger-close");
}

TEST_CASE("what is invoked may have an ordinary name") {
  CHECK(uses("Invoke `treasurer` with the list.\n") == "invoked backtick ?:treasurer");
  CHECK(uses("Spawn the `teller` for each branch.\n") == "invoked backtick ?:teller");
  CHECK(uses("Never invoke `teller`.\n") == "excluded backtick ?:teller");
  CHECK(uses("Call `cash` for it.\n") == "");
}

TEST_CASE("names of several words in scripts without blanks stand apart") {
  CHECK(uses("결과는 ledger-audit에게 넘긴다.\n") == "mentioned prose ?:ledger-audit");
  CHECK(uses("計算はledger-closeが行う。\n") == "mentioned prose ?:ledger-close");
  CHECK(uses("(ledger-audit·ledger-close)\n") == "mentioned prose ?:ledger-audit\nmentioned prose ?:ledger-close");
  CHECK(uses("---\ndescription: 점검은 ledger-audit가 한다\n---\n") == "mentioned prose ?:ledger-audit");
  CHECK(uses("A ledger-close(2) of old.\n") == "");
}

TEST_CASE("orders in other languages call, and their negations warn off") {
  CHECK(uses("Ensuite, invoquer `/ledger-close`.\n") == "invoked slash ?:ledger-close");
  CHECK(uses("Вызови @ledger-audit сразу.\n") == "invoked at agent:ledger-audit");
  CHECK(uses("Cuối cùng chạy `/ledger-close`.\n") == "invoked slash ?:ledger-close");
  CHECK(uses("Ne pas utiliser `/ledger-close` ici.\n") == "excluded slash ?:ledger-close");
}

}  // namespace cascade
