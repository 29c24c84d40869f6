// What a text must say before a name in it is a call: that its reader is to do it, now.
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::uses;

TEST_CASE("a command in code is called where the text above orders it") {
  const auto below = [](const std::string& lead) { return uses(lead + "\n\n```\n/take-stock\n```\n"); };
  for (const char* lead :
       {"Then run:", "After the round, invoke the count again:", "**Use the Skill tool:**", "Then:", "## Step 2: Count",
        "### Phase 1", "## Steps", "## Mandatory check", "## Run the count", "## Step 3\n\nThe list is there:"})
    CHECK(below(lead) == "invoked slash ?:take-stock");
  for (const char* lead : {"# Stock", "The count:", "To start a count:", "You can run:", "Users run:", "For example:",
                           "## How to run it", "## Running it", "## Next steps", "## Step 3\n\nYou may type:"})
    CHECK(below(lead) == "mentioned slash ?:take-stock");
  CHECK(uses("```\n/take-stock\n```\n") == "mentioned slash ?:take-stock");
  CHECK(uses("## Example counts\n\n### Step 1: Count\n\n```\n/take-stock\n```\n") == "mentioned slash ?:take-stock");
}

TEST_CASE("an order in a line of code is one where the text above orders it, or where it must come first") {
  CHECK(uses("# Stock\n\n```\nAll counted.\nRun /take-stock to see them.\n```\n") == "mentioned slash ?:take-stock");
  CHECK(uses("# Stock\n\n```\nRun /take-stock first.\n```\n") == "invoked slash ?:take-stock");
  CHECK(uses("Then do this:\n\n```\nRun /take-stock to see them.\n```\n") == "invoked slash ?:take-stock");
}

