#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <tuple>

#include "registry/tables.h"
#include "unit/registry_text.h"

using namespace cascade;
using namespace cascade::test;

namespace {

std::string unbound_of(const Registry& registry) {
  std::string text;
  for (const Unbound& unbound : registry.unbound()) {
    text += (text.empty() ? "" : "; ") + name_of(registry, unbound.from) + " -> " + to_string(unbound.reference.target);
    if (unbound.ambiguous) text += " is one of";
    for (const Symbol& near : unbound.nearby) text += " " + to_string(near);
  }
  return text;
}

// Each a line. What counts them without composing them must count the same.
std::string problems_of(const Registry& registry) {
  std::string text;
  ProblemCount count;
  std::set<std::string> files;
  for (const Diagnostic& problem : registry.problems()) {
    text += problem.at.path + ":" + std::to_string(problem.at.line) + " " + problem.rule + " " + problem.message + "\n";
    ++count.problems;
    ++(problem.severity == Severity::error     ? count.errors
       : problem.severity == Severity::warning ? count.warnings
                                               : count.notes);
    files.insert(problem.at.path);
  }
  const ProblemCount counted = registry.count_problems();
  CHECK(std::tie(counted.problems, counted.errors, counted.warnings, counted.notes) ==
        std::tie(count.problems, count.errors, count.warnings, count.notes));
  CHECK(counted.files == files.size());
  return text;
}

}  // namespace

TEST_CASE("a name binds to the manifest of that kind") {
  const Registry registry = registry_of(
      "skill:review -> agent:linter command:lint\n"
      "agent:linter\n"
      "command:lint\n");
  CHECK(links_of(registry, "skill:review") == "agent:linter(invoked) command:lint(invoked)");
  CHECK(registry.links_to(*registry.find({Kind::agent, "linter"})).size == 1);
  CHECK(unbound_of(registry).empty());
}

TEST_CASE("the referrer's own plugin is asked first, then the exact name, then a unique alias") {
  const Registry registry = registry_of(
      "agent:tdd:reviewer @tdd\n"
      "agent:docs:reviewer @docs\n"
      "skill:tdd:cycle @tdd -> agent:reviewer\n"
      "skill:docs:page @docs -> agent:reviewer agent:tdd:reviewer\n"
      "skill:outside -> agent:reviewer\n");
  CHECK(links_of(registry, "skill:tdd:cycle") == "agent:tdd:reviewer(invoked)");
  CHECK(links_of(registry, "skill:docs:page") == "agent:docs:reviewer(invoked) agent:tdd:reviewer(invoked)");
  CHECK(links_of(registry, "skill:outside").empty());
  CHECK(unbound_of(registry) == "skill:outside -> agent:reviewer is one of agent:docs:reviewer agent:tdd:reviewer");
}

TEST_CASE("an exact name beats another manifest's alias") {
  const Registry registry = registry_of(
      "agent:reviewer\n"
      "agent:tdd:reviewer @tdd\n"
      "skill:s -> agent:reviewer\n");
  CHECK(links_of(registry, "skill:s") == "agent:reviewer(invoked)");
}

TEST_CASE("a folder inside a plugin does not hide an agent from plugin:name, nor do double colons") {
  const Registry registry = registry_of(
      "agent:c4:deep:code @c4\n"
      "skill:s -> agent:c4::code\n");
  CHECK(links_of(registry, "skill:s") == "agent:c4:deep:code(invoked)");
}

TEST_CASE("built-in agents of the client are never dangling") {
  const Registry registry = registry_of("skill:s -> agent:general-purpose agent:Explore\n");
  CHECK(links_of(registry, "skill:s").empty());
  CHECK(unbound_of(registry).empty());
}

TEST_CASE("a dangling call names what is near it, a mention that does not resolve is nothing") {
  const Registry registry = registry_of(
      "agent:timeline-maker\n"
      "skill:s -> agent:timeline-makr ?backend-thing(mentioned,prose)\n");
  CHECK(problems_of(registry) == "skills/s/SKILL.md:10 RF001 the agent \"timeline-makr\" is not defined\n");
  CHECK(unbound_of(registry) == "skill:s -> agent:timeline-makr agent:timeline-maker");
}

