#include <catch2/catch.hpp>

#include "unit/registry_text.h"

using namespace cascade;
using namespace cascade::test;

TEST_CASE("links and paths are followed from the file's folder upwards") {
  const Registry registry = registry_of(
      "skill:a path=plugins/p/skills/a/SKILL.md -> ?../b/SKILL.md(mentioned,link) ?agents/x.md(invoked,path)\n"
      "skill:b path=plugins/p/skills/b/SKILL.md -> ?skills/a(invoked,path)\n"
      "agent:x path=plugins/p/agents/x.md\n");
  CHECK(links_of(registry, "skill:a") == "skill:b(mentioned) agent:x(invoked)");
  CHECK(links_of(registry, "skill:b") == "skill:a(invoked)");
}

TEST_CASE("a path means the file that it names, or the skill in the folder that it names") {
  const Registry registry = registry_of(
      "skill:a path=skills/a/SKILL.md -> ?../../agents/x.md(mentioned,link) ?../b(mentioned,link)\n"
      "skill:b path=skills/b/SKILL.md -> ?../a/SKILL.md(mentioned,link) ?../../agents(mentioned,link)\n"
      "agent:x path=agents/x.md\n");
  CHECK(links_of(registry, "skill:a") == "agent:x(mentioned) skill:b(mentioned)");
  CHECK(links_of(registry, "skill:b") == "skill:a(mentioned)");
}

TEST_CASE("of several files whose paths end alike the nearest above is meant") {
  const Registry registry = registry_of(
      "skill:p:a @p path=plugins/p/skills/a/SKILL.md -> ?agents/x.md(mentioned,path) ?skills/b(mentioned,path)\n"
      "skill:p:b @p path=plugins/p/skills/b/SKILL.md\n"
      "skill:q:b @q path=plugins/q/skills/b/SKILL.md\n"
      "agent:p:x @p path=plugins/p/agents/x.md\n"
      "agent:q:x @q path=plugins/q/agents/x.md\n");
  CHECK(links_of(registry, "skill:p:a") == "agent:p:x(mentioned) skill:p:b(mentioned)");
}

TEST_CASE("a path that nothing marks as one binds only to a folder of exactly this path") {
  const Registry registry = registry_of(
      "skill:core path=skills/core/SKILL.md -> ?core/risks(mentioned,path)\n"
      "skill:risks path=skills/core/risks/SKILL.md -> ?next/core(mentioned,path)\n"
      "skill:plan path=skills/plan/SKILL.md -> ?next/core/(mentioned,path)\n");
  CHECK(links_of(registry, "skill:core") == "skill:risks(mentioned)");
  CHECK(links_of(registry, "skill:risks").empty());
  CHECK(links_of(registry, "skill:plan") == "skill:core(mentioned)");
}

TEST_CASE("a file without a folder is no skill, whatever the skills are called") {
  const auto links = [](const std::string& reference, const std::string& others) {
    return links_of(registry_of("skill:a path=skills/a/SKILL.md -> ?" + reference + "(mentioned,path)\n" + others),
                    "skill:a");
  };
  const std::string skill = "skill:trace-roots path=skills/trace-roots/SKILL.md\n";
  CHECK(links("trace-roots", skill).empty());
  CHECK(links("trace-roots", "skill:trace-roots scope=builtin root=1 path=skills/trace-roots/SKILL.md\n").empty());
  CHECK(links("trace-roots", "skill:p:trace-roots @p path=plugins/p/skills/trace-roots/SKILL.md\n").empty());
  CHECK(links("trace-roots", "skill:old +trace-roots path=skills/old/SKILL.md\n").empty());
  CHECK(links("trace-roots", "skill:01-trace-roots path=skills/01-trace-roots/SKILL.md\n").empty());
  CHECK(links("Trace-Roots", skill).empty());
  CHECK(links("yd-401", "skill:yd-401-trace-roots path=skills/yd-401-trace-roots/SKILL.md\n").empty());
  CHECK(links("trace-roots", "agent:trace-roots path=agents/trace-roots.md\n") == "agent:trace-roots(mentioned)");
  CHECK(links("trace-roots", skill + "command:trace-roots path=commands/trace-roots.md\n") ==
        "command:trace-roots(mentioned)");
  CHECK(links("skills/trace-roots/SKILL.md", skill) == "skill:trace-roots(mentioned)");
  CHECK(links("../trace-roots/", skill) == "skill:trace-roots(mentioned)");
}
