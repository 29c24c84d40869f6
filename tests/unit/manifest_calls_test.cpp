#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

namespace cascade {
using test::references;
using test::skill;
using test::uses;

TEST_CASE("a skill lists the agents it needs") {
  CHECK(references("---\nname: review\nagents: [linter, planner]\n---\n") == "agent:linter@3:10 agent:planner@3:18");
  CHECK(references("---\nname: review\nagents: linter, planner\n---\n") == "agent:linter@3:9 agent:planner@3:17");
  CHECK(references("---\nname: review\nagents:\n  - linter\n  - planner\n---\n") ==
        "agent:linter@4:5 agent:planner@5:5");
}

TEST_CASE("columns count code points") {
  CHECK(references("---\nagents: [\xC3\xA9l\xC3\xA8ve, b]\n---\n") == "agent:\xC3\xA9l\xC3\xA8ve@2:10 agent:b@2:17");
}

TEST_CASE("our own keys are flat strings below metadata, with or without their prefix") {
  CHECK(references("---\nmetadata:\n  cascade-agents: a b\n  cascade-skills: c\n  cascade-commands: d\n---\n") ==
        "agent:a@3:19 agent:b@3:21 skill:c@4:19 command:d@5:21");
  CHECK(references("---\nmetadata:\n  agents: a, b\n---\n") == "agent:a@3:11 agent:b@3:14");
}

TEST_CASE("an entry may say its kind; it ends at the first colon") {
  CHECK(references("---\nbinding: skill:smoke-test\n---\n") == "skill:smoke-test@2:10");
  CHECK(references("---\nbinding: skill:agent:RE-Tracer\n---\n") == "skill:agent:RE-Tracer@2:10");
  CHECK(references("---\nskills: [tdd:red]\n---\n") == "skill:tdd:red@2:10");
}

TEST_CASE("keys of other tools name only what exists") {
  CHECK(references("---\nrequires: [git, linter]\n---\n") == "?:git@2:12 ?:linter@2:17");
}

TEST_CASE("wildcards name nothing") { CHECK(references("---\nskills: \"*\"\nagents: [all]\n---\n") == ""); }

TEST_CASE("requirements of the workspace are no references") {
  const Manifest found = skill("---\nmetadata:\n  cascade-requires-all: bin:git skill:a file:*.sql\n---\n");
  CHECK(references(found) == "skill:a@3:33");
  CHECK(uses(found) == "required frontmatter skill:a");
}

TEST_CASE("a group of alternatives is one group") {
  const Manifest found = skill("---\nmetadata:\n  cascade-requires-any: skill:a agent:b\n---\n");
  REQUIRE(found.requires_any.size() == 1);
  CHECK(found.requires_any[0] == std::vector<Symbol>{{Kind::skill, "a"}, {Kind::agent, "b"}});
  CHECK(uses(found) == "mentioned frontmatter skill:a\nmentioned frontmatter agent:b");
  CHECK(skill("---\nmetadata:\n  cascade-requires-any: bin:rg skill:a\n---\n").requires_any.empty());
}

TEST_CASE("a conflict is an exclusion") {
  const Manifest found = skill("---\nmetadata:\n  cascade-conflicts: skill:a b\n---\n");
  CHECK(found.conflicts == std::vector<Symbol>{{Kind::skill, "a"}, {Kind::skill, "b"}});
  CHECK(uses(found) == "excluded frontmatter skill:a\nexcluded frontmatter skill:b");
}

TEST_CASE("the third string of a Task call is its agent") {
  CHECK(uses("Task(\"Plan\", \"Plan the work\", \"planner\")\n") == "invoked task agent:planner");
  CHECK(uses("```js\nTask(\"Business Analyst\", `\n  two\n  lines`, \"analyst\")\n```\n") ==
        "invoked task agent:analyst");
  CHECK(references("Task(\"a\",\n  \"b\",\n  \"planner\")\n") == "agent:planner@3:4");
}

TEST_CASE("one string of a Task call is a title as often as an agent") {
  CHECK(uses("Task(\"Business Analyst\")\n") == "");
  CHECK(uses("Task(\"code-reviewer\")\n") == "mentioned task agent:code-reviewer");
}

TEST_CASE("Agent() names its agents") {
  CHECK(references("Start Agent(route-finder) first, then Agent(hotel-findr, planner).\n") ==
        "agent:route-finder@1:13 agent:hotel-findr@1:45 ?:planner@1:58");
}

TEST_CASE("Agent() behind a relation calls nobody") {
  CHECK(uses("- Complements: `Agent(sail-maker)` (canvas), `Agent(rope-maker)`\n") ==
        "mentioned task agent:sail-maker\nmentioned task agent:rope-maker");
  CHECK(uses("Base role: `Agent(sail-maker)`\n") == "mentioned task agent:sail-maker");
  CHECK(uses("- **Delegates to**: `Agent(sail-maker)`\n").find("invoked") == 0);
  CHECK(uses("1. Complements are set: call `Agent(sail-maker)`\n") == "invoked task agent:sail-maker");
}

TEST_CASE("what is delegated may stand between the verb and the name") {
  CHECK(uses("Delegate the mooring to deck:scout when it can be had.\n") == "invoked qualified ?:deck:scout");
  CHECK(uses("Delegate it, then go up to deck:scout at night.\n") == "invoked qualified ?:deck:scout");
}

TEST_CASE("what only looks like a call is none") {
  for (std::string_view text :
       {"Agent(s) and Skill(s)\n", "Task(name)\n", "Skill(skill-name)\n", "Agent(\"${x}\")\n", "Task(your-agent)\n",
        "crew.Task(planner)\n", "Agent()\n", "Agent(a b)\n", "Task(<x>)\n"}) {
    INFO(text);
    CHECK(uses(text) == "");
  }
}

TEST_CASE("an ordinary word without quotes may be a variable") {
  CHECK(uses("```python\nagent = Agent(planner)\n```\n") == "invoked task ?:planner");
  CHECK(uses("Task(subagent_type=chosen)\nTask(subagent_type=planner)\n") == "invoked task ?:planner");
  CHECK(uses("```\nAgent(route-finder)\n```\n") == "invoked task agent:route-finder");
}

TEST_CASE("names that examples are made of are none") {
  for (std::string_view text :
       {"subagent_type: \"custom-agent\"\n", "Skill(\"plugin-name:skill-name\")\n", "Agent(agent-1, agent-2)\n",
        "subagent_type: \"agent-a\"\n", "Skill(\"your-skill\")\n", "Agent(agent-type-from-registry)\n"}) {
    INFO(text);
    CHECK(uses(text) == "");
  }
}

TEST_CASE("subagent_type takes its agent in any punctuation") {
  for (std::string_view text :
       {"subagent_type: planner\n", "subagent_type=\"planner\"\n", "`subagent_type`: `planner`\n",
        "Task(subagent_type='planner', prompt=\"x\")\n", "{\"subagent_type\": \"planner\"}\n",
        "with subagent_type set to \"planner\"\n", "**subagent_type**: planner\n"}) {
    INFO(text);
    CHECK(uses(text).substr(0, 13) == "invoked task ");
    CHECK(uses(text).substr(uses(text).size() - 8) == ":planner");
  }
  CHECK(uses("subagent_type=\"c4-architecture::c4-code\"\n").find("invoked task agent:c4-architecture::c4-code") == 0);
}

TEST_CASE("a subagent_type may stand between tags") {
  CHECK(uses("```xml\n<parameter name=\"subagent_type\">deck-hand</parameter>\n```\n") ==
        "invoked task agent:deck-hand");
  CHECK(uses("<parameter name=\"subagent_type\">[the role]</parameter>\n") == "");
}

TEST_CASE("a subagent_type in words is none") {
  CHECK(uses("`subagent_type`: the selected role\n") == "");
  CHECK(uses("subagent_type: \"agent-name\"\n") == "");
}

TEST_CASE("a column of examples shows what another client writes") {
  CHECK(uses("| Their example | Ours |\n| --- | --- |\n| `task(subagent_type=\"mate\")` | say it |\n") ==
        "mentioned task ?:mate");
  CHECK(uses("| Step | Call |\n| --- | --- |\n| 1 | `task(subagent_type=\"mate\")` |\n") == "invoked task agent:mate");
}

TEST_CASE("a text about writing agents shows calls that nobody need answer") {
  constexpr std::string_view call = "```\n- subagent_type: \"deck-hand\"\n```\n";
  const auto kind_known = [&](const std::string& name, const std::string& description) {
    const std::string text = "---\nname: " + name + "\ndescription: " + description + "\n---\n" + std::string(call);
    return test::parse(Kind::skill, "skills/" + name + "/SKILL.md", text, "", "skills").references.at(0).kind_known;
  };
  CHECK_FALSE(kind_known("subagent-creator", "Helps."));
  CHECK_FALSE(kind_known("crew", "Guide to creating good subagents."));
  CHECK(kind_known("crew", "Sails. Use at sea."));
}

TEST_CASE("Skill() names a skill") {
  for (std::string_view text : {"Skill(\"red-phase\")\n", "Skill(red-phase)\n", "Skill(skill: \"red-phase\")\n",
                                "Skill({skill: 'red-phase'})\n", "Skill(skill=\"red-phase\", args=\"x\")\n"}) {
    INFO(text);
    CHECK(uses(text) == "invoked skill skill:red-phase");
  }
}

TEST_CASE("a forbidden call is an exclusion") {
  CHECK(uses("Do NOT call Skill(\"red-phase\") here.\n") == "excluded skill skill:red-phase");
  CHECK(uses("Never use Agent(route-finder).\n") == "excluded task agent:route-finder");
  CHECK(uses("Run the tests rather than Skill(red-phase).\n") == "excluded skill skill:red-phase");
  CHECK(uses("Never commit without running Skill(red-phase).\n") == "invoked skill skill:red-phase");
}

TEST_CASE("a slash word is a command or a skill") {
  CHECK(uses("Run `/ship-it` now.\n") == "invoked slash ?:ship-it");
  CHECK(uses("Similar to /ship-it in scope.\n") == "mentioned slash ?:ship-it");
  CHECK(uses("Use /release:ship-it.\n") == "invoked slash ?:release:ship-it");
  CHECK(uses("Then run:\n```\n/ship-it --now\n```\n") == "invoked slash ?:ship-it");
  CHECK(references("\xC3\xA9 use /ship-it\n") == "?:ship-it@1:8");
}

TEST_CASE("paths, routes, tags and expressions are no slash words") {
  for (std::string_view text : {"/usr/bin/ship\n", "GET /users\n", "</pre>\n", "/csrf|csurf/g\n", "a/b\n",
                                "[[SPC:path:/agents]]\n", "cd /tmp\n", "/etc/hosts\n", "/file.txt\n", "`/api/*`\n",
                                "http://x\n", "POST `/items`\n", "endpoint /health\n", "/users/{id}\n"}) {
    INFO(text);
    CHECK(uses(text) == "");
  }
}

TEST_CASE("the longest word counts") { CHECK(uses("see /prompt-only\n") == "mentioned slash ?:prompt-only"); }

TEST_CASE("plugin:name is a reference of unknown kind") {
  CHECK(uses("Use superpowers:brainstorming first.\n") == "invoked qualified ?:superpowers:brainstorming");
  CHECK(uses("superpowers:requesting-code-review's template\n") ==
        "mentioned qualified ?:superpowers:requesting-code-review");
  CHECK(uses("see skill:red-phase\n") == "mentioned qualified skill:red-phase");
}

TEST_CASE("MCP tools are listed once, wherever they stand") {
  const Manifest found = skill("---\nallowed-tools: mcp__t__a\n---\nCall `mcp__t__a`, then mcp__srv__x_y.\n");
  REQUIRE(found.named_tools.size() == 2);
  CHECK(to_string(found.named_tools[0].tool) == "mcp__t__a");
  CHECK(test::place(found.named_tools[0].at) == "2:16");
  CHECK(to_string(found.named_tools[1].tool) == "mcp__srv__x_y");
  CHECK(test::place(found.named_tools[1].at) == "4:24");
}

TEST_CASE("links to files and folders are references by path") {
  CHECK(uses("[x](../red-phase/SKILL.md)\n") == "mentioned link ?:../red-phase/SKILL.md");
  CHECK(uses("[x](<a b/c.md> \"t\") and [y](a%20b.md#part)\n") == "mentioned link ?:a b/c.md\nmentioned link ?:a b.md");
  CHECK(uses("[folder](../red-phase/)\n") == "mentioned link ?:../red-phase/");
}

TEST_CASE("links elsewhere are none") {
  for (std::string_view text : {"[x](https://a.b/c.md)\n", "[x](#part)\n", "![i](a.png)\n", "[x](mailto:a@b.c)\n",
                                "[x](/abs.md)\n", "```\n[x](a.md)\n```\n"}) {
    INFO(text);
    CHECK(uses(text) == "");
  }
}

TEST_CASE("escaped text reads like any other, its places are the file's") {
  CHECK(references("<pre>Task(&quot;a&quot;, &quot;b&quot;, &quot;planner&quot;)</pre>\n") == "agent:planner@1:47");
}

TEST_CASE("descriptions are running text") {
  CHECK(references("---\nname: x\ndescription: Use /ship-it first.\nother: /no-such\n---\n") == "?:ship-it@3:19");
}

}  // namespace cascade