TEST_CASE("a call of the wrong kind is bound and reported") {
  const Registry registry = registry_of(
      "skill:intent-analyzer\n"
      "skill:s -> agent:intent-analyzer\n");
  CHECK(links_of(registry, "skill:s") == "skill:intent-analyzer(invoked)");
  CHECK(problems_of(registry) ==
        "skills/s/SKILL.md:10 RF001 \"intent-analyzer\" is called as an agent, but it is a skill\n");
}

TEST_CASE("a slash word prefers a command, an exclusion stays an exclusion") {
  const Registry registry = registry_of(
      "command:ship\n"
      "skill:ship\n"
      "skill:s -> ?skill:ship(invoked,slash) skill:ship(excluded,skill)\n");
  CHECK(links_of(registry, "skill:s") == "command:ship(invoked) skill:ship(excluded)");
}

TEST_CASE("a skill that shows how it is typed does not call the command of its name") {
  const Registry registry = registry_of(
      "command:ship\n"
      "skill:ship -> ?skill:ship(invoked,slash)\n");
  CHECK(links_of(registry, "skill:ship") == "command:ship(mentioned)");
}

TEST_CASE("a command of another name, one that an agent types, and one that is called by a tool are called") {
  const Registry registry = registry_of(
      "command:ship\ncommand:sail\n"
      "skill:ship -> ?skill:sail(invoked,slash)\n"
      "skill:sail -> command:sail(invoked,task)\n"
      "agent:ship -> ?command:ship(invoked,slash)\n");
  CHECK(links_of(registry, "skill:ship") == "command:sail(invoked)");
  CHECK(links_of(registry, "skill:sail") == "command:sail(invoked)");
  CHECK(links_of(registry, "agent:ship") == "command:ship(invoked)");
}

TEST_CASE("where the text tells the kind an ordinary word means no other kind, a distinctive one may") {
  const Registry registry = registry_of(
      "agent:review\n"
      "agent:plan-review\n"
      "skill:s -> skill:review(mentioned,backtick) skill:plan-review(mentioned,backtick)\n");
  CHECK(links_of(registry, "skill:s") == "agent:plan-review(mentioned)");
}

TEST_CASE("a name in a sentence is of the kind that the sentence says") {
  const Registry registry = registry_of(
      "command:multi-platform\n"
      "skill:s -> skill:multi-platform(mentioned,prose) ?skill:multi-platform(mentioned,prose)\n");
  CHECK(links_of(registry, "skill:s") == "command:multi-platform(mentioned)");
  CHECK(registry.links(*registry.find({Kind::skill, "s"}))[0].line == 11);
}

TEST_CASE(
    "a slash word is an agent only where nothing else has the name and it is hardly a path; the Skill tool runs "
    "commands") {
  const Registry registry = registry_of(
      "agent:docs-writer\nagent:dock-hand\nskill:dock-hand\nagent:admin\n"
      "command:analyzer\n"
      "skill:s -> ?command:docs-writer(mentioned,slash) ?command:dock-hand(mentioned,slash)"
      " ?command:admin(mentioned,slash) skill:analyzer(invoked,skill)\n"
      "skill:t -> ?command:admin(invoked,slash)\n");
  CHECK(links_of(registry, "skill:s") ==
        "agent:docs-writer(mentioned) skill:dock-hand(mentioned) command:analyzer(invoked)");
  CHECK(links_of(registry, "skill:t") == "agent:admin(invoked)");
  CHECK(problems_of(registry).empty());
}

TEST_CASE("in a list of agents a name of somebody who does something may be a skill's") {
  const Registry registry = registry_of(
      "skill:tide-watcher\nskill:tide-watch\n"
      "skill:s -> agent:tide-watcher(mentioned,prose) agent:tide-watch(mentioned,prose)\n");
  CHECK(links_of(registry, "skill:s") == "skill:tide-watcher(mentioned)");
}

