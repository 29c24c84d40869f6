// Texts that the reader is to say, show or hand to somebody: what they call is mentioned.
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade {
using test::uses;

TEST_CASE("what the user is told or advised to run is a mention") {
  CHECK(uses("Stop and tell the user to run `/take-stock`.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Wait for the user to explicitly run `/take-stock`.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Then the user should run /take-stock.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("At the end suggest running `/take-stock`.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("You're ready to use `/take-stock`!\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Ask the user for a date, then run `/take-stock`.\n") == "invoked slash ?:take-stock");
  CHECK(uses("When users are done, run `/take-stock`.\n") == "invoked slash ?:take-stock");
}

TEST_CASE("an order in quotation marks is a message") {
  CHECK(uses("If there is no list, error: \"No list. Run /take-stock.\"\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Say \xE2\x80\x9CRun /take-stock\xE2\x80\x9D and stop.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Show: `Next: run /take-stock`\n") == "mentioned slash ?:take-stock");
  CHECK(uses("```bash\ntest -f a || echo \"None. Run: /take-stock\"\n```\n") == "mentioned slash ?:take-stock");
}

TEST_CASE("an order in a fence of a quotation is a message, and one behind a quotation is none") {
  CHECK(uses("> \"The list is ready. When you want to count, run:\"\n>\n> ```\n> /take-stock\n> ```\n") ==
        "mentioned slash ?:take-stock");
  CHECK(uses("\"Crates\" are counted here.\nRun /take-stock.\n") == "invoked slash ?:take-stock");
  CHECK(uses("Say \"done\".\nThen run /take-stock.\n") == "invoked slash ?:take-stock");
}

TEST_CASE("a program that has the name of a skill is not the skill") {
  CHECK(uses("Use the `crate-counter` CLI only.\n") == "mentioned backtick ?:crate-counter");
  CHECK(uses("Run each step with crate-counter CLI.\n") == "mentioned prose ?:crate-counter");
  CHECK(uses("Use the `crate-counter` skill.\n") == "invoked backtick skill:crate-counter");
}

TEST_CASE("a chain of skills goes on with the next") {
  CHECK(uses("Chain to `/take-stock`.\n") == "invoked slash ?:take-stock");
}

TEST_CASE("quotation marks around a name, or closed before it, change nothing") {
  CHECK(uses("Run \"/take-stock\" now.\n") == "invoked slash ?:take-stock");
  CHECK(uses("After the \"run is over\" note, run /take-stock.\n") == "invoked slash ?:take-stock");
  CHECK(uses("Run `take-stock mode:fast`.\n") == "invoked backtick ?:take-stock\ninvoked qualified ?:mode:fast");
  CHECK(uses("---\ndescription: \"Counts. First run /take-stock.\"\n---\n") == "invoked slash ?:take-stock");
  CHECK(uses("```dot\n\"Use yard:take-stock\" [shape=box]\n```\n") == "invoked qualified ?:yard:take-stock");
  CHECK(uses("```dot\n\"Done\" -> \"Use yard:take-stock\";\n```\n") == "invoked qualified ?:yard:take-stock");
}

TEST_CASE("a description may send a task elsewhere over the end of a line") {
  CHECK(uses("---\ndescription: >\n  Counts crates. DO NOT TRIGGER when: somebody asks for the\n  weight (use "
             "yard:weigh).\n"
             "---\n") == "excluded qualified ?:yard:weigh");
  CHECK(
      uses("---\ndescription: >\n  Counts crates. DO NOT TRIGGER WHEN: the crate is empty (use\n  yard:weigh), wet, or "
           "about to\n  be sent off (use yard:send).\n  Use yard:list.\n---\n") ==
      "excluded qualified ?:yard:weigh\nexcluded qualified ?:yard:send\nmentioned qualified ?:yard:list");
  CHECK(uses("---\ndescription: >\n  Not for fish. Counts crates, then\n  use yard:weigh.\n---\n") ==
        "invoked qualified ?:yard:weigh");
}

TEST_CASE("a partner in bold type is named") {
  CHECK(uses("- **With crate-counter**: takes its list\n") == "mentioned prose ?:crate-counter");
}

TEST_CASE("a participant of a sequence diagram is named") {
  CHECK(uses("```mermaid\nsequenceDiagram\n    participant C as crate-counter\n```\n") ==
        "mentioned prose ?:crate-counter");
}

TEST_CASE("an element that holds an answer or an example calls nothing") {
  CHECK(uses("<closing_response>\nGo on with:\n```\n/take-stock\n```\n</closing_response>\nRun /weigh-in.\n") ==
        "mentioned slash ?:take-stock\ninvoked slash ?:weigh-in");
  CHECK(uses("<example>\nRun /take-stock.\n") == "invoked slash ?:take-stock");  // never closed
  CHECK(uses("<steps>\nRun /take-stock.\n</steps>\n") == "invoked slash ?:take-stock");
}

TEST_CASE("elements that are never closed cost linear time") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "<output>\n";
  CHECK(uses(text + "Run /take-stock.\n") == "invoked slash ?:take-stock");
}

TEST_CASE("Task before a name and its arguments calls the agent") {
  CHECK(uses("- Task crate-counter(the list) - counts\n") == "invoked task ?:crate-counter");
  CHECK(uses("Run the Task counter() last.\n") == "invoked task ?:counter");
  CHECK(uses("Task crate-counter(\"\nCount them.\n\")\n") == "invoked task ?:crate-counter");
  CHECK(uses("Never run Task crate-counter(the list).\n") == "excluded task ?:crate-counter");
  CHECK(uses("Task {agent-name}(the list), Task item(s), the task list(old)\n") == "");
}

TEST_CASE("names in quotation marks after the Skill tool are skills, ordinary words as well") {
  CHECK(uses("Call the Skill tool twice, for \"count\" and \"weigh\", then stop.\n") ==
        "invoked skill ?:count\ninvoked skill ?:weigh");
  CHECK(uses("A helper calls the Skill tool with \"count\". It waits for \"weigh\".\n") == "invoked skill ?:count");
  CHECK(uses("Use the Skill tool when somebody says \"count\".\n") == "");
}

TEST_CASE("a slash word may have a dot, unless a file's ending follows it") {
  CHECK(uses("Only after `/yard.count` has run.\n") == "mentioned slash ?:yard.count");
  CHECK(uses("Run /yard.count, then /yard.weigh-in.\n") == "invoked slash ?:yard.count\ninvoked slash ?:yard.weigh-in");
  CHECK(uses("See /notes.md and /yard.example.com, or `/api.v1/items`.\n") == "");
}

TEST_CASE("items of a list in a fence of Markdown may name manifests") {
  CHECK(uses("```markdown\n### Helpers used\n\n- crate-counter\n- in-depth talk\n```\n") ==
        "mentioned prose ?:crate-counter\nmentioned prose ?:in-depth");
}

TEST_CASE("a call takes along what stands alongside") {
  CHECK(uses("Invoke the yard:count skill alongside yard:weigh.\n") ==
        "invoked qualified ?:yard:count\ninvoked qualified ?:yard:weigh");
}

TEST_CASE("what the caller does is no call") {
  CHECK(uses("The calling skill (`/take-stock`) has the list.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Say so, and the calling agent runs `/take-stock`.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("The caller must run `/take-stock` first.\n") == "mentioned slash ?:take-stock");
  CHECK(uses("Begin by calling the agent `crate-counter`.\n") == "invoked backtick agent:crate-counter");
}

TEST_CASE("an order names its means") {
  CHECK(uses("If crates stick, resolve them with the `yard:free-crate` skill or the `yard:lifter` agent.\n") ==
        "invoked qualified skill:yard:free-crate\ninvoked qualified agent:yard:lifter");
  CHECK(uses("1. Then commit the list via `crate-counter`.\n") == "invoked backtick ?:crate-counter");
  CHECK(uses("Fetch the list with `/take-stock`.\n") == "invoked slash ?:take-stock");
  CHECK(uses("- Integrate it with the `crate-counter` agent.\n") == "mentioned backtick agent:crate-counter");
  CHECK(uses("That is its job via `crate-counter`.\n") == "mentioned backtick ?:crate-counter");
  CHECK(uses("- Design yards with crate-counter\n") == "mentioned prose ?:crate-counter");
  CHECK(uses("Say: \"Fetch the list with /take-stock.\"\n") == "mentioned slash ?:take-stock");
}

TEST_CASE("who is asked is called") {
  CHECK(uses("Then ask the crate-counter agent to count again.\n") == "invoked prose ?:crate-counter");
  CHECK(uses("Ask the `yard-lore` skill for the rules.\n") == "invoked backtick skill:yard-lore");
  CHECK(uses("Users ask the crate-counter agent for lists.\n") == "mentioned prose ?:crate-counter");
  CHECK(uses("The user may ask `crate-counter` for lists.\n") == "mentioned backtick ?:crate-counter");
  CHECK(uses("Ask crate-counter questions to the user.\n").find("invoked") == std::string::npos);
}

TEST_CASE("verbs that have other objects, too, call a bare name") {
  CHECK(uses("Once it is full, delegate yard-lifter at once.\n") == "invoked prose ?:yard-lifter");
  CHECK(uses("Delegate crate-count to whom you like.\n") == "");
  CHECK(uses("Run the full `take-stock` workflow.\n") == "invoked backtick ?:take-stock");
}

TEST_CASE("code shows how the command of its heading is typed") {
  CHECK(uses("# Help\n\n#### `/take-stock`\n\n```text\n/take-stock list.txt\n/weigh-in\n```\n") ==
        "mentioned slash ?:take-stock\nmentioned slash ?:take-stock\nmentioned slash ?:weigh-in");
  CHECK(uses("```\nAt hand:\n  /take-stock, /weigh-in\n```\n") ==
        "mentioned slash ?:take-stock\nmentioned slash ?:weigh-in");
}

TEST_CASE("below \"When not to engage\" a use is excluded") {
  CHECK(uses("## When NOT to Engage\n\n- Weight (use crate-weigher)\n\n## Then\n\n- Use crate-counter\n") ==
        "excluded prose ?:crate-weigher\ninvoked prose ?:crate-counter");
}

TEST_CASE("what must have run before is needed, whoever starts it") {
  CHECK(uses("If there is no map, stop: \"Map not found. Run `/draw-map` first.\"\n") == "invoked slash ?:draw-map");
  CHECK(uses("Stop and tell the user to run `/draw-map` first.\n") == "invoked slash ?:draw-map");
  CHECK(uses("`cat map || echo \"map not found. Create it with /draw-map.\"`\n") == "invoked slash ?:draw-map");
  CHECK(uses("Tell the user to run `/draw-map`.\n") == "mentioned slash ?:draw-map");
  CHECK(uses("Tell the user to run `/draw-map` to get the first page.\n") == "mentioned slash ?:draw-map");
  CHECK(uses("If the map is missing, suggest running `/draw-map`.\n") == "mentioned slash ?:draw-map");
  CHECK(uses("Never run `/draw-map` first.\n") == "excluded slash ?:draw-map");
  CHECK(uses("```markdown\nRun /draw-map first.\n```\n") == "mentioned slash ?:draw-map");
}

TEST_CASE("a command and the agent of its name on one line are two") {
  CHECK(uses("Run `/scout` or use the scout agent.\n") == "invoked slash ?:scout\ninvoked prose agent:scout");
  CHECK(uses("The /crate-count agent counts.\n").find('\n') == std::string::npos);
}

TEST_CASE("to go by what a skill says loads it") {
  CHECK(uses("> **Reference**: Follow the Deck Rules from `deck-lore` skill.\n") == "invoked backtick skill:deck-lore");
  CHECK(uses("Apply the steps in the `deck-lore` skill.\n") == "invoked backtick skill:deck-lore");
  CHECK(uses("The deck rules come from the `deck-lore` skill.\n") == "mentioned backtick skill:deck-lore");
  CHECK(uses("Never follow the steps in the `deck-lore` skill.\n").find("invoked") == std::string::npos);
  CHECK(uses("Change the plan based on deck-watch feedback.\n") == "mentioned prose ?:deck-watch");
}

}  // namespace cascade
