// Names that a text shows, tells of or leaves to others: they are named, not called.
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::uses;

TEST_CASE("a list that says what each command is for types none of them") {
  CHECK(uses("```\nYard:\n  /take-stock [crate]    Counts the crates\n  /weigh-in      (again)\n```\n") ==
        "mentioned slash ?:take-stock\nmentioned slash ?:weigh-in");
  CHECK(uses("```\n/take-stock <crate>    - Count it\n```\n") == "mentioned slash ?:take-stock");
  CHECK(uses("```\n/take-stock <crate> - counts it\n/weigh-in \xE2\x80\x94 weighs it\n```\n") ==
        "mentioned slash ?:take-stock\nmentioned slash ?:weigh-in");
  CHECK(uses("```\n/take-stock    # Count\n/weigh-in      # Weigh\n```\n") ==
        "mentioned slash ?:take-stock\nmentioned slash ?:weigh-in");
  CHECK(uses("Run:\n\n```bash\n/take-stock    # count first\n/weigh-in --all\n/load-up crate 3\n```\n") ==
        "invoked slash ?:take-stock\ninvoked slash ?:weigh-in\ninvoked slash ?:load-up");
}

TEST_CASE("code below a lead-in about usage shows how a command is typed") {
  CHECK(uses("# Stock\n\n**Basic usage:**\n\n```bash\n/take-stock the red ones\n```\n") ==
        "mentioned slash ?:take-stock");
  CHECK(uses("# Stock\n\nFor example:\n\nThen go on:\n\n```bash\n/take-stock\n```\n") == "invoked slash ?:take-stock");
}

TEST_CASE("code that is to be printed or shown is a message") {
  CHECK(uses("Print this:\n\n```\n/take-stock\n```\n") == "mentioned slash ?:take-stock");
  CHECK(uses("### Step 3: Display the summary\n\n```\nNext:\n  Run `/take-stock` at noon.\n```\n") ==
        "mentioned slash ?:take-stock");
  CHECK(uses("**Response (second round):**\n```\nUse /take-stock now.\n```\n") == "mentioned slash ?:take-stock");
  CHECK(uses("### \xE5\x87\xBA\xE5\x8A\x9B (DAG)\n\n```yaml\nagent: crate-counter\n```\n").find("invoked") ==
        std::string::npos);
  CHECK(uses("Show the list, then run:\n\n```\n/take-stock\n```\n") == "invoked slash ?:take-stock");
  CHECK(uses("### Present yards\n\nThen:\n\n```\n/take-stock\n```\n") == "invoked slash ?:take-stock");
}

TEST_CASE("a request and an advice in code are somebody else's") {
  CHECK(uses("```\n> Use the crate-counter agent to count again\n```\n") == "mentioned prose ?:crate-counter");
  CHECK(uses("```\nNext: Run crate-counter to count again.\n```\n") == "mentioned prose ?:crate-counter");
  CHECK(uses("Next: Run crate-counter to count again.\n") == "invoked prose ?:crate-counter");
}

TEST_CASE("an example tells of a run, a call in it is a call") {
  CHECK(uses("## Example: a small yard\n\n1. Launches crate-counter agents\n\n### Second day\n\nUse `yard:weigh`.\n") ==
        "mentioned prose ?:crate-counter\nmentioned qualified ?:yard:weigh");
  CHECK(uses("## Examples\n\n```\nTask(\"a\", \"b\", \"crate-counter\")\n```\n\n## Then\n\nUse `yard:weigh`.\n") ==
        "invoked task agent:crate-counter\ninvoked qualified ?:yard:weigh");
}

TEST_CASE("a program's page of help is no call of the skill that has its name") {
  CHECK(uses("Run `crate-count --help` first of all.\n") == "mentioned backtick ?:crate-count");
  CHECK(uses("Run `crate-count --all`.\n") == "invoked backtick ?:crate-count");
}

