#include <catch2/catch.hpp>

#include "client/dialect.h"
#include "events/judges.h"
#include "trust/tests/hooked_skill.h"

using namespace cascade;
using namespace cascade::systems;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a skill's program sleeps, runs once it is allowed, and sleeps again after one byte") {
  HookedSkill skill;
  const HookWords before = skill.fire();
  CHECK(before.answer.context.empty());
  CHECK(before.answer.notice ==
        "[cascade] the hooks of skill:deploy sleep: nobody has allowed them. Read them with `cascade "
        "trust review skill:deploy`");
  skill.allow();
  CHECK(skill.fire().answer.context == "[cascade] skill:deploy, PreToolUse: RAN\n");
  skill.write("scripts/check", "#", true);
  const HookWords after = skill.fire();
  CHECK(after.answer.context.empty());
  CHECK(contains(after.answer.notice, "something in their folder has changed since they were allowed"));
}

TEST_CASE("that hooks sleep is told once in a session") {
  const HookedSkill skill;
  CHECK_FALSE(skill.fire().answer.notice.empty());
  CHECK(skill.fire().answer.notice.empty());
}

TEST_CASE("a command's name is said once in a prompt, and needs no consent") {
  const HookedSkill skill("PostToolUse:Edit|Write=check-types; Stop=verify");
  const std::string edit = R"("tool_name":"Edit","tool_input":{})";
  CHECK(skill.fire("PostToolUse", edit).answer.context == "[cascade] skill:deploy, PostToolUse: now run /check-types");
  CHECK(skill.fire("PostToolUse", edit).answer.context.empty());
  CHECK(skill.fire("PostToolUse", R"("tool_name":"Read","tool_input":{})").answer.context.empty());
  CHECK(skill.fire("Stop", R"("stop_hook_active":false)").answer.context ==
        "[cascade] skill:deploy, Stop: now run /verify");
}

TEST_CASE("nothing runs at a Stop that a hook has caused") {
  const HookedSkill skill("Stop=run scripts/check; SubagentStop=verify");
  skill.allow();
  CHECK(skill.fire("Stop", R"("stop_hook_active":true)").answer.context.empty());
  CHECK(skill.fire("SubagentStop", R"("stop_hook_active":true)").answer.context.empty());
  CHECK(contains(skill.fire("Stop", R"("stop_hook_active":false)").answer.context, "RAN"));
}

TEST_CASE("a program refuses a tool by status 2 or by its answer, as strictly as the mode says") {
  HookedSkill skill;
  SECTION("status 2") { skill.program("scripts/check", "#!/bin/sh\necho no tests >&2\nexit 2\n"); }
  SECTION("an answer") {
    skill.program("scripts/check",
                  "#!/bin/sh\necho '{\"hookSpecificOutput\":{\"permissionDecision\":\"deny\","
                  "\"permissionDecisionReason\":\"no tests\"}}'\n");
  }
  SECTION("the older form") {
    skill.program("scripts/check", "#!/bin/sh\necho '{\"decision\":\"block\",\"reason\":\"no tests\"}'\n");
  }
  skill.allow();
  const HookWords words = skill.fire();
  REQUIRE(words.verdicts.size() == 1);
  CHECK(words.verdicts[0].decision == repository::Decision::deny);
  CHECK(words.verdicts[0].mode == policy::Mode::block);
  CHECK(words.verdicts[0].reason == "`run scripts/check` of skill:deploy: no tests");
  const HookWords warned = skill.fire("PreToolUse", R"("tool_name":"Bash","tool_input":{})", policy::Mode::warn);
  REQUIRE(warned.verdicts.size() == 1);
  CHECK_FALSE(answer_of(warned.verdicts).notice.empty());
  CHECK(answer_of(warned.verdicts).permission == client::Permission::unsaid);
}

TEST_CASE("the event stands on standard input, the words behind the program are its arguments") {
  HookedSkill skill("PreToolUse:Bash=run scripts/check --fast two");
  skill.program("scripts/check", "#!/bin/sh\necho \"$#:$1:$2\"; grep -o '\"hook_event_name\":\"[A-Za-z]*\"'\n");
  skill.allow();
  CHECK(contains(skill.fire().answer.context, "2:--fast:two\n\"hook_event_name\":\"PreToolUse\""));
}

TEST_CASE("in shadow a hook runs and nobody hears of it") {
  const HookedSkill skill;
  skill.allow();
  const HookWords words = skill.fire("PreToolUse", R"("tool_name":"Bash","tool_input":{})", policy::Mode::shadow);
  CHECK(words.answer.context.empty());
  CHECK(contains(files::DiskTree().read(skill.place.state_directory + "/trust.jsonl", 10'000).value_or(""),
                 "\"outcome\":\"said\""));
}

TEST_CASE("what hooks say joins the answer of the systems, behind it and as far as there is room") {
  hook::EventInput event;
  event.name = "Stop";
  event.kind = hook::EventKind::turn_end;
  event.client = &client::usual_dialect();
  client::Answer words, none;
  words.context = "ours";
  words.notice = "for you";
  const auto joined = [&](client::Answer answer, const client::Answer& more) {
    hook::join(event, answer, more);
    return hook::write_answer(event, answer);
  };
  CHECK(joined({}, none).empty());
  CHECK(joined({}, words) ==
        R"({"systemMessage":"for you","hookSpecificOutput":{"hookEventName":"Stop","additionalContext":"ours"}})");
  client::Answer theirs;
  theirs.context = "theirs";
  CHECK(
      joined(theirs, words) ==
      R"({"systemMessage":"for you","hookSpecificOutput":{"hookEventName":"Stop","additionalContext":"theirs\n\nours"}})");
  words.context = std::string(20'000, 'x');
  CHECK(joined({}, words).size() < 9'700);
  CHECK(joined(theirs, words).find("theirs\\n\\nxxx") != std::string::npos);
  CHECK(joined(theirs, words).size() < 9'700);
}
