// The rules of the open standard for skills (agentskills.io, specification), by themselves and one after the other. How
// a path that is none is answered: tests/cli/validate/fail_no_skill.scenario.
#include "unit/validate_tree.h"

#include <catch2/catch.hpp>

namespace cascade::test {
namespace {

constexpr const char* said = "Counts the lamps of a lighthouse. Use when winter comes.";

// What profile agent-skills finds in one skill: rules with their severities, without places.
std::string found_in(const std::string& folder, const std::string& fields) {
  ValidatedTree tree;
  tree.policy.profile = "agent-skills";
  tree.file("skills/" + folder + "/SKILL.md", "---\n" + fields + "---\n\nCount them.\n");
  std::string rules;
  for (const Diagnostic& finding : tree.validate().found)
    rules += (rules.empty() ? "" : " ") + std::string(to_string(finding.severity)) + " " + finding.rule;
  return rules;
}

std::string of_name(const std::string& name, const std::string& more = {}) {
  return found_in(name, "name: " + name + "\ndescription: " + std::string(said) + "\n" + more);
}

std::string of_length(std::size_t characters, const std::string& unit) {
  std::string text;
  for (std::size_t i = 0; i < characters; ++i) text += unit;
  return text;
}

}  // namespace

TEST_CASE("a skill with a name and a description is enough, and all six keys are allowed") {
  CHECK(of_name("lamp-count").empty());
  CHECK(of_name("lamp-count",
                "license: MIT\ncompatibility: needs a telescope\nmetadata:\n  author: ada\nallowed-tools: Read\n")
            .empty());
  CHECK(of_name("lamp-count", "allowed-tools: Bash(jq:*) Bash(git:*)\n").empty());
}

TEST_CASE("name and description are required, and no other key is known") {
  CHECK(found_in("lamps", "description: " + std::string(said) + "\n").find("error FM006") != std::string::npos);
  CHECK(found_in("lamps", "name: lamps\n").find("error FM006") != std::string::npos);
  CHECK(found_in("lamps", "name: lamps\ndescription: \"\"\n").find("error") != std::string::npos);
  CHECK(of_name("lamps", "unknown: x\n") == "error FM007");
}

TEST_CASE("a name is of small letters and digits of any script, joined by single hyphens") {
  for (const char* const good :
       {"a", "lamp2", "2-lamps", "лампы", "маяк-лампы", "灯塔", "ランプ", "램프", "λάμπα", "größe"}) {
    INFO(good);
    CHECK(of_name(good).empty());
  }
  for (const char* const bad :
       {"Lamp",       "LAMPS",  "МАЯК",   "Маяк",       "ΛΆΜΠΑ",       "GRÖSSE",     "Ärger",
        "ԼԱՄՊ",       "Ǆ",      "-lamps", "lamps-",     "lamp--count", "lamp_count", "lamp.count",
        "lamp count", "лампы!", "灯塔。", "lamp·count", "ＬＡＭＰ",    "lamp💡"}) {
    INFO(bad);
    CHECK(of_name(bad).find("error ID001") != std::string::npos);
  }
}

TEST_CASE("a name has 64 characters at most and is its folder's, composed or not") {
  CHECK(of_name(of_length(64, "a")).empty());
  CHECK(of_name(of_length(65, "a")) == "error ID002");
  CHECK(of_name(of_length(64, "灯")).empty());
  CHECK(of_name(of_length(65, "灯")) == "error ID002");
  CHECK(found_in("lamps", "name: buoys\ndescription: " + std::string(said) + "\n") == "error ID003");
  CHECK(found_in("cafe\xCC\x81", "name: caf\xC3\xA9\ndescription: " + std::string(said) + "\n").empty());
}

TEST_CASE("a description has 1,024 characters at most") {
  const std::string begin = "Counts lamps. Use when winter comes. ";
  const auto described = [&](std::size_t characters) {
    return found_in("lamps", "name: lamps\ndescription: " + begin + of_length(characters - begin.size(), "x") + "\n");
  };
  CHECK(described(1'024).empty());
  CHECK(described(1'025).find("error") != std::string::npos);
}

TEST_CASE("compatibility has 1 to 500 characters") {
  CHECK(of_name("lamps", "compatibility: " + of_length(500, "x") + "\n").empty());
  CHECK(of_name("lamps", "compatibility: " + of_length(500, "灯") + "\n").empty());
  CHECK(of_name("lamps", "compatibility: " + of_length(501, "x") + "\n") == "error FM016");
  CHECK(of_name("lamps", "compatibility: " + of_length(501, "灯") + "\n") == "error FM016");
  CHECK(of_name("lamps", "compatibility: \"\"\n").find("error FM016") != std::string::npos);
  ValidatedTree tree;
  tree.skill("lamps", "compatibility: " + of_length(501, "x") + "\n");
  CHECK(tree.told().find("warning FM016") != std::string::npos);
}

TEST_CASE("what is a matter of taste in a description is a note, except in the strict profile") {
  ValidatedTree tree;
  tree.file("skills/lamps/SKILL.md", "---\nname: lamps\ndescription: Helps with stuff\n---\n\nCount.\n");
  for (const Diagnostic& finding : tree.validate().found) CHECK(finding.severity == Severity::info);
  tree.policy.profile = "cascade";
  CHECK(tree.told().find("warning DQ001") != std::string::npos);
}

TEST_CASE("an event that is written like one may belong to a newer client, a misspelt one does not") {
  const auto told = [](const std::string& event) {
    ValidatedTree tree;
    tree.file(".claude-plugin/plugin.json", "{ \"name\": \"p\", \"version\": \"1.0.0\", \"description\": \"d\" }");
    tree.file("hooks/hooks.json", "{ \"hooks\": { \"" + event +
                                      "\": [{ \"hooks\": [{ \"type\": \"command\", \"command\": \"true\" }] }] } }");
    return tree.told();
  };
  CHECK(told("MessageQueued").find("info HK002") != std::string::npos);
  CHECK(told("MessageQueued").find("2.1.") != std::string::npos);
  CHECK(told("WorkspaceTrustGranted").find("info HK002") != std::string::npos);
  CHECK(told("PreToolUsed").find("error HK002") != std::string::npos);
  CHECK(told("pre_tool_use").find("error HK002") != std::string::npos);
  CHECK(told("onsave").find("error HK002") != std::string::npos);
}

}  // namespace cascade::test