TEST_CASE("a page of help tells what may be typed") {
  const auto strengths = [](std::string_view path) {
    const std::string_view text = "Run `/take-stock` to see all. Use the `crate-counter` agent.\n";
    std::string out;
    for (const Reference& reference : test::parse(Kind::command, path, text, "", "commands").references)
      out += std::string(to_string(reference.strength)) + ' ';
    return out;
  };
  CHECK(strengths("commands/yard-help.md") == "mentioned invoked ");
  CHECK(strengths("commands/yard/help.md") == "mentioned invoked ");
  CHECK(strengths("commands/whelp.md") == "invoked invoked ");
}

TEST_CASE("what comes before handing over is no order to hand over") {
  CHECK(uses("Before handing off to yard-lifter, check the list.\n") == "mentioned prose ?:yard-lifter");
  CHECK(uses("Keep it ready for review after delegating to yard-lifter.\n") == "mentioned prose ?:yard-lifter");
  CHECK(uses("Check the list before noon, then hand off to yard-lifter.\n") == "invoked prose ?:yard-lifter");
}

TEST_CASE("a task for another is sent elsewhere") {
  CHECK(uses("- Weights are not our task (use crate-weigher for that)\n") == "excluded prose ?:crate-weigher");
  CHECK(uses("Do not count scales; use `$crate-weigher` for that.\n") == "excluded slash ?:crate-weigher");
  CHECK(uses("Crates have a weight. Use crate-weigher for that.\n") == "invoked prose ?:crate-weigher");
  CHECK(uses("---\ndescription: Counts crates. For weights, use crate-weigher.\n---\nFor weights, use "
             "`crate-weigher`.\n") == "excluded prose ?:crate-weigher\ninvoked backtick ?:crate-weigher");
}

TEST_CASE("a negation governs a second verb behind \"or\"") {
  CHECK(uses("Before noon, do not stop or invoke `$crate-weigher`.\n") == "excluded slash ?:crate-weigher");
  CHECK(uses("Do not stop, or invoke `$crate-weigher`.\n") == "invoked slash ?:crate-weigher");
  CHECK(uses("## Do not activate when\n\n- All is done, or use `crate-weigher`.\n") ==
        "excluded backtick ?:crate-weigher");
}

