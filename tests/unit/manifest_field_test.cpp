// Forms of references that real libraries write, and what only looks like one.
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::uses;

TEST_CASE("a name may begin with a digit") {
  CHECK(uses("Use the 01-planner agent.\n") == "invoked prose ?:01-planner");
  CHECK(uses("Use `3d-modeler` for it.\n") == "invoked backtick ?:3d-modeler");
  CHECK(uses("Delegate to 02-data-checker, then run /03-ship.\n") ==
        "invoked prose ?:02-data-checker\ninvoked slash ?:03-ship");
  CHECK(uses("hand over to 2nd-pass-slicer\n") == "invoked prose ?:2nd-pass-slicer");
  CHECK(uses("Task(\"t\", \"p\", \"04-writer\")\n") == "invoked task agent:04-writer");
  CHECK(uses("| Agent |\n| --- |\n| 05-tester |\n") == "mentioned table agent:05-tester");
  CHECK(uses("**06-reviewer** checks.\n") == "mentioned bold ?:06-reviewer");
  CHECK(uses("See [it](07-notes.md).\n").find("07-notes") != std::string::npos);
}

TEST_CASE("dates, ranges and versions are no names") {
  for (std::string_view text :
       {"Use 2024-10-01.\n", "Use `10-20` lines.\n", "Run 1-2 tests.\n", "Use `1.2.3-4`.\n", "/2024/10\n", "/7\n"}) {
    INFO(text);
    CHECK(uses(text) == "");
  }
}

TEST_CASE("a code span may say the kind, or how it is called") {
  CHECK(uses("Load `skill: red-phase` now.\n") == "invoked backtick skill:red-phase");
  CHECK(uses("Load `agent: linter`.\n") == "invoked label agent:linter");
  CHECK(uses("Run `code-audit mode:fast`.\n") == "invoked backtick ?:code-audit\ninvoked qualified ?:mode:fast");
  CHECK(uses("Run `code-audit depth=2`.\n") == "invoked backtick ?:code-audit");
  CHECK(uses("Call `code-audit(plan)`.\n") == "invoked backtick ?:code-audit");
  CHECK(uses("Run `apt-get install curl` and `to-string(x, 1) + 2`.\n") == "");
}

TEST_CASE("some clients call a skill with a dollar sign") {
  CHECK(uses("Then `$oil-lamps` begins; run $wind-clock at noon.\n") ==
        "mentioned slash ?:oil-lamps\ninvoked slash ?:wind-clock");
  CHECK(uses("Read `$HOME-dir`, `$prefix-x.txt` and cost-$oil-lamps.\n```sh\nrm $prefix-x\n```\n") == "");
}

