#include <catch2/catch.hpp>

#include "manifest/skill_hooks.h"

using namespace cascade::manifest;
using Kind = SkillHookFault::Kind;

TEST_CASE("entries name an event, perhaps a matcher, and a command or a program with its words") {
  const SkillHooks read = read_skill_hooks(
      "PreToolUse:Bash=run  scripts/check --fast ;Stop=verify; PostToolUse : Edit|Write = /check-types;");
  CHECK(read.faults.empty());
  REQUIRE(read.hooks.size() == 3);
  CHECK(read.hooks[0].words == std::vector<std::string>{"scripts/check", "--fast"});
  CHECK(read.hooks[0].what() == "run scripts/check --fast");
  CHECK(read.hooks[1].command == "verify");
  CHECK(read.hooks[2].matcher == "Edit|Write");
  CHECK(read.hooks[2].what() == "/check-types");
}

TEST_CASE("what cannot be meant is a fault at its place, and the others stay") {
  const struct {
    const char* text;
    Kind kind;
  } cases[] = {{"Bash=run x", Kind::event},
               {"PreTool:Bash=x", Kind::event},
               {"PreToolUse:[Bash]=x", Kind::matcher},
               {"Stop:Bash=x", Kind::matcher},
               {"PreToolUse:Bash", Kind::missing},
               {"PreToolUse:Bash=", Kind::missing},
               {"PreToolUse:Bash=run", Kind::missing},
               {"PreToolUse:Bash=run a | b", Kind::shell},
               {"PreToolUse:Bash=npm test", Kind::shell},
               {"PreToolUse:Bash=scripts/check", Kind::shell},
               {"PreToolUse:Bash=run ../x", Kind::outside},
               {"PreToolUse:Bash=run /bin/sh", Kind::outside}};
  for (const auto& one : cases) {
    INFO(one.text);
    const SkillHooks read = read_skill_hooks(std::string("Stop=verify; ") + one.text);
    CHECK(read.hooks.size() == 1);
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults[0].kind == one.kind);
    CHECK(read.faults[0].offset == 13);
  }
}

TEST_CASE("a matcher is a list of names, with any characters where it says so") {
  const auto matches = [](const char* matcher, const char* tool) {
    const SkillHooks read = read_skill_hooks(std::string("PreToolUse:") + matcher + "=x");
    REQUIRE(read.hooks.size() == 1);
    return is_for(read.hooks[0], "PreToolUse", tool);
  };
  CHECK(matches("Bash", "Bash"));
  CHECK_FALSE(matches("Bash", "BashOutput"));
  CHECK(matches("Edit|Write", "Write"));
  CHECK(matches("^(Edit|Write)$", "Edit"));
  CHECK(matches("mcp__db__.*", "mcp__db__query"));
  CHECK_FALSE(matches("mcp__db__.*", "mcp__dba__query"));
  CHECK(matches("*", "anything"));
  CHECK(matches("Task", "Agent"));
  CHECK(is_for(read_skill_hooks("PreToolUse=x").hooks[0], "PreToolUse", "Read"));
  CHECK_FALSE(is_for(read_skill_hooks("PreToolUse=x").hooks[0], "PostToolUse", "Read"));
}

TEST_CASE("a value of any length is read in one pass, and only so many hooks are taken") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "Stop=x;";
  const SkillHooks read = read_skill_hooks(text);
  CHECK(read.hooks.size() == 32);
  CHECK(read.faults.size() == 1);
}