TEST_CASE("what the user does may be the second of two things") {
  CHECK(uses("Tell the user to wait or use `/take-stock` to go on.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("The user will run `/take-stock` later.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Tell the user to wait, or run `/take-stock`.\n") == "invoked slash ?:take-stock");
}

TEST_CASE("what something of another's does is no call") {
  CHECK(uses("The yard's morning round loads `yard:count`.\n") == "mentioned qualified ?:yard:count");
  CHECK(uses("This skill's second step loads `yard:count`.\n") == "invoked qualified skill:yard:count");
}

TEST_CASE("a phase behind a drawn line is a picture, unless it says what comes out") {
  const std::string bar = "\xE2\x94\x82  ";
  CHECK(uses("```\n" + bar + "Phase 2: crate-counter\n```\n") == "mentioned prose ?:crate-counter");
  CHECK(uses("```\n" + bar + "Phase 2: crate-counter \xE2\x86\x92 the list\n```\n") == "invoked prose ?:crate-counter");
}

TEST_CASE("next steps are offered") {
  CHECK(
      uses(
          "```\nDone: 3 crates\n\n### Next steps\n1. Look at them\n2. Run `/take-stock` at noon\n\n/weigh-in\n```\n") ==
      "mentioned slash ?:take-stock\nmentioned slash ?:weigh-in");
  CHECK(uses("## Next Steps\n\n- Run `/take-stock`\n- Use `yard:weigh`\n\n## Then\n\nRun `/take-stock`.\n") ==
        "mentioned slash ?:take-stock\nmentioned qualified ?:yard:weigh\ninvoked slash ?:take-stock");
  CHECK(uses("## Next Steps\n\n- Run `/take-stock` first.\n") == "invoked slash ?:take-stock");
}

TEST_CASE("a command with the words of one task behind it is an example") {
  CHECK(uses("```\n/take-stock \"Count red crates\" --fast\n```\n") == "mentioned slash ?:take-stock");
  CHECK(uses("```\n/take-stock count the red ones\n```\n") == "mentioned slash ?:take-stock");
  CHECK(uses("## Step 2\n\n```\n/take-stock \"{colour} crates of today\"\n/take-stock all crates\n/take-stock <what is "
             "there>\n```\n") == "invoked slash ?:take-stock\ninvoked slash ?:take-stock\ninvoked slash ?:take-stock");
  CHECK(uses("```\n/take-stock crates  ->  the list\n```\n## Quick Start\n```\n/weigh-in\n```\n") ==
        "mentioned slash ?:take-stock\nmentioned slash ?:weigh-in");
}

TEST_CASE("what a called manifest runs is its own matter") {
  CHECK(uses("Call `yard:close`, which runs yard-lifter.\n").find("invoked prose") == std::string::npos);
  CHECK(uses("1. Use `yard:close` at noon \xE2\x80\x94 runs yard-lifter, then rests\n").find("invoked prose") ==
        std::string::npos);
}

TEST_CASE("a cell that says no sends elsewhere") {
  CHECK(uses("| Task | Fits |\n| --- | --- |\n| One crate | NO \xE2\x80\x94 use `/weigh-in` |\n") ==
        "excluded slash ?:weigh-in");
  CHECK(uses("Valid commands: on, off, list\n").find("invoked") == std::string::npos);
}

TEST_CASE("what is left to somebody's wish is offered") {
  CHECK(uses("Use `/take-stock` when you want to see each crate. Run `/weigh-in`.\n") ==
        "mentioned slash ?:take-stock\ninvoked slash ?:weigh-in");
  CHECK(uses("3. Run /take-stock when ready\n4. Run /weigh-in when the crate is ready\n") ==
        "mentioned slash ?:take-stock\ninvoked slash ?:weigh-in");
}

TEST_CASE("the answer to what somebody may ask is offered") {
  CHECK(uses("> **Not sure what is there?** Use `/take-stock`.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Count. Want a list? Use `/take-stock`. Then run `/weigh-in`.\n") ==
        "mentioned slash ?:take-stock\ninvoked slash ?:weigh-in");
  CHECK(uses("Wet crates? Load `yard:dry`.\n") == "invoked qualified ?:yard:dry");
}

TEST_CASE("later steps and phases below their heading are offered, whatever leads them in") {
  CHECK(
      uses("## Next Phase: Weighing\n\n**If all is there:**\n\n- Run `/weigh-in`\n\n## Rest\n\nRun `/take-stock`.\n") ==
      "mentioned slash ?:weigh-in\ninvoked slash ?:take-stock");
  CHECK(uses("**Next Steps**: Use `/weigh-in` again.\n") == "mentioned slash ?:weigh-in");
}

TEST_CASE("what is done without is not done") {
  CHECK(uses("Shows crates without loading the full `yard:count` skill.\n") == "mentioned qualified skill:yard:count");
  CHECK(uses("No more running `crate-count` on an empty yard.\n") == "mentioned backtick ?:crate-count");
  CHECK(uses("Never leave without running `/take-stock`.\n") == "invoked slash ?:take-stock");
}

TEST_CASE("the build command is one of the shell") {
  CHECK(uses("Run the build command and the tests.\n") == "");
  CHECK(uses("Run the ship command.\n") == "invoked prose command:ship");
}

TEST_CASE("an element about other uses calls nothing") {
  CHECK(uses("<Do_Not_Use_When>\n- All is done -- delegate to yard-lifter\n</Do_Not_Use_When>\n") ==
        "mentioned prose ?:yard-lifter");
}

TEST_CASE("the text of a link is no order to what it names") {
  CHECK(uses("- [launch](./launch.md) - how boats start\n") == "mentioned link ?:./launch.md");
  CHECK(uses("- Read and use [launch](./launch.md) first\n") == "invoked link ?:./launch.md");
}

TEST_CASE("the options of a program in a code span list no commands") {
  CHECK(uses("- **Launch Command**: `boat_start tender --can=\"row,moor,bail\"`\n") == "");
  CHECK(uses("- **Commands**: `moor`, `bail`\n") == "invoked label command:moor\ninvoked label command:bail");
}

}  // namespace cascade
