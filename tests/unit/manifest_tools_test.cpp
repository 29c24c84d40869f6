#include "unit/manifest_text.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace cascade {
using test::agent;
using test::problems;
using test::references;
using test::skill;
using test::tools;

namespace {

std::string agent_tools(std::string_view value) {
  return tools(agent("---\nname: linter\ndescription: d\n" + std::string(value) + "\n---\n"));
}

}  // namespace

TEST_CASE("an agent's tools in three spellings are one list") {
  CHECK(agent_tools("tools: Read, Grep") == "Read Grep");
  CHECK(agent_tools("tools: Read Grep") == "Read Grep");
  CHECK(agent_tools("tools: [Read, Grep]") == "Read Grep");
  CHECK(agent_tools("tools:\n  - Read\n  - Grep") == "Read Grep");
}

TEST_CASE("without a list, with an empty one and with a star there is nothing to name") {
  CHECK(agent_tools("model: x") == "");
  CHECK(agent_tools("tools:") == "");
  CHECK(agent_tools("tools: []") == "");
  CHECK(agent_tools("tools: \"*\"") == "");
}

TEST_CASE("denied tools are taken out") {
  CHECK(agent_tools("tools: Read, Write\ndisallowedTools: Write") == "Read");
  CHECK(agent_tools("tools: Read, mcp__t__a, mcp__t__b\ndisallowedTools: mcp__t") == "Read");
  CHECK(agent_tools("tools: Bash(git *)\ndisallowedTools: Bash") == "");
}

TEST_CASE("an agent's allowed-tools restrict nothing, a skill's are its own") {
  CHECK(agent_tools("allowed-tools: Read") == "");
  CHECK(tools(skill("---\nallowed-tools: Read Bash(git *)\ntools: Write\n---\n")) == "Read Bash(git *)");
}

TEST_CASE("numbers and bars in a tool list are dropped as the client does") {
  CHECK(agent_tools("tools: [Read, 7]") == "Read");
  CHECK(agent_tools("tools: Read | Bash") == "Read Bash");
}

TEST_CASE("a malformed tool is a finding at its place") {
  const std::string_view text = "---\nname: linter\ndescription: d\ntools: Read Bash(git status\n---\nx\n";
  CHECK(problems(agent(text)) == "TL003@4:13");
  CHECK(problems(agent("---\nname: linter\ndescription: d\ntools:\n  - mcp_a_b\n---\nx\n")) == "TL003@5:5");
}

TEST_CASE("agents and skills in a tool list are references") {
  CHECK(references(agent("---\nname: l\ndescription: d\ntools: Read, Agent(x, y), Skill(z)\n---\n")) ==
        "agent:x@4:20 agent:y@4:23 skill:z@4:33");
}

}  // namespace cascade

namespace cascade {
TEST_CASE("of very many tools the first thousand count, and one finding says so") {
  std::string many;
  for (int i = 0; i < 5'000; ++i) many += (i == 0 ? "T" : ", T") + std::to_string(i);
  const std::string text = "---\nname: linter\ndescription: d\ntools: " + many + "\n---\n";
  const std::string named = test::tools(test::agent(text));
  CHECK(std::count(named.begin(), named.end(), ' ') == 999);
  CHECK(named.find(" T999") != std::string::npos);
  const std::string found = test::problems(test::agent(text));
  CHECK(found.find("TL003") != std::string::npos);
  CHECK(found.find("TL003") == found.rfind("TL003"));
  // What is denied stays denied, however long its list is.
  CHECK(agent_tools("tools: Read, T4999\ndisallowedTools: " + many) == "Read");
}
}  // namespace cascade
