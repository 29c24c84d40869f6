#include "hook_library.h"

using namespace cascade;
using namespace cascade::test;

namespace {

constexpr const char* leak_prompt = "there is a memory leak, the heap grows every hour";
constexpr const char* manual =
    "---\nname: memory-leak-hunt\ndescription: Proves a memory leak with two heap snapshots. "
    "Use when memory grows.\ndisable-model-invocation: yes\nmetadata:\n  cascade-triggers: "
    "memory leak; heap grows\n---\nMANUAL-BODY Growing RSS is not yet a leak.\n";

}  // namespace

TEST_CASE("a manual-only skill comes when the user calls it by name, and never else") {
  const HookLibrary library;
  library.write("lib/skills/memory-leak-hunt/SKILL.md", manual);
  CHECK_FALSE(contains(library.prompt(leak_prompt), "memory-leak-hunt"));
  CHECK(contains(library.prompt("use the memory-leak-hunt skill"), "MANUAL-BODY"));
}

TEST_CASE("a manual-only skill is no dependency of another one") {
  const HookLibrary library;
  library.write("lib/skills/memory-leak-hunt/SKILL.md", manual);
  library.write(
      "lib/skills/outage/SKILL.md",
      "---\nname: outage\ndescription: Handles an outage. Use when all is down.\nmetadata:\n  cascade-skills: "
      "memory-leak-hunt release-notes\n---\nFirst run `memory-leak-hunt`, then `release-notes`.\n");
  const std::string answer = library.prompt("use the outage skill");
  CHECK(contains(answer, "=== skill: release-notes"));
  CHECK_FALSE(contains(answer, "=== skill: memory-leak-hunt"));
  CHECK_FALSE(contains(answer, "skill:memory-leak-hunt"));  // nor among what could be asked for
}

TEST_CASE("what the user's settings switch off does not exist, and user-invocable-only waits for its name") {
  const HookLibrary library;
  const auto settings = [&](const std::string& value) {
    library.write("home/.claude/settings.json", "{\"skillOverrides\":{\"memory-leak-hunt\":\"" + value + "\"}}");
  };
  HookLibrary here;
  here.options.home = library.path + "/home";
  settings("off");
  CHECK_FALSE(contains(here.prompt(leak_prompt, "a"), "memory-leak-hunt"));
  CHECK_FALSE(contains(here.prompt("use the memory-leak-hunt skill", "a"), "Growing RSS"));
  settings("user-invocable-only");
  CHECK_FALSE(contains(here.prompt(leak_prompt, "b"), "memory-leak-hunt"));
  CHECK(contains(here.prompt("use the memory-leak-hunt skill", "b"), "Growing RSS"));
  settings("name-only");
  CHECK(contains(here.prompt(leak_prompt, "c"), "Growing RSS"));
}

TEST_CASE("a playbook's step says why its skill is not loaded, and what to do without it") {
  HookLibrary library;
  library.write("lib/skills/mend/SKILL.md",
                "---\nname: mend\ndescription: Mends it. Use when it broke.\nmetadata:\n  cascade-layer: playbook\n"
                "  cascade-skills: memory-leak-hunt\n---\nMend it.\n\n## Chain\n\n| Step | Skill | Begins with | Ends "
                "when | Hands on |\n| --- | --- | --- | --- | --- |\n"
                "| 1 | `memory-leak-hunt` | a report | the leak is seen | the place |\n");
  library.options.home = library.path + "/home";
  const auto begun = [&](const char* session) { return injected(library.prompt("playbook: mend", session)); };
  library.prompt("do not use the memory-leak-hunt skill", "ruled-out");
  CHECK(contains(begun("ruled-out"), "The user ruled out skill:memory-leak-hunt: go by what the chain says"));
  for (const auto& [value, expected] :
       {std::pair{"off", "skill:memory-leak-hunt is off (skillOverrides: off in "},
        std::pair{"user-invocable-only", "skill:memory-leak-hunt is for the user to load (skillOverrides: user-inv"}}) {
    library.write("home/.claude/settings.json",
                  std::string("{\"skillOverrides\":{\"memory-leak-hunt\":\"") + value + "\"}}");
    CHECK(contains(begun(value), expected));
  }
}

