// A tree in memory, and what the validator says of it.
#pragma once

#include <cascade/validate.h>

#include "discovery/discovery.h"
#include "files/paths.h"
#include "memory_tree.h"

#include <map>
#include <string>
#include <vector>

namespace cascade::test {

// No two names give the same one.
inline std::string description_of(const std::string& name) {
  return "Writes down what " + name + " decided at the weekly meeting. Use when one has ended.";
}

// A skill or an agent without faults but for `fields`, which follow its name and description.
inline std::string manifest(const std::string& name, const std::string& fields = {},
                            const std::string& body = "Do the work in small steps.\n") {
  return "---\nname: " + name + "\ndescription: " + description_of(name) + "\n" + fields + "---\n\n" + body;
}

class ValidatedTree {
 public:
  ValidatedTree& file(const std::string& path, std::string text) {
    tree_.write("/r/" + path, std::move(text));
    return *this;
  }
  ValidatedTree& program(const std::string& path, std::string text) {
    programs_[path] = true;
    return file(path, std::move(text));
  }
  ValidatedTree& link(const std::string& path, const std::string& target) {
    tree_.link("/r/" + path, target);
    return *this;
  }
  // skills/NAME/SKILL.md
  ValidatedTree& skill(const std::string& name, const std::string& fields = {}, const std::string& body = "Do it.\n") {
    return file("skills/" + name + "/SKILL.md", manifest(name, fields, body));
  }
  ValidatedTree& agent(const std::string& name, const std::string& fields = {}, const std::string& body = "Do it.\n") {
    return file("agents/" + name + ".md", manifest(name, fields, body));
  }
  ValidatedTree& plugin() {
    return file(".claude-plugin/plugin.json", "{ \"name\": \"p\", \"version\": \"1.0.0\", \"description\": \"d\" }");
  }

  RulePolicy policy;

  Validation validate() const {
    auto discovery = discovery::discover(tree_, {"/r", discovery::RootLayout::any});
    auto listing = discovery::list_tree(tree_, "/r");
    std::vector<Manifest> manifests;
    for (const discovery::Found& found : discovery->manifests) {
      const std::string text = *tree_.read("/r/" + found.path, 1u << 30);
      const std::string_view plugin = found.prefixed ? std::string_view(found.plugin) : std::string_view();
      const ManifestSource source{found.kind, Scope::project, 0, plugin, found.component, found.path, text};
      manifests.push_back(parse_manifest(source, TokenCounter::estimating()));
      if (!found.prefixed) manifests.back().plugin = found.plugin;
      if (found.if_declared && manifests.back().fields.empty()) manifests.pop_back();
    }
    ValidateRequest request;
    request.policy = policy;
    request.files = listing->files;
    request.known = listing->problems;
    request.read = [this](const std::string& path) { return tree_.read("/r/" + path, 1u << 30); };
    request.look = [this](const std::string& path) { return look(path); };
    return cascade::validate(Registry::build(manifests), request);
  }

  // "RULE path:line" a line.
  std::string found() const {
    std::string text;
    for (const Diagnostic& finding : validate().found)
      text += finding.rule + " " + finding.at.path + ":" + std::to_string(finding.at.line) + "\n";
    return text;
  }
  // The same with severity and message.
  std::string told() const {
    std::string text;
    for (const Diagnostic& finding : validate().found)
      text += std::string(to_string(finding.severity)) + " " + finding.rule + " " + finding.at.path + ":" +
              std::to_string(finding.at.line) + " " + finding.message + "\n";
    return text;
  }

 private:
  PathState look(const std::string& path) const {
    const std::string absolute = files::normalise("/r/" + path);
    if (!files::is_within("/r", absolute)) return PathState::outside;
    const auto stamp = tree_.stat(absolute);
    if (!stamp) return PathState::missing;
    if (stamp->directory) return PathState::folder;
    return programs_.count(path) != 0 ? PathState::executable : PathState::file;
  }

  files::MemoryTree tree_;
  std::map<std::string, bool> programs_;
};

// The rules that a skill with this body sets off, as "RULE:line", blanks between.
inline std::string in_body(const std::string& body, const std::string& fields = {}) {
  ValidatedTree tree;
  tree.skill("minutes", fields, body);
  std::string text;
  for (const Diagnostic& finding : tree.validate().found)
    text += (text.empty() ? "" : " ") + finding.rule + ":" +
            std::to_string(static_cast<int>(finding.at.line) - 4 - (fields.empty() ? 0 : 1));
  return text;
}

}  // namespace cascade::test
