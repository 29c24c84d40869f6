// Skills that run in a subagent of their own, and those in whose text the client runs commands, are called, not pasted.
#include "hook_library.h"

using namespace cascade;
using namespace cascade::test;

namespace {

constexpr const char* survey =
    "---\nname: deep-survey\ndescription: Surveys the orchard archive for odd rows. Use when the archive is audited.\n"
    "context: fork\nagent: Explore\n---\nRead every ledger under archive/.\n";
constexpr const char* state =
    "---\nname: repo-state\ndescription: Reports the state of the orchard. Use when the evening report is due.\n---\n"
    "- Status: !`git status --short`\n\nWrite the report.\n";

struct Installed : HookLibrary {
  explicit Installed(const std::string& place = "lib/.claude/skills/") {
    write(place + "deep-survey/SKILL.md", survey);
    write(place + "repo-state/SKILL.md", state);
  }
  std::string taken(const std::string& wanted, const std::string& more = "") const {
    return injected(
        answer(event("PreToolUse", "\"tool_name\":\"Skill\",\"tool_input\":{\"skill\":\"cascade\",\"args\":" +
                                       syntax::quote_json(wanted) + "}" + more)));
  }
};

}  // namespace

TEST_CASE("a skill that runs in a subagent of its own is not pasted: the model is told to call it") {
  const Installed library;
  const std::string text = injected(library.prompt("use the deep-survey skill"));
  CHECK(contains(text,
                 "[cascade] skill:deep-survey: called by name. It runs in a subagent of its own: call the Skill "
                 "tool with skill \"deep-survey\"."));
  CHECK_FALSE(contains(text, "Read every ledger"));
  CHECK_FALSE(contains(text, "no need to call it"));
  const std::string guessed = injected(library.prompt("survey the orchard archive for odd rows", "s2"));
  CHECK(contains(guessed, "A tool's suggestion, not the user's words"));
  CHECK_FALSE(contains(guessed, "Read every ledger"));
}

TEST_CASE("a skill that runs apart is told again when it is called after it was ruled out") {
  const Installed library;
  const std::string called = "use the deep-survey skill", order = "call the Skill tool with skill \"deep-survey\".";
  CHECK(contains(injected(library.prompt(called)), order));
  CHECK(library.prompt(called).empty());
  library.prompt("don't use the deep-survey skill");
  CHECK(contains(injected(library.prompt(called)), order));
  CHECK(library.prompt(called).empty());
}

TEST_CASE("a skill in whose text the client runs commands is called, so that they run") {
  const Installed library;
  const std::string text = injected(library.prompt("use the repo-state skill"));
  CHECK(contains(text,
                 "Its text holds commands that are run when it is called: call the Skill tool with skill "
                 "\"repo-state\"."));
  CHECK_FALSE(contains(text, "Write the report"));
  CHECK_FALSE(contains(text, "no need to call it"));
  CHECK(contains(library.taken("repo-state now"), "call the Skill tool with skill \"repo-state\" and args \"now\"."));
}

TEST_CASE("a fenced block of commands counts as one in a line does") {
  HookLibrary library;
  library.write("lib/.claude/skills/repo-log/SKILL.md",
                "---\nname: repo-log\ndescription: Lists the orchard's commits. Use when asked.\n---\nText.\n\n## "
                "Later\n\n```!\ngit log -3\n```\n");
  const std::string text = injected(library.prompt("use the repo-log skill"));
  CHECK(contains(text, "call the Skill tool with skill \"repo-log\""));
  CHECK_FALSE(contains(text, "git log"));
}

TEST_CASE("a skill that only the user may start is theirs to type, and its commands are shown as not run") {
  HookLibrary library;
  const std::string closed = "disable-model-invocation: true\n---\n";
  std::string apart = survey, runs = state;
  apart.replace(apart.rfind("---\n"), 4, closed);
  runs.replace(runs.rfind("---\n"), 4, closed);
  library.write("lib/.claude/skills/deep-survey/SKILL.md", apart);
  library.write("lib/.claude/skills/repo-state/SKILL.md", runs);
  const std::string theirs = injected(library.prompt("use the deep-survey skill"));
  CHECK(contains(theirs, "ask the user to type /deep-survey."));
  CHECK_FALSE(contains(theirs, "Read every ledger"));
  const std::string pasted = injected(library.prompt("use the repo-state skill", "s2"));
  CHECK(contains(pasted, "have not been run"));
  CHECK_FALSE(contains(pasted, "no need to call it"));
}

TEST_CASE("a skill that the client does not have runs apart in a subagent, whose task calls it") {
  const Installed library("lib/skills/");
  const std::string text = injected(library.prompt("use the deep-survey skill"));
  CHECK(contains(text,
                 "start it with the Agent tool, subagent_type \"Explore\" and a prompt that begins with "
                 "\"/deep-survey\"."));
  CHECK_FALSE(contains(text, "Read every ledger"));
  CHECK(contains(library.agent("Explore", "/deep-survey\nand report"), "Read every ledger"));
  CHECK(contains(library.taken("deep-survey 2026"), "begins with \"/deep-survey 2026\"."));
  CHECK(contains(library.taken("deep-survey", ",\"agent_id\":\"a1\""), "Read every ledger"));  // it is in one already
  const std::string pasted = injected(library.prompt("use the repo-state skill", "s2"));
  CHECK(contains(pasted, "Write the report."));
  CHECK(contains(pasted, "have not been run"));
}

