// Random registries of a dozen manifests that share few names, with everything that makes binding hard: plugins,
// scopes, folders, other names, paths, other kinds and misspelt words.
#pragma once

#include <string>
#include <vector>

#include "unit/registry_text.h"
#include "unit/seeded_random.h"

namespace cascade::test {

class RandomRegistry {
 public:
  explicit RandomRegistry(std::uint64_t seed) : random_{seed} {}

  std::vector<Manifest> manifests() {
    std::vector<Manifest> made;
    for (std::uint32_t count = 6 + random_.below(9); count > 0; --count) made.push_back(manifest());
    for (std::size_t i = 0; i < made.size(); ++i)
      for (std::uint32_t refs = random_.below(6); refs > 0; --refs) refer(made[i], made);
    return made;
  }
  std::string one_of(std::initializer_list<const char*> words) { return words.begin()[random_.below(words.size())]; }
  std::string name() {
    return one_of({"linter", "planner", "review", "review-code", "code-reviewer", "deploy", "Deploy", "ship", "linters",
                   "tools:ship", "tools:deploy", "Explore", "simplify"});
  }

 private:
  Manifest manifest() {
    std::string line = one_of({"skill:", "skill:", "agent:", "command:"});
    const std::string plugin = one_of({"", "", "", "kit", "box"}), own = name();
    line += (plugin.empty() || random_.chance(40) ? "" : plugin + ":") + own;
    if (!plugin.empty()) line += " @" + plugin;
    if (random_.chance(40)) line += " scope=" + one_of({"user", "project", "plugin", "managed", "builtin"});
    if (random_.chance(30)) line += " root=" + one_of({"0", "1", "2"});
    if (random_.chance(25)) line += " path=" + one_of({"a/SKILL.md", "b/x.md", "agents/linter.md"});
    if (random_.chance(15)) line += " layer=playbook";
    if (random_.chance(8)) line += " document";
    for (std::uint32_t aliases = random_.below(3); aliases > 0; --aliases) line += " +" + name();
    if (random_.chance(20)) line += " !" + symbol();
    if (random_.chance(25)) {
      line += " any=" + symbol();
      line += "|" + symbol();
    }
    Manifest made = manifest_of(line);
    if (random_.chance(25)) made.tools.push_back({"", one_of({"Read", "Bash", "Write"}), ""});
    return made;
  }

  std::string symbol() {
    const std::string kind = one_of({"skill:", "agent:", "command:"});
    return kind + name();
  }

  void refer(Manifest& from, const std::vector<Manifest>& all) {
    Reference reference;
    const std::string kind = one_of({"skill:", "agent:", "command:"}), called = name();
    reference.target = *Symbol::parse(kind + called);
    reference.kind_known = random_.chance(60);
    reference.strength = static_cast<Strength>(random_.below(4));
    reference.via = static_cast<Via>(random_.below(static_cast<std::size_t>(Via::prose) + 1));
    if (reference.via == Via::link || reference.via == Via::path) {
      reference.target.name =
          random_.chance(50) ? "../" : "";  // one draw a statement: compilers order them differently
      reference.target.name += all[random_.below(all.size())].path;
    }
    if (random_.chance(10)) reference.target.name += one_of({"s", "-x", "::y", "'s"});
    if (random_.chance(10)) reference.target.name = from.symbol.name;
    reference.at.path = from.path;
    reference.at.line = 1 + random_.below(40);
    reference.at.column = 1 + random_.below(9);
    from.references.push_back(std::move(reference));
  }

  SeededRandom random_;
};

}  // namespace cascade::test
