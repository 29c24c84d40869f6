// The forty malformations of the corpora, each with what a good reader makes of it. Numbers and places are those of the
// list beside the corpora; where a few lines show the trap they are our own.
#include "corpus/corpora.h"
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

namespace cascade {
namespace {

using corpora::Entry;
using corpora::Library;
using test::problems;
using test::tools;
using test::uses;

const std::string big = "context-cascade", market = "wshobson-agents", project = "my-workflow",
                  showcase = "infrastructure-showcase";

bool absent() {
  if (corpora::present()) return false;
  WARN("no corpora beside the repository: skipped");
  return true;
}

const Manifest& manifest(const std::string& corpus, const std::string& path) {
  for (const Entry& entry : corpora::library(corpus).entries)
    if (entry.path == path) return entry.manifest;
  FAIL("no such manifest: " << path);
  std::abort();
}

bool has_problem(const Manifest& found, std::string_view rule, std::uint32_t line) {
  return std::any_of(found.problems.begin(), found.problems.end(),
                     [&](const Diagnostic& problem) { return problem.rule == rule && problem.at.line == line; });
}

// "invoked task agent:tester" for the links of one line.
std::string links(const std::string& corpus, const std::string& path, std::uint32_t line) {
  const Library& library = corpora::library(corpus);
  std::string out;
  for (const Link& link : library.registry.links(library.ids.at(path))) {
    if (link.line != line) continue;
    const ManifestView to = library.registry[link.to];
    out += (out.empty() ? "" : ", ") + std::string(to_string(link.strength)) + ' ' + std::string(to_string(link.via)) +
           ' ' + std::string(to_string(to.kind)) + ':' + std::string(to.name);
  }
  return out;
}

// The messages of one file about binding.
std::string findings(const std::string& corpus, const std::string& path) {
  const Library& library = corpora::library(corpus);
  std::string out;
  for (const Diagnostic& problem : library.registry.problems(library.ids.at(path)))
    if (problem.rule.substr(0, 2) == "RF") out += std::to_string(problem.at.line) + ": " + problem.message + '\n';
  return out;
}

std::string found_as(const std::string& corpus, Kind kind, const std::string& name) {
  const Library& library = corpora::library(corpus);
  const std::optional<ManifestId> id = library.registry.find({kind, name});
  return id ? std::string(library.registry[*id].path) : "none";
}

Manifest skill(std::string_view text) { return test::skill(text); }

}  // namespace

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

TEST_CASE("trap 14: the name SKILL is none, the folder is") {
  if (absent()) return;
  std::size_t placeholders = 0;
  for (const Entry& entry : corpora::library(big).entries) {
    if (corpora::text_of(entry.oracle, "name") != "SKILL") continue;
    ++placeholders;
    CHECK(entry.manifest.title == entry.manifest.symbol.name);
    CHECK(std::count(entry.manifest.aliases.begin(), entry.manifest.aliases.end(), "SKILL") == 0);
  }
  CHECK(placeholders == 47);
}

TEST_CASE("trap 15: a name with blanks is shown, and found by its folder too") {
  if (absent()) return;
  const std::string folder = "when-building-semantic-search-use-agentdb-vector-search";
  const std::string path = "skills/platforms/" + folder + "/SKILL.md";
  CHECK(manifest(big, path).title == "AgentDB Semantic Vector Search");
  CHECK(found_as(big, Kind::skill, folder) == path);
  CHECK(found_as(big, Kind::skill, "AgentDB Semantic Vector Search") == path);
}

TEST_CASE("trap 16: two folders that differ behind the 64th character are two skills") {
  if (absent()) return;
  const std::string name = "when-reviewing-pull-request-orchestrate-comprehensive-code-review";
  const std::string cut = name.substr(0, 64);
  CHECK(found_as(big, Kind::skill, name) == "skills/orchestration/" + name + "/SKILL.md");
  CHECK(found_as(big, Kind::skill, cut) == "skills/orchestration/" + cut + "/SKILL.md");
}

TEST_CASE("trap 17: two folders with one declared name are two skills") {
  if (absent()) return;
  const Manifest& one = manifest(big, "skills/security/reverse-engineering-quick/SKILL.md");
  const Manifest& other = manifest(big, "skills/security/reverse-engineering-quick-triage/SKILL.md");
  CHECK(one.title == other.title);
  CHECK(one.symbol.name != other.symbol.name);
  CHECK(found_as(big, Kind::skill, one.symbol.name) == one.path);
  CHECK(found_as(big, Kind::skill, other.symbol.name) == other.path);
}

TEST_CASE("trap 18: of two agents with one name the shallower wins, both are kept, and it is said") {
  if (absent()) return;
  CHECK(found_as(big, Kind::agent, "coder") == "agents/coder.md");
  const Library& library = corpora::library(big);
  const ManifestId loser = library.ids.at("agents/foundry/core/coder.md");
  const std::vector<Diagnostic> found = library.registry.problems(loser);
  CHECK(std::any_of(found.begin(), found.end(), [](const Diagnostic& problem) { return problem.rule == "ID005"; }));
}

TEST_CASE("trap 19: one name in several kinds is several manifests") {
  if (absent()) return;
  CHECK(found_as(big, Kind::agent, "tester").substr(0, 7) == "agents/");
  CHECK(found_as(big, Kind::command, "tester").substr(0, 9) == "commands/");
  CHECK(found_as(big, Kind::skill, "ralph-loop").substr(0, 7) == "skills/");
  CHECK(found_as(big, Kind::command, "ralph-loop").substr(0, 9) == "commands/");
}

TEST_CASE("trap 20: an agent answers to its file's name inside its plugin, and to plugin:file") {
  if (absent()) return;
  const std::string path = "plugins/tdd-workflows/agents/code-reviewer.md";
  CHECK(manifest(market, path).symbol.name == "tdd-workflows-code-reviewer");
  CHECK(found_as(market, Kind::agent, "tdd-workflows:code-reviewer") == path);
}

TEST_CASE("trap 21: a command in two plugins is told apart by the plugin") {
  if (absent()) return;
  CHECK(found_as(market, Kind::command, "conductor:setup") == "plugins/conductor/commands/setup.md");
  CHECK(found_as(market, Kind::command, "ship-mate:setup") == "plugins/ship-mate/commands/setup.md");
}

TEST_CASE("trap 22: a dot may be part of a name, at the end of a sentence it is none") {
  CHECK(uses("Use the `powershell-5.1-expert` agent.\n") == "invoked backtick agent:powershell-5.1-expert");
  CHECK(uses("Use the powershell-5.1-expert agent.\n") == "invoked prose ?:powershell-5.1-expert");
  CHECK(uses("- delegate to frontend-developer.\n") == "invoked prose ?:frontend-developer");
}

TEST_CASE("trap 23: a command answers to its written name and to directory:file") {
  if (absent()) return;
  const std::string path = "commands/delivery/sparc/api-designer.md";
  for (const char* name : {"delivery:sparc:api-designer", "sparc:api-designer", "api-designer"})
    CHECK(found_as(big, Kind::command, name) == path);
  CHECK(found_as(big, Kind::command, "sparc-ask") == "commands/delivery/sparc/ask.md");
}

TEST_CASE("trap 24: a README with a name is a document: kept, never a target") {
  if (absent()) return;
  std::size_t documents = 0;
  for (const Entry& entry : corpora::library(big).entries) {
    if (!entry.manifest.document) continue;
    ++documents;
    CHECK(corpora::library(big).registry.links_to(corpora::library(big).ids.at(entry.path)).empty());
  }
  CHECK(documents == 19);
  CHECK(corpora::library(big).entries.size() == 760);
}

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

TEST_CASE("trap 38: agents that plugin.json lists count wherever they lie, their README does not") {
  if (absent()) return;
  const std::map<std::string, discovery::Found> found =
      corpora::discovered(corpora::shared() + "/corpora/awesome-subagents");
  CHECK(found.count("categories/01-core-development/api-designer.md") == 1);
  CHECK(found.count("categories/01-core-development/README.md") == 0);
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

}  // namespace cascade