TEST_CASE("an installed skill that the user types brings only what it calls, and nothing if it calls nothing") {
  const Installed library;
  for (const char* typed : {"/deep-survey", "/repo-state", "/deep-survey the year 2026"}) {
    INFO(typed);
    CHECK(library.prompt(typed, typed).empty());
  }
  HookLibrary other;
  other.write(
      "lib/.claude/skills/pruning/SKILL.md",
      "---\nname: pruning\ndescription: Prunes. Use when asked.\nmetadata:\n  cascade-agents: leak-hunter\n---\n"
      "Cut. Have `leak-hunter` look.\n");
  other.write("lib/.claude/skills/alone/SKILL.md", "---\nname: alone\ndescription: Sits. Use when asked.\n---\nSit.\n");
  CHECK(contains(injected(other.prompt("/pruning")), "=== agent: leak-hunter ==="));
  CHECK(other.prompt("/alone", "s2").empty());
  CHECK(contains(injected(other.prompt("use the alone skill", "s3")), "It is loaded: no need to call it."));
}

TEST_CASE("what a skill calls is a card even if it runs apart, and an open step tells how to start it") {
  HookLibrary library;
  library.write("lib/.claude/skills/deep-survey/SKILL.md", survey);
  library.write(
      "lib/skills/audit/SKILL.md",
      "---\nname: audit\ndescription: Audits the orchard. Use when a year ends.\nmetadata:\n  cascade-skills: "
      "deep-survey\n---\nCount. Use the deep-survey skill.\n");
  const std::string text = injected(library.prompt("use the audit skill"));
  CHECK(contains(text, "Count."));
  CHECK_FALSE(contains(text, "Read every ledger"));
}

TEST_CASE("text that comes back after a compaction is still said to be a tool's suggestion") {
  const HookLibrary library;
  library.start("startup");
  CHECK(contains(injected(library.prompt("use the memory-leak-hunt skill")), "Growing RSS"));
  const std::string back = injected(library.start("compact"));
  CHECK(contains(back, "Growing RSS"));
  CHECK(contains(back, "[cascade] What comes back below is a tool's suggestion, not the user's words;"));
  const std::string again = injected(library.start("compact"));
  CHECK(contains(again, "not the user's words"));
  CHECK_FALSE(contains(injected(library.start("startup", "s9")), "not the user's words"));
}

TEST_CASE("a step whose skill runs apart tells how to start it") {
  Installed library;
  library.write(
      "lib/skills/yearly/SKILL.md",
      "---\nname: yearly\ndescription: The yearly audit. Use when the year ends.\nmetadata:\n  cascade-layer: "
      "playbook\n  cascade-skills: deep-survey, release-notes\n  cascade-chain: \"1 > 2\"\n---\nIt.\n");
  const std::string begun = injected(library.prompt("playbook: yearly"));
  CHECK(contains(begun, "It runs in a subagent of its own: call the Skill tool with skill \"deep-survey\"."));
  CHECK_FALSE(contains(begun, "Read every ledger"));
}

TEST_CASE("a playbook says at its start what it could not see, and nothing where nothing is missing or needed") {
  HookLibrary library;
  const auto playbook = [&](const std::string& name, const std::string& exits) {
    library.write(
        "lib/skills/" + name + "/SKILL.md",
        "---\nname: " + name +
            "\ndescription: Mends it. Use when it broke.\nmetadata:\n  cascade-layer: "
            "playbook\n  cascade-skills: release-notes, memory-leak-hunt, release-notes\n  cascade-chain: \"1 > 2 > "
            "3\"\n  cascade-exits: \"" +
            exits + "\"\n---\nMend.\n");
  };
  playbook("mend", "1: red; 2: witness; 3: green");
  playbook("write", "1: artefact notes/*; 2: user; 3: commit");
  playbook("look", "2: witness");
  library.options.missing_sight = "`cascade init --with playbooks`";
  const std::string answer = library.prompt("playbook: mend");
  CHECK(contains(injected(answer),
                 "[cascade] What must be seen before steps 1, 2 and 3 may end, a run of a test or an outside effect, "
                 "nothing here sees. Before you begin, ask the user for `cascade init --with playbooks`."));
  CHECK(contains(answer, "nothing here sees steps 1, 2 and 3 end: `cascade init --with playbooks`\""));
  CHECK(contains(injected(library.prompt("playbook: look", "s2")), "before step 2 may end"));
  CHECK_FALSE(contains(library.prompt("playbook: write", "s3"), "must be seen"));
  library.options.missing_sight.clear();
  CHECK_FALSE(contains(library.prompt("playbook: mend", "s4"), "must be seen"));
}
