// Traps in front matter, fields and the outline of a body.
#include "corpus/traps.h"
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace cascade::traps {

using corpora::Entry;
using test::problems;
using test::skill;
using test::tools;
using test::uses;

TEST_CASE("trap 1: a banner before the front matter is a warning, the block is read") {
  if (absent()) return;
  std::size_t banners = 0;
  for (const Entry& entry : corpora::library(big).entries)
    for (const Diagnostic& problem : entry.manifest.problems) banners += problem.rule == "FM003" ? 1 : 0;
  CHECK(banners == 214);
  const Manifest& found = manifest(big, "skills/operations/github-release-management/SKILL.md");
  CHECK(found.title == "github-release-management");
  CHECK(has_problem(found, "FM003", 5));
}

TEST_CASE("trap 2: a colon inside a plain description keeps the text as written") {
  if (absent()) return;
  const Manifest& found = manifest(showcase, ".claude/agents/plan-reviewer.md");
  CHECK(found.description.find("Examples: <example>Context: ") != std::string::npos);
  CHECK(has_problem(found, "FM015", 3));
}

TEST_CASE("trap 3: a description that ends in a colon does not swallow the next key") {
  const Manifest found =
      skill("---\nname: x\ndescription: Rests on three principles:\nallowed-tools: Read, Write\n---\n");
  CHECK(found.description == "Rests on three principles:");
  CHECK(tools(found) == "Read Write");
  if (absent()) return;
  CHECK(manifest(big, "skills/platforms/agentdb-persistent-memory-patterns/SKILL.md").description.back() == ':');
}

TEST_CASE("trap 4: beside a broken line the others are still decoded") {
  const Manifest found = skill(
      "---\ndescription: Review with modes: one\nargument-hint: \"[a] [--b | --c]\"\nallowed-tools: [\"Read\", "
      "\"Bash\"]\n---\n");
  CHECK(found.description == "Review with modes: one");
  CHECK(tools(found) == "Read Bash");
  for (const Field& field : found.fields)
    if (field.key == "argument-hint") CHECK(field.value == "[a] [--b | --c]");
  if (absent()) return;
  CHECK(tools(manifest(project, ".claude/skills/review-paper/SKILL.md")) == "Read Grep Glob Write Edit Bash Task");
}

TEST_CASE("trap 5: brackets with trailing text and a bare star are text") {
  for (const std::string value : {"[a] [b]", "[action] | --list", "[x] or [y]"}) {
    const Manifest found = skill("---\nname: x\ndescription: d\nargument-hint: " + value + "\n---\n");
    INFO(value);
    REQUIRE(found.fields.size() == 3);
    CHECK(found.fields[2].value == value);
  }
  CHECK(tools(test::agent("---\nname: x\ndescription: d\ntools: *\n---\n")) == "");
}

TEST_CASE("trap 6: a command without front matter is no error") {
  if (absent()) return;
  const Manifest& found = manifest(market, "plugins/accessibility-compliance/commands/accessibility-audit.md");
  CHECK(found.symbol.name == "accessibility-audit");
  CHECK_FALSE(found.description.empty());
  for (const Diagnostic& problem : found.problems) CHECK(problem.severity == Severity::info);
}

TEST_CASE("trap 7: dashes right behind the front matter are a rule of the body") {
  const std::string text = "---\nname: x\ndescription: d\n---\n---\n\nBody.\n";
  const Manifest found = skill(text);
  CHECK(found.fields.size() == 2);
  CHECK(found.sections[0].offset == text.find("---\n\nBody"));
  CHECK(problems(found).empty());
}

TEST_CASE("trap 8: only the first front matter counts") {
  const Manifest found =
      skill("---\nname: x\ndescription: d\n---\n<details><pre>---\nname: y\ntools: Read\n---\n</pre></details>\n");
  CHECK(found.title == "x");
  CHECK(found.fields.size() == 2);
  if (absent()) return;
  CHECK(manifest(big, "agents/delivery/frontend/react-developer.md").title == "react-developer");
}

TEST_CASE("trap 9: a block scalar is decoded") {
  const Manifest found = skill("---\nname: x\ndescription: |\n  Makes agents.\n  [ground:given]\n---\n");
  CHECK(found.description == "Makes agents.\n[ground:given]");
  if (absent()) return;
  CHECK(manifest(big, "skills/foundry/agent-creator/SKILL.md").description[0] != '|');
}

TEST_CASE("trap 10: a folded plain scalar is one line, cut as its generator cut it") {
  if (absent()) return;
  const std::string description = manifest(big, "agents/foundry/core/base-template-generator.md").description;
  CHECK(description.find('\n') == std::string::npos);
  CHECK(description.substr(description.size() - 11) == "well-struct");
}

TEST_CASE("trap 11: three spellings of a tool list are one list") {
  if (absent()) return;
  CHECK(tools(manifest(project, ".claude/skills/audit-reproducibility/SKILL.md")) ==
        "Read Grep Glob Write Bash Task Monitor");
  CHECK(tools(manifest("awesome-subagents", "categories/01-core-development/api-designer.md")).substr(0, 10) ==
        "Read Write");
  const Manifest& aws = manifest(big, "agents/operations/infrastructure/aws/aws-specialist.md");
  CHECK(std::any_of(aws.fields.begin(), aws.fields.end(), [](const Field& field) {
    return field.key == "allowed-tools" && field.value == "Read, Write, Edit, Bash";
  }));
}

TEST_CASE("trap 12: commas split tools, not inside parentheses") {
  CHECK(tools(skill("---\nallowed-tools: Bash(cat:*, head:*), Bash(awk:*)\n---\n")) ==
        "Bash(cat:*, head:*) Bash(awk:*)");
  if (absent()) return;
  CHECK(tools(manifest(showcase, ".claude/commands/route-research-for-testing.md")) ==
        "Bash(cat:*) Bash(awk:*) Bash(grep:*) Bash(sort:*) Bash(xargs:*) Bash(sed:*)");
}

TEST_CASE("trap 13: a template with placeholders is indexed like any command") {
  if (absent()) return;
  const Manifest& found = manifest(big, "commands/VERIX-COMMAND-TEMPLATE.md");
  CHECK(found.symbol.name == "VERIX-COMMAND-TEMPLATE");
  CHECK(found.description.find('{') != std::string::npos);
  CHECK_FALSE(found.document);
}

TEST_CASE("trap 39: behind a fence that is never closed sections go on") {
  const Manifest found = skill("---\ndescription: d\n---\n# A\n\n```js\nconst x = findSki\n\n## B\n\nText.\n");
  REQUIRE(found.sections.size() >= 3);
  CHECK(found.sections[2].path == "A > B");
  CHECK(problems(found) == "CT006@6:1");
  if (absent()) return;
  CHECK(
      has_problem(manifest(big, "skills/foundry/meta-tools/when-analyzing-skill-gaps-use-skill-gap-analyzer/SKILL.md"),
                  "CT006", 172));
  const std::vector<Entry>& all = corpora::library(big).entries;
  CHECK(std::count_if(all.begin(), all.end(), [](const Entry& entry) {
          return std::any_of(entry.manifest.problems.begin(), entry.manifest.problems.end(),
                             [](const Diagnostic& problem) { return problem.rule == "CT006"; });
        }) == 133);  // in six more the fence ends with its list item
}

TEST_CASE("trap 40: a document collapsed onto a heading line is no heading of 800 characters") {
  if (absent()) return;
  const Manifest& found = manifest(big, "agents/platforms/data/kafka/kafka-streaming-agent.md");
  for (const Section& section : found.sections) {
    CHECK(section.heading.size() <= 400);  // 120 code points
    CHECK(section.path.size() <= 2400);
  }
  CHECK(uses("## A &quot;x&quot; Task(&quot;a&quot;, &quot;b&quot;, &quot;tester&quot;)\n") ==
        "invoked task agent:tester");
}

}  // namespace cascade::traps
