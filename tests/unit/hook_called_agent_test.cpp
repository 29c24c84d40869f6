#include <catch2/catch.hpp>

#include <algorithm>

#include "hook/called_agent.h"
#include "unit/record.h"
#include "unit/registry_text.h"
#include "unit/seeded_random.h"

using namespace cascade;
using namespace cascade::test;
using cascade::hook::is_called;

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

TEST_CASE("each wording that gives a role calls, and no other") {
  for (const char* task : {"become heap-reader", "become the heap-reader", "impersonate our heap-reader",
                           "as a heap-reader", "as an heap-reader", "as my heap-reader", "as your heap-reader",
                           "you are our heap-reader", "persona heap-reader", "specialist heap-reader",
                           "agents heap-reader", "role: heap-reader", "heap-reader persona", "heap-reader manifest",
                           "heap-reader instructions", "heap-reader agent", "heap-reader \"agent\", compare"})
    CHECK(is_called(task, "heap-reader"));
  for (const char* task :
       {"they are heap-reader", "you were heap-reader", "the heap-reader", "colour: heap-reader", ": heap-reader",
        "same as heap-reader", "as well as heap-reader", "known as heap-reader", "as soon as heap-reader",
        "named as heap-reader", "treat as heap-reader", "just as heap-reader", "heap-reader agents",
        "heap-reader skill", "heap-reader agent/notes", "heap-reader agent-notes", "heap-reader agent's"})
    CHECK_FALSE(is_called(task, "heap-reader"));
}

TEST_CASE("a word that says no counts among the four words in front") {
  for (const char* task : {"not as heap-reader", "never act as the heap-reader", "not any of the heap-reader agent",
                           "don't act as heap-reader", "act without the heap-reader agent"})
    CHECK_FALSE(is_called(task, "heap-reader"));
  CHECK(is_called("not for any of the heap-reader agent", "heap-reader"));
  CHECK(is_called("not this. act as heap-reader", "heap-reader"));
}

TEST_CASE("a full stop or a colon ends a name unless it goes on") {
  for (const char* task : {"act as heap-reader.", "act as heap-reader. Compare",
                           "act as heap-reader:", "act as heap-reader: compare", "act as heap-reader, compare"})
    CHECK(is_called(task, "heap-reader"));
  for (const char* task :
       {"act as heap-reader.md", "act as heap-reader:deep", "act as heap-reader_2", "act as heap-reader/x",
        "act as x.heap-reader", "act as /heap-reader", "act as a:heap-reader", "act as heap-reader\xC3\xA9"})
    CHECK_FALSE(is_called(task, "heap-reader"));
}

TEST_CASE("a later place calls where an earlier one only talks") {
  CHECK(is_called("heap-reader is old; act as heap-reader", "heap-reader"));
}

TEST_CASE("of the agents that a text calls the one with the longest name answers") {
  const Registry registry = registry_of(
      "agent:lint\nagent:linter\nagent:linters document\nskill:linter-skill\nagent:double scope=user\n"
      "agent:double scope=project path=other");
  using cascade::hook::called_agent;
  const auto called = [&](std::string_view task) {
    const auto id = hook::called_agent(registry, task);
    return id ? to_string(Symbol{registry[*id].kind, std::string(registry[*id].name)}) : std::string();
  };
  CHECK(called("act as lint, then act as linter") == "agent:linter");
  CHECK(called("act as linter, then act as lint") == "agent:linter");
  CHECK(called("act as LINT") == "agent:lint");
  CHECK(called("act as linters") == "");
  CHECK(called("act as linter-skill") == "");
  CHECK(called("lint it") == "");
  CHECK(called("act as double") == "agent:double");
  const auto id = called_agent(registry, "act as double");
  REQUIRE(id);
  CHECK_FALSE(registry.shadowed_in_favour_of(*id));
}
// Random tasks, each a line with the agent that it calls.
TEST_CASE("every build finds the recorded agents in random tasks") {
  constexpr const char* pieces[] = {"act",          "as",          "the",          "you",
                                    "are",          "a",           "reviewer",     "security-reviewer",
                                    "agent",        "agents",      "role",         "persona",
                                    "become",       "@",           "not",          "without",
                                    "Reviewer",     "planner",     "`planner`",    "such",
                                    "reviewer.md",  "x/planner",   "planner's",    "subagent",
                                    "don't",        "use",         "your",         "specialist",
                                    "instructions", "impersonate", "\"reviewer\"", "/planner",
                                    "reviewers",    "known",       "agent:",       "b"};
  constexpr const char* joints[] = {" ", " ", " ", " ", " ", " ", ". ", "", "\n", ": ", ", ", "'", "-", "/", "."};
  const Registry registry = registry_of(
      "agent:reviewer\nagent:security-reviewer\nagent:planner\nagent:agent\nskill:planner\nagent:b\n"
      "agent:notes document\n");
  SeededRandom random{4};
  std::string record;
  for (int number = 0; number < 3'000; ++number) {
    std::string task;
    for (std::uint32_t left = 1 + random.below(9); left > 0; --left) {
      task += pieces[random.below(std::size(pieces))];
      task += joints[random.below(std::size(joints))];
    }
    const std::optional<ManifestId> found = hook::called_agent(registry, task);
    if (!found && number % 8 != 0) continue;
    std::string line = found ? std::string(registry[*found].name) + " |" : "|";
    line += " " + task;
    std::replace(line.begin(), line.end(), '\n', '~');
    record += line + "\n";
  }
  check_record("hook_called_agent.txt", record);
}
