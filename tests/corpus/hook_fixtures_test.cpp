// Every event that was recorded from the client is answered rightly: most with nothing, the same bytes each time.
#include <catch2/catch.hpp>

#include <cascade/hook.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "read_text.h"
#include "scratch_folder.h"
#include "syntax/json.h"

namespace cascade {
namespace {

namespace fs = std::filesystem;

const fs::path fixtures = fs::path(CASCADE_SOURCE_DIR) / ".." / "shared" / "fixtures" / "hooks";

// A fresh conversation each time, over the shipped library or another one.
std::string answer(const std::string& event, const std::string& library = CASCADE_SOURCE_DIR) {
  WorkspaceOptions options;
  options.roots = {{library, Scope::builtin}};
  options.directory = CASCADE_SOURCE_DIR;
  auto workspace = Workspace::open(options);
  REQUIRE(workspace);
  auto text = answer_hook(*workspace, {}, event);
  return text ? *text : "error: " + text.error().message;
}

}  // namespace

TEST_CASE("every recorded event is answered, twice with the same bytes, and only where there is something to say") {
  if (!fs::exists(fixtures)) {
    std::cout << "skipped: ../shared/fixtures/hooks is not there\n";
    return;
  }
  const std::set<std::string> speak = {"SessionStart-startup", "SessionStart-compact", "SessionStart-clear"};
  std::size_t seen = 0;
  for (const auto& file : fs::directory_iterator(fixtures)) {
    if (file.path().extension() != ".json") continue;
    ++seen;
    const std::string name = file.path().stem().string(), event = test::read_text(file.path()), first = answer(event);
    INFO(name << ": " << first);
    CHECK(answer(event) == first);
    CHECK(first.empty() == (speak.count(name) == 0));
    if (first.empty()) continue;
    const syntax::Parsed parsed = syntax::parse_json(first);
    REQUIRE(parsed.faults.empty());
    const syntax::Node* output = parsed.root.find("hookSpecificOutput");
    REQUIRE(output != nullptr);
    CHECK(output->find("hookEventName")->text == name.substr(0, name.find('-')));
  }
  CHECK(seen >= 50);
}

TEST_CASE("a library that has what the recorded events speak of answers those, and leaves the others alone") {
  if (!fs::exists(fixtures)) return;
  const test::ScratchFolder folder;
  const std::string& library = folder.path;
  fs::create_directories(library + "/agents");
  fs::create_directories(library + "/commands");
  std::ofstream(library + "/agents/demo-agent.md")
      << "---\nname: demo-agent\ndescription: Shows. Use when asked.\n---\n"
         "THE-AGENT reads and tells.\n";
  std::ofstream(library + "/commands/demo-cmd.md") << "---\ndescription: Shows\n---\nTHE-COMMAND takes $ARGUMENTS.\n";
  const std::set<std::string> speak = {"SessionStart-startup", "SessionStart-compact",
                                       "SessionStart-clear",   "PreToolUse-Agent",
                                       "SubagentStart",        "UserPromptSubmit-slash-command"};
  for (const auto& file : fs::directory_iterator(fixtures)) {
    if (file.path().extension() != ".json") continue;
    const std::string name = file.path().stem().string(), text = answer(test::read_text(file.path()), library);
    INFO(name << ": " << text);
    CHECK(text.empty() == (speak.count(name) == 0));
    if (name == "PreToolUse-Agent" || name == "SubagentStart") CHECK(text.find("THE-AGENT") != std::string::npos);
    if (name == "UserPromptSubmit-slash-command") CHECK(text.find("THE-COMMAND") != std::string::npos);
  }
  const syntax::Parsed rewritten =
      syntax::parse_json(answer(test::read_text(fixtures / "PreToolUse-Agent.json"), library));
  const syntax::Node* input = rewritten.root.find("hookSpecificOutput")->find("updatedInput");
  REQUIRE(input != nullptr);
  CHECK(input->size() == 3);
  CHECK(input->find("description")->text == "short task");
  // The client does not know this agent: it starts as one that it knows, with the agent's layer.
  CHECK(input->find("subagent_type")->text == "general-purpose");
  CHECK(input->find("prompt")->text.rfind("MARK_SUB read a.txt\n\n[cascade] context for agent:demo-agent.\n", 0) == 0);
}

TEST_CASE("events cut anywhere end in an answer or an error") {
  if (!fs::exists(fixtures)) return;
  const std::string event = test::read_text(fixtures / "PreToolUse-Agent.json");
  for (std::size_t cut = 0; cut < event.size(); cut += 7) {
    const std::string text = answer(event.substr(0, cut));
    CHECK((text.empty() || text.rfind("error: ", 0) == 0));
  }
}

}  // namespace cascade
