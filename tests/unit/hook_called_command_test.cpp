#include "hook/called_agent.h"
#include "hook_library.h"
#include "unit/registry_text.h"

using namespace cascade;
using namespace cascade::test;

namespace {

std::string task_of(const std::string& answer) {
  const syntax::Node root = syntax::parse_json(answer).root;
  const syntax::Node* output = root.find("hookSpecificOutput");
  const syntax::Node* input = output != nullptr ? output->find("updatedInput") : nullptr;
  const syntax::Node* prompt = input != nullptr ? input->find("prompt") : nullptr;
  return prompt != nullptr ? prompt->text : answer;
}

}  // namespace

TEST_CASE("a text calls a command by a slash and its name at the very beginning") {
  const Registry registry = registry_of("command:ship\nskill:tune\nagent:ship-agent\ncommand:tools:ship-log\n");
  const auto called = [&](const std::string& text) {
    const auto found = hook::called_command(registry, text);
    return found ? name_of(registry, found->id) + "(" + std::string(found->arguments) + ")" : std::string("none");
  };
  CHECK(called("/ship") == "command:ship()");
  CHECK(called("  \n/ship  a b \n more") == "command:ship(a b)");
  CHECK(called("/ship\ta") == "command:ship(a)");
  CHECK(called("/ship\r\nx") == "command:ship()");
  CHECK(called("/tune it") == "skill:tune(it)");
  CHECK(called("/ship-agent") == "none");
  for (const char* text : {"", "/", "s", "xship", "ship", " ship", "/ ship", "/shipping", "/cascade ship"}) {
    INFO(text);
    CHECK(called(text) == "none");
  }
}

TEST_CASE("a command that a subagent's task begins with comes along, its arguments in place") {
  const HookLibrary library;
  const std::string task = task_of(library.agent("general-purpose", "/diff-heaps one two\nand report"));
  CHECK(task.rfind("/diff-heaps one two\nand report\n\n[cascade] command:diff-heaps, which this task calls;", 0) == 0);
  CHECK(contains(task, "Compare one two."));
  CHECK(contains(library.agent("general-purpose", "/diff-heaps x"),
                 "\"systemMessage\":\"cascade: a subagent got command:diff-heaps, "));
}

TEST_CASE("an agent and the command that its task begins with both come, and are noted for the same subagent") {
  const HookLibrary library;
  const std::string task = task_of(library.agent("leak-hunter", "/diff-heaps one two"));
  CHECK(contains(task, "You compare heap snapshots"));
  CHECK(contains(task, "Compare one two."));
  library.subagent("general-purpose", "a1");
  CHECK(library.subagent("general-purpose", "a1").empty());
}

TEST_CASE("a command that the task calls is not told a second time below the agent that knows it") {
  const HookLibrary library;
  library.write("lib/.claude/agents/heap-reader.md",
                "---\nname: heap-reader\ndescription: Reads heaps. Use when asked.\n---\nI run `/diff-heaps`.\n");
  const std::string task = task_of(library.agent("heap-reader", "/diff-heaps one two"));
  INFO(task);
  CHECK(contains(task, "Compare one two."));
  CHECK_FALSE(contains(task, "Compare $ARGUMENTS."));
}

TEST_CASE("a path, an unknown name, two of one name and what only the user may start are left as they are") {
  const HookLibrary library;
  library.write("lib/commands/manual.md", "---\ndescription: Ships\ndisable-model-invocation: true\n---\nMANUAL\n");
  for (const char* task :
       {"/etc/hosts is broken", "/nobody knows", "run /diff-heaps one", "/", "/cascade diff-heaps x", "/manual now"})
    CHECK(library.agent("general-purpose", task).empty());
  CHECK(library.agent("nobody", "/diff-heaps one").empty());  // the client refuses it, and nothing would arrive
}

TEST_CASE("a command that the user types and the client does not know has its arguments in place") {
  const HookLibrary library;
  CHECK(contains(injected(library.prompt("/diff-heaps one 'two three'")), "Compare one 'two three'."));
}

TEST_CASE("an installed agent that has no skill tool is told where its commands' texts lie") {
  const HookLibrary library;
  library.write("lib/.claude/agents/own-hunter.md",
                "---\nname: own-hunter\ndescription: Hunts. Use when memory grows.\ntools: Read\nmetadata:\n  "
                "cascade-commands: diff-heaps\n---\nYou hunt.\n");
  const std::string task = task_of(library.agent("own-hunter", "look"));
  CHECK(contains(task, "[cascade] command:diff-heaps is what "));
  CHECK(contains(task, "lib/commands/diff-heaps.md says."));
}

TEST_CASE("what is switched off is not counted at a session's start") {
  const HookLibrary library;
  CHECK(contains(library.start("startup"), "2 skills, 2 agents and 1 command are at hand"));
  HookLibrary here;
  here.options.home = library.path + "/home";
  library.write("home/.claude/settings.json", R"({"skillOverrides":{"memory-leak-hunt":"off"}})");
  CHECK(contains(here.start("startup"), "1 skill, 2 agents and 1 command are at hand"));
}

TEST_CASE("an agent that starts by its name is told whether anything holds it to its tools") {
  const HookLibrary library;
  CHECK(contains(task_of(library.agent("leak-hunter", "look")),
                 "Tools you may use: Read, Bash. You have others as "
                 "well: leave them alone."));
  HookLibrary guarded;
  guarded.options.refuses_tools = true;
  CHECK(contains(task_of(guarded.agent("leak-hunter", "look")), "Tools you may use: Read, Bash. Others are refused."));
}