TEST_CASE("a quotation that speaks to somebody is a message") {
  CHECK(uses("> \"There is no list. Shall we:\n> 1. **Make one**: run `/take-stock`\n> 2. Go on\"\n") ==
        "mentioned slash ?:take-stock");
  CHECK(uses("If it is there, ask:\n> - Start with `/take-stock`\n") == "mentioned slash ?:take-stock");
  CHECK(uses("> All is counted.\n>\n> When your crates move, run `/take-stock`.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("> **Note**: You must run `/take-stock` at noon.\n") == "invoked slash ?:take-stock");
  CHECK(uses("> **Crates only**: use `yard:count`.\n") == "invoked qualified ?:yard:count");
}

TEST_CASE("the items below what is to be asked or told are messages") {
  CHECK(uses("Present the choices:\n\n- Run `/take-stock`\n- Use `yard:count`\n") ==
        "mentioned slash ?:take-stock\nmentioned qualified ?:yard:count");
  CHECK(uses("If none is left, offer:\n  1. Run `/take-stock`\n") == "mentioned slash ?:take-stock");
  CHECK(uses("3. If it is shut, tell them:\n   - It is shut\n   - Or run `/take-stock`\n\n4. Run `/weigh-in`\n") ==
        "mentioned slash ?:take-stock\ninvoked slash ?:weigh-in");
  CHECK(uses("Show the list and run the count:\n- Use `yard:count`\n") == "invoked qualified ?:yard:count");
  CHECK(uses("Ask for the list. Go on like this:\n- Use `yard:count`\n") == "invoked qualified ?:yard:count");
}

TEST_CASE("a question orders nothing") {
  CHECK(uses("- Start the round with `/take-stock`?\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Is it wet? Run `/take-stock`. Is it dry?\n") == "invoked slash ?:take-stock");
}

TEST_CASE("sections about when, limits and advice tell who else there is") {
  for (const char* heading : {"When to use", "Limitations", "Quick reference", "Troubleshooting", "Suggestions"})
    CHECK(uses("## " + std::string(heading) + "\n\nFor weights, use `crate-weigher`.\n") ==
          "mentioned backtick ?:crate-weigher");
  CHECK(uses("## Weights\n\nFor weights, use `crate-weigher`.\n") == "invoked backtick ?:crate-weigher");
  CHECK(uses("## Integration with other commands\n\n- Use `/weigh-in` behind it\n- Use `crate-weigher`\n") ==
        "mentioned slash ?:weigh-in\ninvoked backtick command:crate-weigher");
  CHECK(uses("## When to use\n\nRun `/weigh-in` first if the scales are new.\n") == "invoked slash ?:weigh-in");
  CHECK(uses("## When to use\n\n**If it is wet, run `/dry` first.**\nThen go on.\n") == "invoked slash ?:dry");
  CHECK(uses("## Cross-references\n\n- Skill: `crate-count` (all rules)\n").find("invoked") == std::string::npos);
}

TEST_CASE("what is possible is not ordered") {
  CHECK(uses("- Can invoke `/take-stock` for a list\n") == "mentioned slash ?:take-stock");
  CHECK(uses("You may need to call crate-weigher.\n") == "mentioned prose ?:crate-weigher");
  CHECK(uses("Stage 2 can also use the `crate-weigher` agent.\n") == "mentioned backtick agent:crate-weigher");
  CHECK(uses("When you can, use `crate-weigher`.\n") == "invoked backtick ?:crate-weigher");
}

TEST_CASE("a menu, and what the user knows or is ready for, are no orders") {
  CHECK(uses("```\n[1] Call crate-weigher to weigh\n```\n") == "mentioned prose ?:crate-weigher");
  CHECK(uses("- [ ] User knows to run `/weigh-in` next\n") == "mentioned slash ?:weigh-in");
  CHECK(uses("- Ready to delegate to crate-weigher\n") == "mentioned prose ?:crate-weigher");
  CHECK(uses("- Delegate to crate-weigher\n") == "invoked prose ?:crate-weigher");
}

TEST_CASE("another case has another manifest") {
  CHECK(uses("- Weigh them (use the crate-weigher skill for that)\n").find("excluded") == 0);
  CHECK(uses("For most yards, use `crate-weigher`.\n") == "invoked backtick ?:crate-weigher");
  CHECK(uses("For wet yards, use `crate-weigher`.\n") == "invoked backtick ?:crate-weigher");
}

TEST_CASE("how somebody who types commands does it is told") {
  CHECK(uses("To free a crate, use `/lift`.\n") == "mentioned slash ?:lift");
  CHECK(uses("Run `/take-stock` to see your crates.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Your only job is to use the `/take-stock` command.\n") == "invoked slash ?:take-stock");
  CHECK(uses("Add your crates, then use `/weigh-in`.\n") == "mentioned slash ?:weigh-in");
  CHECK(uses("It makes the list. Use `/weigh-in` afterward to fill it.\n") == "mentioned slash ?:weigh-in");
  CHECK(uses("To free a crate, use the `lifter` agent.\n") == "invoked backtick agent:lifter");
}

TEST_CASE("a program's subcommand is no call of the skill that has its name") {
  CHECK(uses("Invoke `crate-count start <list>` here.\n") == "invoked backtick ?:crate-count");
}

TEST_CASE("a program that the manifest may run is no skill of its name") {
  const auto in = [](const std::string& tools) {
    return uses("---\nallowed-tools: " + tools +
                "\n---\nUse `crate-count` here.\nRun crate-count now.\n\nLoad the `crate-count` skill.\n");
  };
  const std::string program =
      "mentioned backtick ?:crate-count\nmentioned prose ?:crate-count\ninvoked backtick skill:crate-count";
  for (const char* tools : {"Bash(crate-count:*)", "Read, Bash(npx crate-count *)", "Bash(crate-count)"})
    CHECK(in(tools) == program);
  for (const char* tools : {"Bash", "Bash(crate-counter:*)", "Read(crate-count:*)"}) CHECK(in(tools) != program);
}

TEST_CASE("a description's order is for those who choose, what it does is its own") {
  const auto in = [](const std::string& text) { return uses("---\ndescription: " + text + "\n---\n"); };
  CHECK(in("Counts. If somebody says so, or run /take-stock.") == "mentioned slash ?:take-stock");
  CHECK(in("Counts crates. Use crate-weigher to weigh.") == "mentioned prose ?:crate-weigher");
  CHECK(in("Counts crates, then use crate-weigher.") == "invoked prose ?:crate-weigher");
  CHECK(in("Needs a list; run /take-stock first.") == "invoked slash ?:take-stock");
  CHECK(in("Runs crate-weigher on each.") == "invoked prose ?:crate-weigher");
  CHECK(in("Counts crates using crate-weigher.") == "invoked prose ?:crate-weigher");
  CHECK(in("Counts crates using the crate-weigher agent.") == "invoked prose ?:crate-weigher");
}

TEST_CASE("below \"Do not invoke when\" others are named") {
  CHECK(uses("## Do NOT Invoke When\n\n- It is about weight; route to crate-weigher.\n") ==
        "excluded prose ?:crate-weigher");
}

TEST_CASE("the agent stands behind an object, too") {
  CHECK(uses("```js\nTask(\"Count\", {\n  yard: 'a',\n  marks: { red: 1 }\n}, \"crate-counter\")\n```\n") ==
        "invoked task agent:crate-counter");
  CHECK(uses("```js\nTask(\"Count\", {yard: 1})\nTask(\"Count\", {, \"crate-counter\"\n```\n") == "");
}

TEST_CASE("how something comes about, and what another one does, is told") {
  CHECK(uses("The list is created using the crate-count skill.\n") == "mentioned prose ?:crate-count");
  CHECK(uses("Make the list using the crate-count skill.\n") == "invoked prose ?:crate-count");
  CHECK(uses("For lists use `crate-count`, it composes `crate-weigher`.\n") ==
        "invoked backtick ?:crate-count\nmentioned backtick ?:crate-weigher");
  CHECK(uses("- Which order (prefer: /take-stock, /weigh-in)\n") ==
        "mentioned slash ?:take-stock\nmentioned slash ?:weigh-in");
}

}  // namespace cascade
