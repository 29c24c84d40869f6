// A small language for registries in tests: one manifest a line,
//   skill:review @plugin +alias -> agent:linter(required) agent:planner ?maybe(mentioned) !skill:old
// "-> x" references; "(strength)" defaults to invoked; "?" the kind is not known; "!" a conflict; "scope=user",
// "root=1", "path=p", "any=skill:a|skill:b".
#pragma once

#include <cascade/registry.h>

#include <sstream>
#include <string>
#include <vector>

namespace cascade::test {

inline Strength strength_of(const std::string& text) {
  for (Strength s : {Strength::required, Strength::invoked, Strength::mentioned, Strength::excluded})
    if (text == to_string(s)) return s;
  return Strength::invoked;
}

inline Scope scope_of(const std::string& text) {
  for (Scope s : {Scope::builtin, Scope::plugin, Scope::user, Scope::project, Scope::managed})
    if (text == to_string(s)) return s;
  return Scope::project;
}

inline Reference reference_of(std::string word, const std::string& path, std::uint32_t line) {
  Reference reference;
  reference.strength = Strength::invoked;
  reference.via = Via::task;
  const std::size_t bracket = word.find('(');
  if (bracket != std::string::npos) {
    std::string inner = word.substr(bracket + 1, word.size() - bracket - 2);
    const std::size_t comma = inner.find(',');
    if (comma != std::string::npos) {
      for (int v = 0; v <= static_cast<int>(Via::prose); ++v)
        if (inner.substr(comma + 1) == to_string(static_cast<Via>(v))) reference.via = static_cast<Via>(v);
      inner.resize(comma);
    }
    reference.strength = strength_of(inner);
    word.resize(bracket);
  }
  reference.kind_known = word.front() != '?';
  if (!reference.kind_known) word.erase(0, 1);
  const auto symbol = Symbol::parse(word);
  reference.target = symbol ? *symbol : Symbol{Kind::skill, word};
  reference.at.path = path;
  reference.at.line = line;
  reference.at.column = 1;
  return reference;
}

inline Manifest manifest_of(const std::string& line) {
  std::istringstream words(line);
  std::string word;
  words >> word;
  Manifest m;
  m.symbol = *Symbol::parse(word);
  m.title = m.symbol.name;
  m.layer = m.symbol.kind == Kind::skill ? Layer::skill : m.symbol.kind == Kind::agent ? Layer::agent : Layer::command;
  const std::string stem = m.symbol.name.substr(m.symbol.name.rfind(':') + 1);
  m.path = m.symbol.kind == Kind::skill ? "skills/" + stem + "/SKILL.md"
                                        : std::string(to_string(m.symbol.kind)) + "s/" + stem + ".md";
  m.sections.resize(1);
  m.sections[0].form = Form::lead;
  bool references = false;
  std::uint32_t number = 10;
  while (words >> word) {
    if (word == "->")
      references = true;
    else if (word.rfind("scope=", 0) == 0)
      m.scope = scope_of(word.substr(6));
    else if (word.rfind("root=", 0) == 0)
      m.root = static_cast<std::uint32_t>(std::stoul(word.substr(5)));
    else if (word.rfind("path=", 0) == 0)
      m.path = word.substr(5);
    else if (word.rfind("layer=playbook", 0) == 0)
      m.layer = Layer::playbook;
    else if (word.rfind("any=", 0) == 0) {
      m.requires_any.emplace_back();
      std::istringstream members(word.substr(4));
      for (std::string member; std::getline(members, member, '|');)
        m.requires_any.back().push_back(*Symbol::parse(member));
    } else if (word == "document")
      m.document = true;
    else if (word.front() == '@' && !references)
      m.plugin = word.substr(1);
    else if (word.front() == '+')
      m.aliases.push_back(word.substr(1));
    else if (word.front() == '!')
      m.conflicts.push_back(*Symbol::parse(word.substr(1)));
    else
      m.references.push_back(reference_of(word, m.path, number++));
  }
  return m;
}

inline std::vector<Manifest> manifests_of(const std::string& text) {
  std::vector<Manifest> manifests;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.find_first_not_of(' ') != std::string::npos) manifests.push_back(manifest_of(line));
  return manifests;
}

inline Registry registry_of(const std::string& text) { return Registry::build(manifests_of(text)); }

inline std::string name_of(const Registry& registry, ManifestId id) {
  const ManifestView view = registry[id];
  return std::string(to_string(view.kind)) + ":" + std::string(view.name);
}

// "agent:linter(required) agent:planner(invoked)"
inline std::string links_of(const Registry& registry, const std::string& symbol) {
  std::string text;
  const auto id = registry.find(*Symbol::parse(symbol));
  if (!id) return "no such manifest";
  for (const Link& link : registry.links(*id))
    text += (text.empty() ? "" : " ") + name_of(registry, link.to) + "(" + std::string(to_string(link.strength)) + ")";
  return text;
}

}  // namespace cascade::test
