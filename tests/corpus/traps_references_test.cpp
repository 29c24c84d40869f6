// Traps in what a text says about other manifests.
#include "corpus/traps.h"
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace cascade::traps {

using corpora::Library;
using test::problems;
using test::uses;

TEST_CASE("trap 25: a command named like a common word is not found in prose") {
  CHECK(uses("Several agents do research on code status with deep care.\n").empty());
  if (absent()) return;
  const Library& library = corpora::library(big);
  for (const char* name : {"agents", "code", "research", "mcp", "deep", "status"})
    if (const std::optional<ManifestId> id = library.registry.find({Kind::command, name}))
      for (const Link& link : library.registry.links_to(*id)) {
        INFO(name << " from " << library.registry[link.from].path << ':' << link.line);
        CHECK(link.via != Via::prose);
      }
}

TEST_CASE("trap 26: 203 commands that bind their own name are one finding") {
  if (absent()) return;
  std::size_t summaries = 0;
  for (const Diagnostic& problem : corpora::library(big).registry.problems())
    summaries += problem.message == "203 manifests bind a skill of their own name that is not defined" ? 1 : 0;
  CHECK(summaries == 1);
}

TEST_CASE("trap 27: a binding is split at its first colon, the rest is reported as written") {
  if (absent()) return;
  CHECK(findings(big, "commands/security/re/dynamic.md") ==
        "17: the skill \"agent:RE-Runtime-Tracer\" is not defined\n");
  CHECK(findings(big, "commands/platforms/multi-model-commands/gemini-search.md") ==
        "17: the skill \"multi-model:gemini-search\" is not defined\n");
}

TEST_CASE("trap 28: of three calls one resolves and two dangle") {
  if (absent()) return;
  const std::string path = "skills/operations/github-multi-repo/SKILL.md";
  CHECK(findings(big, path) ==
        "150: the agent \"coordinator\" is not defined\n151: the agent \"analyst\" is not defined\n");
  CHECK(links(big, path, 152).find("task agent:tester") != std::string::npos);
}

TEST_CASE("trap 29: the agent of a call is its third argument, lines below the title") {
  CHECK(test::references("Task(\"Business Analyst\", `\nten\nlines\n`, \"analyst\")\n") == "agent:analyst@4:5");
  if (absent()) return;
  CHECK(findings(big, "skills/operations/sop-product-launch/SKILL.md").substr(0, 36) ==
        "110: the agent \"analyst\" is not defi");
}

TEST_CASE("trap 30: a label that says agent binds to the skill of that name") {
  if (absent()) return;
  CHECK(links(big, "skills/security/reconnaissance/SKILL.md", 129) == "invoked label skill:intent-analyzer");
  CHECK(findings(big, "skills/security/reconnaissance/SKILL.md").empty());
}

TEST_CASE("trap 31: tags, routes, paths and expressions are no commands") {
  for (std::string_view text :
       {"[[SPC:path:/agents]]\n", "</pre>\n", "</details>\n", "GET /users\n", "/usr/bin/ship\n", "/csrf|csurf/g\n"}) {
    INFO(text);
    CHECK(uses(text).empty());
  }
  if (absent()) return;
  CHECK(links(big, "agents/delivery/frontend/react-developer.md", 86).find("command:") == std::string::npos);
}

TEST_CASE("trap 32: advertised commands that do not exist are no findings") {
  if (absent()) return;
  CHECK(uses("- `/file-write` - write files\n") == "mentioned slash ?:file-write");
  CHECK(findings(big, "agents/tooling/github/swarm-issue.md").empty());
}

TEST_CASE("trap 33: double colons, built-in agents, and a value that is prose with names behind it") {
  CHECK(uses("subagent_type=\"c4-architecture::c4-code\"\n") == "invoked task agent:c4-architecture::c4-code");
  if (absent()) return;
  CHECK(links(market, "plugins/c4-architecture/commands/c4-architecture.md", 37) == "invoked task agent:c4-code");
  const std::string spawn = links(market, "plugins/agent-teams/commands/team-spawn.md", 78);
  CHECK(spawn.find("agent:team-lead") != std::string::npos);
  CHECK(spawn.find("agent:team-debugger") != std::string::npos);
  for (const Diagnostic& problem : corpora::library(market).registry.problems())
    CHECK(problem.message.find("general-purpose") == std::string::npos);
}

TEST_CASE("trap 34: a hyphen is no word boundary, the longest name counts") {
  CHECK(uses("Pass --acknowledge-template-domain-reviewer on.\n").empty());
  CHECK(uses("Run /prompt-only now.\n") == "invoked slash ?:prompt-only");
  if (absent()) return;
  CHECK(links(project, ".claude/skills/slide-excellence/SKILL.md", 4).empty());
}

TEST_CASE("trap 35: to collaborate with an agent is to name it, not to call it") {
  if (absent()) return;
  const Library& library = corpora::library("awesome-subagents");
  const Span<Link> found = library.registry.links(library.ids.at("categories/01-core-development/api-designer.md"));
  CHECK(found.size > 3);
  for (const Link& link : found) CHECK(link.strength == Strength::mentioned);
}

TEST_CASE("trap 36: a name in a graph's code and one with an apostrophe are references") {
  CHECK(uses("```dot\n\"Use superpowers:finishing-a-branch\" [shape=box]\n```\n") ==
        "invoked qualified ?:superpowers:finishing-a-branch");
  CHECK(uses("as superpowers:requesting-code-review's template\n") ==
        "mentioned qualified ?:superpowers:requesting-code-review");
  if (absent()) return;
  CHECK(links("superpowers", "skills/subagent-driven-development/SKILL.md", 77) ==
        "invoked qualified skill:finishing-a-development-branch");
}

TEST_CASE("trap 37: a link to a file that lies elsewhere is kept as written") {
  if (absent()) return;
  const Manifest& found = manifest(showcase, ".claude/skills/backend-dev-guidelines/SKILL.md");
  CHECK(std::any_of(found.references.begin(), found.references.end(), [](const Reference& reference) {
    return reference.via == Via::link && reference.target.name == "architecture-overview.md" &&
           reference.at.line == 241;
  }));
}

}  // namespace cascade::traps
