#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "library/library_tree.h"
#include "syntax/json.h"

namespace cascade::library {
namespace {

struct Prompt {
  std::string place, text, kind;
  std::vector<std::string> expected;
};

std::string written(const syntax::Node& node, const char* key) {
  const syntax::Node* value = node.find(key);
  return value == nullptr ? std::string() : value->text;
}

// Every line of tests/library/routes.jsonl.
std::vector<Prompt> prompts() {
  std::vector<Prompt> found;
  for (const std::string& line : lines_of(read_text("tests/library/routes.jsonl"))) {
    const syntax::Parsed parsed = syntax::parse_json(line);
    Prompt prompt{
        "line " + std::to_string(found.size() + 1), written(parsed.root, "text"), written(parsed.root, "kind"), {}};
    if (const syntax::Node* names = parsed.root.find("expect"))
      for (const syntax::Node& name : names->items) prompt.expected.push_back(name.text);
    found.push_back(prompt);
  }
  return found;
}

// The first 228 rows are of the 76 skills of that time; those of the 167 later ones are the shortest, the longest and a
// middle prompt that prompts/ holds for each; the last 30, of ten skills, are not in prompts/.
TEST_CASE("a skill that is asked for here is asked for three times: directly, by a scenario and in other words") {
  std::map<std::string, std::multiset<std::string>> kinds;
  std::set<std::string> written;
  for (const Manifest& manifest : manifests())
    if (manifest.layer == "skill" || manifest.layer == "playbook") written.insert("skill:" + manifest.name);
  std::vector<std::string> faults;
  for (const Prompt& prompt : prompts()) {
    if (prompt.text.empty() || prompt.expected.empty()) faults.push_back(prompt.place + ": no text or no answer");
    for (const std::string& name : prompt.expected)
      if (written.count(name) == 0) faults.push_back(prompt.place + ": " + name + " is not written");
    if (!prompt.expected.empty()) kinds[prompt.expected.front()].insert(prompt.kind);
  }
  for (const auto& [name, asked] : kinds)
    if (asked != std::multiset<std::string>{"direct", "paraphrase", "scenario"}) faults.push_back(name);
  CHECK(listed(faults) == "");
}

TEST_CASE("no two prompts are the same") {
  std::map<std::string, std::string> first;
  std::vector<std::string> faults;
  for (const Prompt& prompt : prompts())
    if (!first.emplace(prompt.text, prompt.place).second) faults.push_back(prompt.place + " as " + first[prompt.text]);
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::library
