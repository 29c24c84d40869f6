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