TEST_CASE("two plugins of one marketplace may share a name: each binds its own, plugin:name means the other's") {
  const Registry registry = registry_of(
      "command:setup @conductor path=plugins/conductor/commands/setup.md\n"
      "command:setup @ship-mate path=plugins/ship-mate/commands/setup.md\n"
      "skill:a @ship-mate -> ?command:setup(invoked,slash)\n"
      "skill:b @conductor -> ?command:setup(invoked,slash) ?command:ship-mate:setup(invoked,slash)\n");
  const auto path_of_link = [&](const char* from, std::size_t i) {
    return registry[registry.links(*registry.find(*Symbol::parse(from)))[i].to].path;
  };
  CHECK(path_of_link("skill:a", 0) == "plugins/ship-mate/commands/setup.md");
  CHECK(path_of_link("skill:b", 0) == "plugins/conductor/commands/setup.md");
  CHECK(path_of_link("skill:b", 1) == "plugins/ship-mate/commands/setup.md");
  CHECK(problems_of(registry).empty());
}

TEST_CASE("plugin:name reaches an alias of that plugin's manifest") {
  const Registry registry = registry_of(
      "agent:tdd-workflows-code-reviewer @tdd-workflows +code-reviewer\n"
      "agent:code-reviewer @other\n"
      "skill:s -> agent:tdd-workflows:code-reviewer\n");
  CHECK(links_of(registry, "skill:s") == "agent:tdd-workflows-code-reviewer(invoked)");
}

TEST_CASE("a manifest that speaks of itself has no link, also where a namesake counts") {
  const Registry registry = registry_of(
      "agent:coder path=agents/coder.md\n"
      "agent:coder path=agents/deep/coder.md -> agent:coder(mentioned,prose)\n");
  CHECK(registry.links(ManifestId{0}).empty());
  CHECK(registry.links(ManifestId{1}).empty());
}

TEST_CASE("a mention that does not resolve is no fault, in whatever form") {
  const Registry registry = registry_of(
      "skill:s -> agent:gone(mentioned,task) ?agent:git(required,frontmatter) agent:nobody(excluded,task)\n");
  CHECK(problems_of(registry).empty());
}

TEST_CASE("a mention that several manifests answer to is no fault, and is known as shared") {
  const Registry registry = registry_of(
      "skill:s -> agent:reviewer(mentioned,prose) agent:reviewer(mentioned,frontmatter)\n"
      "agent:docs:reviewer @docs\n"
      "agent:tdd:reviewer @tdd\n");
  CHECK(problems_of(registry).empty());
  CHECK(registry.count_problems().problems == 0);
  CHECK(registry.unbound_count() == 0);
  const auto names = RegistryTables::shared_names(registry, *registry.find({Kind::skill, "s"}));
  REQUIRE(names.size() == 1);
  CHECK(names[0].name == "reviewer");
  CHECK(names[0].line == 10);
  CHECK(RegistryTables::shared_names(registry, *registry.find({Kind::agent, "tdd:reviewer"})).empty());
}

TEST_CASE("a text may speak of a plugin that lies elsewhere, front matter may not") {
  const Registry registry = registry_of(
      "skill:tdd:red @tdd\n"
      "skill:s -> agent:elsewhere:helper skill:tdd:gone(required,skill) skill:other:x(required,frontmatter)\n");
  CHECK(problems_of(registry) ==
        "skills/s/SKILL.md:11 RF002 the skill \"tdd:gone\" is not defined\n"
        "skills/s/SKILL.md:12 RF002 the skill \"other:x\" is not defined\n");
}

TEST_CASE("an agent may preload a command as a skill") {
  const Registry registry = registry_of(
      "command:deploy\n"
      "command:ship-it\n"
      "agent:a -> skill:deploy(required,frontmatter) skill:ship-it(required,frontmatter)\n");
  CHECK(links_of(registry, "agent:a") == "command:deploy(required) command:ship-it(required)");
  CHECK(problems_of(registry).empty());
}