TEST_CASE("below \"See also\" a label points, and a time is no order") {
  CHECK(uses("## See also\n\n- Skill: `oil-lamps`\n") == "mentioned label skill:oil-lamps");
  CHECK(uses("## See also\n\nx\n\n## Steps\n\n- Skill: `oil-lamps`\n") == "invoked label skill:oil-lamps");
  CHECK(uses("Use it when:\n\n- After running `/oil-lamps` at dusk\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("**Trigger**: `/oil-lamps` at dusk\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("- After dusk, run `/oil-lamps`\n") == "invoked slash ?:oil-lamps");
}

TEST_CASE("a wiki names a manifest") {
  CHECK(uses("It is like [[wind-clock]] there.\n") == "mentioned prose ?:wind-clock");
  CHECK(uses("It is like [skills/oil-lamps] there.\n").find("link") == std::string::npos);
}

TEST_CASE("who starts a manifest, how it is typed and its plural set a name off") {
  CHECK(uses("It was seen during oil-lamps, at noon.\n") == "mentioned prose ?:oil-lamps");
  CHECK(uses("Spawns wind-clock (once) + oil-lamps(s)\n") == "invoked prose ?:wind-clock\nmentioned prose ?:oil-lamps");
  CHECK(uses("Lit by oil-lamps at dusk, for oil-lamps -- the best; tool oil-lamps --now.\n") == "");
}

TEST_CASE("a text to be given to somebody may name manifests in code spans") {
  CHECK(uses("```\nIf the `oil-lamps` gate has run, stop.\n```\n") == "mentioned backtick ?:oil-lamps");
  CHECK(uses("```markdown\nWhy: the table of\n`wind-clock`\n```\n") == "mentioned backtick ?:wind-clock");
  CHECK(uses("```\necho `oil-lamps --now` `dust`\n```\n") == "");
}

TEST_CASE("a name may end bold type, and a label may end in \"path\"") {
  CHECK(uses("1. **Or use oil-lamps**: it is slower\n") == "invoked prose ?:oil-lamps");
  CHECK(uses("Match x-lamps** and use oil-lamps**/a.\n") == "");
  CHECK(uses("- Short path: `/oil-lamps <day>`\n") == "mentioned slash ?:oil-lamps");
  CHECK(uses("- Path: `/users`\n") == "");
}

TEST_CASE("a drawing of what follows what types no command") {
  CHECK(uses("```\n/oil-lamps \xE2\x86\x92 /wind-clock\n```\n") ==
        "mentioned slash ?:oil-lamps\nmentioned slash ?:wind-clock");
  CHECK(uses("Then run:\n```\n/oil-lamps \"wick \xE2\x86\x92 flame\"\n```\n") == "invoked slash ?:oil-lamps");
}

TEST_CASE("a folder of manifests in a code span is the manifest") {
  CHECK(uses("Use `skills/red-phase` for it.\n") == "mentioned backtick skill:red-phase");
  CHECK(uses("See `agents/linter`.\n") == "mentioned backtick agent:linter");
  CHECK(uses("Use `scripts/red-phase` for it.\n") == "");
}

TEST_CASE("a name that stands apart from its sentence may be one, and only a quotation is called") {
  CHECK(uses("Call the Skill tool with \"code-audit\".\n") == "invoked skill ?:code-audit");
  CHECK(uses("Writing tests (test-writer), security (code-audit).\n") ==
        "mentioned prose ?:test-writer\nmentioned prose ?:code-audit");
  CHECK(uses("first -> code-audit -> doc-audit\n") == "mentioned prose ?:code-audit\nmentioned prose ?:doc-audit");
  CHECK(uses("It is borrowed from code-audit; see also doc-audit.\n") ==
        "mentioned prose ?:code-audit\nmentioned prose ?:doc-audit");
  CHECK(uses("**Calls:** code-audit, doc-audit\n") == "mentioned prose ?:code-audit\nmentioned prose ?:doc-audit");
  CHECK(uses("| code-audit | reads |\n") == "mentioned prose ?:code-audit");
  CHECK(uses("Hand off to: planner (plans), code-audit (reading).\n") == "mentioned prose ?:code-audit");
}

TEST_CASE("a partner stands between a preposition and what it is for") {
  CHECK(uses("- Sends gaps to code-audit for new tests\n") == "mentioned prose ?:code-audit");
  CHECK(uses("It works with code-audit before a release.\n") == "mentioned prose ?:code-audit");
  CHECK(uses("This builds on code-audit and audits/depth. Read on.\n") == "mentioned prose ?:code-audit");
  CHECK(uses("This builds on code-audit. Read on.\n") == "mentioned prose ?:code-audit");
  CHECK(uses("What decides is told elsewhere. See\ncode-audit for all of it.\n") == "mentioned prose ?:code-audit");
  CHECK(uses("The report comes from\ncode-audit.\n") == "mentioned prose ?:code-audit");
  CHECK(uses("We ship with low-risk changes, to long-lived branches.\n") == "");
}

TEST_CASE("an ordinary word between a verb of use and the kind word is an agent") {
  CHECK(uses("- For what the code does, spawn scout agent.\n") == "invoked prose agent:scout");
  CHECK(uses("Use an archivist agent to look it up.\n") == "invoked prose agent:archivist");
  CHECK(uses("Do not use scout agents here.\n") == "excluded prose agent:scout");
  CHECK(uses("Every user agent string.\n") == "");
}

TEST_CASE("dependencies in front matter are called, and a semicolon ends a name") {
  CHECK(uses(test::skill("---\nname: x\ndependencies:\n  agents:\n    - name: linter\n      type: hard\n"
                         "  packages: [left-pad]\n---\n")) == "invoked frontmatter ?:linter");
  CHECK(uses(test::skill("---\nname: x\nmetadata:\n  skills: 'code-audit; doc-audit'\n---\n")) ==
        "invoked frontmatter skill:code-audit\ninvoked frontmatter skill:doc-audit");
}

TEST_CASE("a word with a hyphen inside its sentence is a word") {
  CHECK(uses("It is a code-audit of the well-known sort for long-running jobs.\n") == "");
  CHECK(uses("---\nname: a\ndescription: d\ntags: [code-audit, doc-audit]\n---\nx\n") == "");
}

TEST_CASE("bold type may hold the kind word") {
  CHECK(uses("**red-phase skill:** writes the test.\n") == "mentioned bold skill:red-phase");
  CHECK(uses("Use the **linter agent** first.\n") == "invoked bold agent:linter");
  CHECK(uses("**This skill:** does it. **Your agent** waits.\n") == "");
}

TEST_CASE("whoever orchestrates calls each of the list") {
  CHECK(uses("Orchestrates code-audit and doc-audit.\n") == "invoked prose ?:code-audit\ninvoked prose ?:doc-audit");
  CHECK(uses("Use code-audit, doc-audit or spell-check.\n") ==
        "invoked prose ?:code-audit\ninvoked prose ?:doc-audit\ninvoked prose ?:spell-check");
  CHECK(uses("Chains `doc-plan`, `code-audit` and `doc-audit`.\n").find("invoked backtick ?:code-audit") !=
        std::string::npos);
}

TEST_CASE("one verb goes for a list whose names say what each is for") {
  CHECK(uses(test::agent("---\nname: x\ndescription: Ships. Otherwise use doc-plan to plan, doc-write to write a plan "
                         "down, or doc-audit to check one.\n---\nx\n")) ==
        "mentioned prose ?:doc-plan\nmentioned prose ?:doc-write\nmentioned prose ?:doc-audit");
  CHECK(uses("Use it to plan, re-write to taste.\n") == "");
  CHECK(uses("USE doc-plan to plan, doc-write to write.\n") == "invoked prose ?:doc-plan\ninvoked prose ?:doc-write");
  CHECK(uses("a-b to plan, doc-write to write.\nuse , c-d to x\nuse, c-d for x\n").find("doc-write") ==
        std::string::npos);
}

TEST_CASE("whom work is handed to may have an ordinary name") {
  CHECK(uses("Delegates to:\n- `writer` for the texts\n- **`tester`** for the rest\n- nobody else\n") ==
        "mentioned label ?:writer\nmentioned label ?:tester");
  CHECK(uses("**Coordinates with:** `writer`, `tester`\n") ==
        "mentioned label agent:writer\nmentioned label agent:tester");
  CHECK(uses("Escalate to `judge` when in doubt.\n") == "invoked backtick ?:judge");
  CHECK(uses("Never hand off to the `judge`.\n") == "excluded backtick ?:judge");
  CHECK(uses("Set it to `judge`.\n") == "");
}

TEST_CASE("a list of those who get work has names, be they ordinary words") {
  CHECK(uses("Then delegate scoped work to the architect, the `tester`, and doc-writer while watching.\n") ==
        "invoked prose ?:architect\ninvoked backtick agent:tester\ninvoked prose ?:doc-writer");
  CHECK(uses("It delegates to planner and coder.\n") == "invoked label agent:planner\nmentioned prose ?:coder");
  CHECK(uses("Delegate the work to whoever is free.\n") == "");
  CHECK(uses("Delegate. Then go to sleep, rest and wake.\n") == "");
  CHECK(uses("delegate to") == "");
  CHECK(uses("delegate to the a,") == "");
}

TEST_CASE("a path may begin with the variable of the folder that it lies in") {
  CHECK(uses("```\nprompt: Read ${CLAUDE_PLUGIN_ROOT}/agents/linter.md first.\n```\n") ==
        "mentioned path ?:agents/linter.md");
  CHECK(uses("Read $CLAUDE_PLUGIN_ROOT/agents/linter.md first.\n") == "mentioned path ?:agents/linter.md");
  CHECK(uses("See `${CLAUDE_SKILL_DIR}/../plan/SKILL.md`.\n") == "mentioned path ?:../plan/SKILL.md");
  CHECK(uses("Read ${HOME}/agents/linter.md first.\n") == "");
}

TEST_CASE("a skill inside another's folder is written with both names") {
  CHECK(uses("- **plan-core/risks** says what may go wrong.\n") == "mentioned path ?:plan-core/risks");
  CHECK(uses("See also: plan-core/risks (what may go wrong).\n") == "mentioned path ?:plan-core/risks");
  CHECK(uses("```\nWhat may go wrong?\n  -> plan-core/risks\n```\n") == "mentioned path ?:plan-core/risks");
  CHECK(uses("```sh\ngit switch plan-core/risks\n```\n") == "");
  CHECK(uses("It is in ./src/plan-core, in @acme/plan-core, and at https://a.example/plan-core.\n") == "");
  CHECK(uses("Read and/or write src/plan-core.ts, a/b-c/ or x-y/$name.\n") == "");
}

TEST_CASE("a description points at others") {
  CHECK(uses(test::agent("---\nname: x\ndescription: Mends pages. For sign-up pages, see page-signup. Not "
                         "read-only.\n---\nx\n")) == "mentioned prose ?:page-signup");
}

TEST_CASE("a description leaves a matter to others at the end of a clause") {
  const auto described = [](const std::string& text) {
    return uses(test::agent("---\nname: x\ndescription: " + text + "\n---\nx\n"));
  };
  CHECK(described("Tunes one alert; noisy pages are alert-tuning.") == "mentioned prose ?:alert-tuning");
  CHECK(described("Plans it. Issues have issue-triage, known flakes belong to flaky-fix.") ==
        "mentioned prose ?:issue-triage\nmentioned prose ?:flaky-fix");
  CHECK(described("Writes stories; ranking threats is threat-modeler's.") == "mentioned prose ?:threat-modeler");
  CHECK(described("Mends it; new behaviour starts with test-first instead.") == "excluded prose ?:test-first");
  CHECK(described("Carries out a plan that was made by plan-writer.") == "mentioned prose ?:plan-writer");
  CHECK(described("Merges the settings for buffer-audit. Writes one file.") == "mentioned prose ?:buffer-audit");
  CHECK(described("Reads the crates in buffer-audit, one by one.") == "mentioned prose ?:buffer-audit");
  CHECK(described("What is well-known stays as it is after a long-running job.") == "");
  CHECK(described("Reads it for long-running jobs and in well-known places.") == "");
}

TEST_CASE("bold words that lead a list of related manifests are names") {
  CHECK(uses("## Related Skills\n\n- **copywriting**: for a rewrite\n- **Note**: none\n") ==
        "mentioned bold ?:copywriting");
  CHECK(uses("## Steps\n\n- **copywriting**: for a rewrite\n") == "");
  CHECK(uses("Related skills:\n\n- **copywriting**: for a rewrite\n- **Note**: none\n") ==
        "mentioned bold ?:copywriting");
}

TEST_CASE("a name that stands for any is none") {
  CHECK(uses("Use the task tool with `subagent_type: \"oc-agentname\"`.\n") == "");
}

TEST_CASE("the first prompt of an agent calls what it names") {
  CHECK(uses(test::agent("---\nname: linter\ndescription: d\ninitialPrompt: \"/ship it\"\n---\nx\n")) ==
        "invoked slash ?:ship");
}

TEST_CASE("a list of permissions calls nothing") {
  CHECK(uses("```json\n{ \"permissions\": { \"allow\": [\"Skill(ship-it)\", \"Task(linter-lead)\"] } }\n```\n") ==
        "mentioned skill skill:ship-it\nmentioned task agent:linter-lead");
  CHECK(uses("```json\n{ \"deny\": [ \"Agent(linter-lead)\" ] }\n```\n") == "mentioned task agent:linter-lead");
}

TEST_CASE("the command of a hook is none of ours") {
  CHECK(uses("```json\n{\n  \"command\": \"node hud/run-hud.mjs\"\n}\n```\n") == "");
}

TEST_CASE("what must never be routed to is excluded") {
  CHECK(uses("Never route to `code-audit`.\n") == "excluded backtick ?:code-audit");
  CHECK(uses("If you mistakenly call `code-audit`, stop.\n") == "excluded backtick ?:code-audit");
  CHECK(uses("Do not delegate to code-audit.\n") == "excluded prose ?:code-audit");
  CHECK(uses("Never hand off to the `linter` agent.\n") == "excluded backtick agent:linter");
  CHECK(uses("Work is never handed over to `code-audit`.\n") == "excluded backtick ?:code-audit");
  CHECK(uses("Refrain from calling the `linter` agent.\n") == "excluded backtick agent:linter");
  CHECK(uses("Under no circumstances delegate to `code-audit`.\n") == "excluded backtick ?:code-audit");
  CHECK(uses("There is no time limit: call `code-audit`.\n") == "invoked backtick ?:code-audit");
}

TEST_CASE("what stands below the occasions that a manifest is not for is excluded") {
  CHECK(uses("## Do not use this skill when\n\n- use `code-audit`\n") == "excluded backtick skill:code-audit");
  CHECK(uses("Do not use this skill when\n\n- `code-audit` fits: run code-audit\n") ==
        "excluded backtick ?:code-audit");
  CHECK(uses("**Don't use this skill when:**\n- the plan is there (`code-audit`)\n") ==
        "excluded backtick skill:code-audit");
  CHECK(uses("Skip this skill if:\n\n- you want `code-audit`\n") == "excluded backtick skill:code-audit");
  CHECK(
      uses("## Do not use this skill when\n\n### Other tools\n\nRun `code-audit`.\n\n## Steps\n\nRun `doc-audit`.\n") ==
      "excluded backtick ?:code-audit\ninvoked backtick ?:doc-audit");
}

TEST_CASE("what a program prints calls nothing") {
  CHECK(uses("Sample output:\n\n```\n/ship it\nUse code-audit next\n```\n") ==
        "mentioned slash ?:ship\nmentioned prose ?:code-audit");
  CHECK(uses("## Example output\n\n```text\n> /ship\n```\n") == "mentioned slash ?:ship");
  CHECK(uses("Run it:\n\n```\n/ship\n```\n") == "invoked slash ?:ship");
}

TEST_CASE("a prerequisite is required") {
  CHECK(uses("PREREQUISITE: Load the following skills:\n\n- `code-audit`\n- `doc-audit`\n") ==
        "required backtick ?:code-audit\nrequired backtick ?:doc-audit");
  CHECK(uses("**Prerequisite skill:** code-audit\n") == "required label skill:code-audit");
  CHECK(uses("Prerequisites: use the `code-audit` skill first.\n") == "required backtick skill:code-audit");
  CHECK(uses("> **PREREQUISITE:** Load these skills to run the recipe: `mail-box`, `file-box`\n") ==
        "required backtick skill:mail-box\nrequired backtick skill:file-box");
  CHECK(uses("> **PREREQUISITE:** Read `../box-shared/SKILL.md` for the flags.\n") ==
        "required path ?:../box-shared/SKILL.md");
  CHECK(uses("**Prerequisites:** `code-audit`, `doc-audit`\n") ==
        "required backtick ?:code-audit\nrequired backtick ?:doc-audit");
  CHECK(uses("Prerequisites: Python 3.11, as `code-audit` tells.\n") == "mentioned backtick ?:code-audit");
  CHECK(uses("## Prerequisites\n\n- Python 3.11\n- see `code-audit`\n") == "mentioned backtick ?:code-audit");
}

}  // namespace cascade
