// The memo of references saves time and changes nothing: manifests made of the same sections again and again, in other
// orders and below other headings, have the same references with one memo as without.
#include "manifest/parse.h"
#include "unicode/utf8.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cascade::manifest {
namespace {

constexpr std::string_view frames[] = {
    "---\nname: round\ndescription: Makes rounds. Use when the red-fox agent is away.\n---\n",
    "---\nname: round\ndescription: Makes rounds, do not use when\n  red-fox will do\nskills: [grey-owl]\n---\n\n",
    "---\nname: help\ndescription: Teaches writing agents and skills.\n---\n",
    "\xEF\xBB\xBF---\nname: round\ndescription: Makes rounds.\ncascade-layer: playbook\n---\n",
    "---\nname: round\ndescription: Makes rounds.\nallowed-tools: Bash(grey-owl:*)\n---\nUse `grey-owl` first.\n\n",
    "",
    "\xEF\xBB\xBF",
    "Launch these agents in parallel:\n\n"};

constexpr std::string_view headings[] = {"# Rounds\n",
                                         "## Agents\n",
                                         "## Example\n",
                                         "## When not to use\n",
                                         "## Related skills\n",
                                         "### Step 2\n",
                                         "### red-fox\n",
                                         "#### Usage\n",
                                         "## Skills you use\n",
                                         "## Tell the user:\n",
                                         "# Run the reviewer (then\n",
                                         "### Task(\n",
                                         "## Agents:\n",
                                         "Below\n-----\n",
                                         "  ## Far\n",
                                         "\xEF\xBB\xBF# Mark\n",
                                         "## Next steps ##\n",
                                         "## After `/ship`\n\n"};

constexpr std::string_view parts[] = {"Use the `red-fox` agent to check it.\n",
                                      "Run splicer first, then escalate to caulker.\n",
                                      "- Launch red-fox-agent:\n",
                                      "- `grey-owl` for texts\n",
                                      "- **Grey Owl**: looks up\n",
                                      "\n",
                                      "\n",
                                      "It delegates to\n",
                                      "red-fox and the grey-owl skill.\n",
                                      "Launch these agents:\n\n",
                                      "If it is missing:\n",
                                      "```\n/ship it\nTask(\"a\", \"b\", \"red-fox\")\n```\n",
                                      "````markdown\n```sh\n/ship now\n```\n````\n",
                                      "```markdown\n```sh\n# Inner\n/ship\n```\nRun `/ship`.\n```\n",
                                      "```\nopen /ship\n",
                                      "    /ship from code\n",
                                      "Task(\"never closed, \n",
                                      "Task(\"a\", {\"b\": 1\n",
                                      "}, \"red-fox\")\n",
                                      "Then it ends\", \"b\", \"red-fox\")\n",
                                      "Agent(\n",
                                      "red-fox, grey-owl)\n",
                                      "Skill(\"grey-owl\")\n",
                                      "&quot;red-fox&quot; said, and subagent_type=&quot;red-fox&quot;\n",
                                      "<example_response>\n",
                                      "</example_response>\n",
                                      "<output>\nRun `/ship`.\n</output>\n",
                                      "> ## Example\n> Use the red-fox agent.\n",
                                      "- ## Not for\n  Use the red-fox agent.\n",
                                      "> \"Run `/ship` now\"\n",
                                      "| Agent | Invoke |\n|---|---|\n| red-fox | grey-owl |\n",
                                      "| red-fox | x |\n",
                                      "agents:\n  - red-fox\n  - grey-owl\n",
                                      "See [the owl](../grey-owl/SKILL.md) and @red-fox.\n",
                                      "`red-fox` \u3092\u5B9F\u884C\u3059\u308B\n",
                                      "\u8C03\u7528\n",
                                      "<!-- Use the red-fox agent.\n",
                                      "-->\n",
                                      "DO NOT TRIGGER WHEN red-fox will do\n",
                                      "Prerequisites:\n- `/ship`\n",
                                      "NEXT: splicer -> caulker\n",
                                      "mcp__yard__look\n",
                                      "**Skills:** grey-owl, red-fox\n",
                                      "[grey]: ../grey-owl/SKILL.md\n"};

std::string random_section(test::SeededRandom& random) {
  std::string section(headings[random.below(std::size(headings))]);
  for (std::uint32_t left = 1 + random.below(7); left > 0; --left) section += parts[random.below(std::size(parts))];
  if (!random.one_in(4)) section += '\n';
  return section;
}

using Facts = std::tuple<Kind, std::string, bool, Via, Strength, std::uint32_t, std::uint32_t, std::uint32_t>;

std::vector<Facts> references_of(const Manifest& manifest) {
  std::vector<Facts> all;
  for (const Reference& reference : manifest.references)
    all.emplace_back(reference.target.kind, reference.target.name, reference.kind_known, reference.via,
                     reference.strength, reference.at.line, reference.at.column, reference.at.end_column);
  return all;
}

Manifest read(const std::string& text, SectionMemo* memo) {
  ManifestSource source;
  source.path = "skills/round/SKILL.md";
  source.text = text;
  return parse(source, TokenCounter::estimating(), memo);
}

}  // namespace

TEST_CASE("a memo of references changes no reference") {
  test::SeededRandom random{20261123};
  std::size_t some = 0;
  for (int library = 0; library < 40; ++library) {
    std::vector<std::string> sections;
    for (int n = 0; n < 24; ++n) sections.push_back(random_section(random));
    std::deque<std::string> texts;  // which outlive the memo
    SectionMemo memo;
    for (int round = 0; round < 120; ++round) {
      std::string& text = texts.emplace_back(frames[random.below(std::size(frames))]);
      for (std::uint32_t left = random.below(8); left > 0; --left) text += sections[random.below(24)];
      CAPTURE(library, round, unicode::displayable(text));
      const Manifest alone = read(text, nullptr), with_memo = read(text, &memo);
      REQUIRE(references_of(with_memo) == references_of(alone));
      REQUIRE(with_memo.named_tools.size() == alone.named_tools.size());
      REQUIRE(with_memo.steps.size() == alone.steps.size());
      some += alone.references.size();
    }
  }
  CHECK(some > 10'000);
}

TEST_CASE("references beyond the most that a memo keeps are found all the same") {
  std::string many = "## Agents\n\n";
  for (int n = 0; n < 70'000; ++n) many += "- `red-fox`\n";
  const std::string last = "\n## End\n", crew = "## Crew\n\nUse the red-fox agent.\n";
  const std::string texts[] = {many + last, crew + last, many + '\n' + crew + last};
  SectionMemo memo;
  for (const std::string& text : texts)
    CHECK(read(text, &memo).references.size() == read(text, nullptr).references.size());
}

}  // namespace cascade::manifest