TEST_CASE("agents of the client are known in small letters and from other versions") {
  const Registry registry = registry_of("skill:s -> agent:explore agent:claude-code-guide agent:exploder\n");
  CHECK(problems_of(registry) == "skills/s/SKILL.md:12 RF001 the agent \"exploder\" is not defined\n");
}

TEST_CASE("skills that the client brings are known") {
  const Registry registry = registry_of("skill:s -> skill:simplify(invoked,skill) skill:simplifier(invoked,skill)\n");
  CHECK(problems_of(registry).find("\"simplify\"") == std::string::npos);
  CHECK(problems_of(registry).find("RF002 the skill \"simplifier\" is not defined") != std::string::npos);
}

TEST_CASE("many manifests that bind their own name are one finding with a count") {
  const Registry registry = registry_of(
      "command:a -> skill:a(required,frontmatter)\n"
      "command:b -> skill:b(required,frontmatter)\n"
      "command:c -> skill:c(required,frontmatter)\n");
  CHECK(problems_of(registry) ==
        "commands/a.md:10 RF002 3 manifests bind a skill of their own name that is not defined\n");
}

TEST_CASE("precedence: user beats project for skills, project beats user for agents") {
  const Registry registry = registry_of(
      "skill:s scope=project path=p/s\n"
      "skill:s scope=user root=1 path=user:s\n"
      "agent:a scope=project path=p/a\n"
      "agent:a scope=user root=1 path=user:a\n"
      "command:c scope=builtin root=2 path=builtin:c\n"
      "command:c scope=managed root=3 path=managed:c\n");
  CHECK(registry[*registry.find({Kind::skill, "s"})].path == "user:s");
  CHECK(registry[*registry.find({Kind::agent, "a"})].path == "p/a");
  CHECK(registry[*registry.find({Kind::command, "c"})].path == "managed:c");
  CHECK(problems_of(registry) ==
        "builtin:c:1 ID008 command \"c\" is hidden by managed:c\n"
        "p/s:1 ID008 skill \"s\" is hidden by user:s\n"
        "user:a:1 ID008 agent \"a\" is hidden by p/a\n");
}

TEST_CASE("two of one name in one scope: the shallower path wins, both are kept, one finding") {
  const Registry registry = registry_of(
      "agent:coder path=agents/foundry/core/coder.md\n"
      "agent:coder path=agents/coder.md\n");
  CHECK(registry.size() == 2);
  CHECK(registry[*registry.find({Kind::agent, "coder"})].path == "agents/coder.md");
  CHECK(problems_of(registry) == "agents/foundry/core/coder.md:1 ID005 agent \"coder\" is hidden by agents/coder.md\n");
  CHECK(registry.candidates("agents/foundry/core/coder.md").size() == 1);
}

TEST_CASE("documents answer to nothing") {
  const Registry registry = registry_of(
      "agent:README document\n"
      "skill:s -> agent:README(invoked,prose)\n");
  CHECK_FALSE(registry.find({Kind::agent, "README"}));
  CHECK(links_of(registry, "skill:s").empty());
}

TEST_CASE("a command of the client's own is not another plugin's, but may be the plugin's own or the project's") {
  const Registry registry = registry_of(
      "command:help @dock path=plugins/dock/commands/help.md\n"
      "skill:a @quay -> ?command:help(mentioned,slash) ?command:dock:help(mentioned,slash)\n"
      "skill:b @dock -> ?command:help(mentioned,slash)\n");
  CHECK(links_of(registry, "skill:a") == "command:help(mentioned)");
  CHECK(links_of(registry, "skill:b") == "command:help(mentioned)");
  CHECK(links_of(registry_of("command:help\nskill:a -> ?command:help(invoked,slash)\n"), "skill:a") ==
        "command:help(invoked)");
}

TEST_CASE("an alias of two manifests is the name of neither") {
  const Registry registry = registry_of("skill:x +both\nskill:y +both\nskill:z +own");
  CHECK_FALSE(registry.find({Kind::skill, "both"}));
  REQUIRE(registry.find({Kind::skill, "own"}));
  CHECK(registry[*registry.find({Kind::skill, "own"})].name == "z");
}
