// Traps in what manifests are called, and in which files are manifests.
#include "corpus/traps.h"
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace cascade::traps {

using corpora::Entry;
using corpora::Library;
using test::problems;
using test::uses;

TEST_CASE("trap 14: the name SKILL is none, the folder is") {
  if (absent()) return;
  std::size_t placeholders = 0;
  for (const Entry& entry : corpora::library(big).entries) {
    if (corpora::written(entry.oracle, "name") != "SKILL") continue;
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

TEST_CASE("trap 38: agents that plugin.json lists count wherever they lie, their README does not") {
  if (absent()) return;
  const std::map<std::string, discovery::Found> found =
      corpora::discovered(corpora::shared() + "/corpora/awesome-subagents");
  CHECK(found.count("categories/01-core-development/api-designer.md") == 1);
  CHECK(found.count("categories/01-core-development/README.md") == 0);
}

}  // namespace cascade::traps
