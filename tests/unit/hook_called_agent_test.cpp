#include <catch2/catch.hpp>

#include "hook/called_agent.h"
#include "hook/ruled_out.h"
#include "unit/registry_text.h"

using namespace cascade;
using namespace cascade::test;
using cascade::hook::is_called;

TEST_CASE("a name that is ruled out goes where it stands alone, not inside other names") {
  const Registry registry = registry_of("agent:linter");
  const auto id = registry.find({Kind::agent, "linter"});
  REQUIRE(id);
  CHECK(hook::without_names(registry, "linter, linters, xlinter: no Linter", {*id}) ==
        "      , linters, xlinter: no       ");
}

TEST_CASE("a task that gives the subagent the role calls the agent") {
  for (const char* task :
       {"Act as the heap-reader agent. Compare a and b.", "act as heap-reader: compare", "You are heap-reader.",
        "You are the `heap-reader` agent", "Work as our Heap-Reader.", "agent: heap-reader\nCompare a and b.",
        "Role: **heap-reader**", "Use the heap-reader subagent to compare", "@heap-reader compare a and b",
        "Let the \"heap-reader\" agent compare", "Follow the heap-reader instructions",
        "subagent heap-reader, compare"})
    CHECK(is_called(task, "heap-reader"));
}

TEST_CASE("a name that is only talked about calls nobody") {
  for (const char* task : {"Why does heap-reader fail?", "Fix agents/heap-reader.md", "Rename heap-reader.md",
                           "see heap-reader-old agent", "such as heap-reader", "Do not act as the heap-reader agent",
                           "Don't use the heap-reader agent.", "without the heap-reader agent", "my-heap-reader agent",
                           "the tests are heap-reader tests", "", "Describe the heap-reader agent's notes"})
    CHECK_FALSE(is_called(task, "heap-reader"));
}

TEST_CASE("names of one plain word are called in the same way, and not by being a word") {
  CHECK(is_called("Act as the reviewer.", "reviewer"));
  CHECK(is_called("use the reviewer agent", "reviewer"));
  CHECK_FALSE(is_called("ask a reviewer to look at it", "reviewer"));
  CHECK_FALSE(is_called("Act as the reviewer.", ""));
  CHECK(is_called("act as team:reviewer now", "team:reviewer"));
  for (const char* task : {"create a new specialist agent for migrations", "You are an agent that reads logs.",
                           "update the agent instructions", "start a subagent"})
    CHECK_FALSE(is_called(task, "agent"));
  CHECK(is_called("use the agent agent", "agent"));
}

TEST_CASE("a name stands in a text as a whole word, whatever stands around it") {
  using cascade::hook::is_named;
  CHECK(is_named("use /heap-hunt now", "heap-hunt"));
  CHECK(is_named("Heap-Hunt", "heap-hunt"));
  CHECK_FALSE(is_named("the linter", "lint"));
  CHECK_FALSE(is_named("heap-hunting", "heap-hunt"));
  CHECK_FALSE(is_named("", "x"));
}