TEST_CASE("\"not X\" holds for the conversation, compaction included, until X is called again") {
  const HookLibrary library;
  library.start("startup");
  CHECK(contains(library.prompt(leak_prompt), "Growing RSS"));
  const std::string gone = library.prompt("stop using the memory-leak-hunt skill");
  CHECK(contains(gone, "The user ruled out skill:memory-leak-hunt: its text above no longer applies."));
  CHECK_FALSE(contains(library.start("compact"), "Growing RSS"));
  CHECK_FALSE(contains(library.prompt("still a memory leak, the heap grows"), "memory-leak-hunt"));
  CHECK(contains(library.prompt("use the memory-leak-hunt skill"), "Growing RSS"));
  CHECK(contains(library.start("compact"), "Growing RSS"));
  library.start("clear");
  CHECK(contains(library.prompt(leak_prompt), "Growing RSS"));
}

TEST_CASE("what was ruled out comes again when it is called by name in the same conversation, and then once") {
  const HookLibrary library;
  const std::string called = "use the memory-leak-hunt skill";
  CHECK(contains(library.prompt(called), "Growing RSS"));
  library.prompt("stop using the memory-leak-hunt skill");
  CHECK(contains(library.prompt(called), "Growing RSS"));
  CHECK_FALSE(contains(library.prompt(called), "Growing RSS"));
  library.prompt("stop using the memory-leak-hunt skill");
  const std::string both = "use the release-notes skill and the memory-leak-hunt skill";
  CHECK(contains(library.prompt(both), "Growing RSS"));
  CHECK_FALSE(contains(library.prompt(both), "Growing RSS"));
  CHECK(contains(library.start("compact"), "Growing RSS"));
}

TEST_CASE("an agent that was ruled out is given to no subagent, until it is called again") {
  const HookLibrary library;
  CHECK(contains(library.prompt("use the leak-hunter agent"), "start it with"));
  CHECK_FALSE(contains(library.prompt("don't use the leak-hunter agent"), "start it with"));
  library.start("compact");
  CHECK(library.agent("leak-hunter", "look").empty());
  CHECK_FALSE(contains(library.agent("general-purpose", "Act as the leak-hunter agent. look"), "never guesses"));
  CHECK(contains(library.prompt("use the leak-hunter agent"), "start it with"));
  CHECK(contains(library.agent("leak-hunter", "look"), "never guesses"));
}

TEST_CASE("the line on the screen stays away where the user does not want it") {
  HookLibrary library;
  library.options.announces = false;
  const std::string answer = library.prompt(leak_prompt);
  CHECK(contains(answer, "Growing RSS"));
  CHECK_FALSE(contains(answer, "systemMessage"));
}

TEST_CASE("a prompt that only rules something out is not about it: nothing alike is offered") {
  const HookLibrary library;
  library.write("lib/skills/memory-leak-report/SKILL.md",
                "---\nname: memory-leak-report\ndescription: Reports a memory leak. Use when a memory leak was found.\n"
                "metadata:\n  cascade-triggers: memory leak hunt; memory leak\n---\nWrite it.\n");
  CHECK_FALSE(contains(library.prompt("don't use the memory-leak-hunt skill any more"), "memory-leak-report"));
  CHECK_FALSE(
      contains(library.prompt("drop memory-leak-hunt for the rest of this session", "s3"), "memory-leak-report"));
  CHECK(contains(library.prompt("use the memory-leak-report skill, not memory-leak-hunt", "s2"), "memory-leak-report"));
}

TEST_CASE("a refusal beside work offers what else fits, and never names what is refused") {
  const HookLibrary library;
  library.write("lib/skills/memory-leak-report/SKILL.md",
                "---\nname: memory-leak-report\ndescription: Reports a memory leak. Use when a memory leak was found.\n"
                "metadata:\n  cascade-triggers: report the memory leak; memory leak\n---\nWrite it.\n");
  for (const char* text :
       {"report the memory leak, but don't use memory-leak-hunt", "report the memory leak. No memory-leak-hunt, please",
        "report the memory leak yourself without the memory-leak-hunt skill"}) {
    INFO(text);
    const std::string answer = injected(library.prompt(text, text));
    CHECK(contains(answer, "memory-leak-report"));
    CHECK_FALSE(contains(answer, "memory-leak-hunt"));
  }
}

TEST_CASE("a prompt that refuses every skill gets none, but for what it calls") {
  const HookLibrary library;
  CHECK(contains(library.prompt(leak_prompt, "a"), "Growing RSS"));
  for (const char* first : {"Don't use any skills. ", "No skills please: ", "Keine Skills benutzen. "}) {
    INFO(first);
    CHECK(library.prompt(first + std::string(leak_prompt), first).empty());
  }
  CHECK(contains(library.prompt("no skills except memory-leak-hunt, please", "b"), "Growing RSS"));
}
