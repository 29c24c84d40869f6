#include "cli/schema.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "cli/scenario.h"
#include "read_text.h"
#include "syntax/json.h"

namespace cascade::test {
namespace {

namespace fs = std::filesystem;

std::string joined(const std::vector<std::string>& faults) {
  std::string text;
  for (const std::string& fault : faults) text += fault + "\n";
  return text;
}

std::string faults(const std::string& schema, const std::string& document) {
  return joined(schema_faults(syntax::parse_json(schema).root, syntax::parse_json(document).root));
}

// The schemas by the id that their documents carry.
std::map<std::string, syntax::Node> schemas() {
  std::map<std::string, syntax::Node> found;
  for (const auto& entry : fs::directory_iterator(CASCADE_SOURCE_DIR "/schemas")) {
    if (entry.path().string().find(".schema.json") == std::string::npos) continue;
    INFO(entry.path().string());
    const syntax::Parsed parsed = syntax::parse_json(read_text(entry.path()));
    CHECK(parsed.faults.empty());
    const syntax::Node* properties = parsed.root.find("properties");
    const syntax::Node* id = properties == nullptr ? nullptr : properties->find("schema");
    if (id != nullptr && id->find("const") != nullptr) found[id->find("const")->text] = parsed.root;
  }
  return found;
}

}  // namespace

TEST_CASE("a document that does not fit its schema is found out") {
  const std::string schema =
      R"({"type": "object", "required": ["a"], "properties": {"a": {"type": ["integer", "null"], "minimum": 1},
          "b": {"type": "array", "items": {"$ref": "#/$defs/word"}}}, "$defs": {"word": {"enum": ["x", "y"]}}})";
  CHECK(faults(schema, R"({"a": 1, "b": ["x", "y"]})") == "");
  CHECK(faults(schema, R"({"a": null})") == "");
  CHECK(faults(schema, R"({"a": 0})") == "$.a: is too small\n");
  CHECK(faults(schema, R"({"a": "1"})") == "$.a: is string\n");
  CHECK(faults(schema, R"({"b": ["z"]})") == "$: lacks a\n$.b[0]: 'z' is none of the values\n");
  CHECK(faults(R"({"type": "integer", "maximum": 5})", "6") == "$: is too large\n");
  CHECK(faults(R"({"type": "array", "minItems": 2})", "[1]") == "$: is too short\n");
  CHECK(faults(schema, R"({"a": 1, "c": 1})") == "$: undocumented key c\n");
  CHECK(faults(R"({"pattern": "a"})", "1") == "$: unknown keyword pattern\n");
}

// What the program prints for a command; long documents have no scenario of their own.
std::string printed(const std::string& command) {
  Scenario scenario;
  scenario.runs.push_back({command, {}, {}, 0});
  return run_scenario(scenario, CASCADE_SOURCE_DIR "/tests/cli", CASCADE_BINARY).runs.front().out;
}

TEST_CASE("every document is as its schema says, and each schema is met by one") {
  const auto known = schemas();
  std::set<std::string> met;
  for (const auto& entry : fs::recursive_directory_iterator(CASCADE_SOURCE_DIR "/tests/cli")) {
    if (entry.path().extension() != ".scenario") continue;
    for (const ScenarioRun& run : parse_scenario(read_text(entry.path())).runs) {
      const bool compact = run.out.rfind("{\"schema\":", 0) == 0 && run.out.find('\n') == run.out.size() - 1;
      if (run.out.rfind("{\n  \"schema\":", 0) != 0 && !compact) continue;
      INFO(entry.path().string());
      const syntax::Parsed parsed = syntax::parse_json(run.out);
      CHECK(parsed.faults.empty());
      const syntax::Node* id = parsed.root.find("schema");
      REQUIRE(id != nullptr);
      CHECK(known.count(id->text) == 1);
      if (known.count(id->text) == 0) continue;
      met.insert(id->text);
      CHECK(joined(schema_faults(known.at(id->text), parsed.root)) == "");
    }
  }
  const syntax::Parsed rules = syntax::parse_json(printed("cascade validate --list-rules --format json"));
  met.insert("cascade.rules/1");
  REQUIRE(known.count("cascade.rules/1") == 1);
  CHECK(joined(schema_faults(known.at("cascade.rules/1"), rules.root)) == "");
  for (const auto& [id, schema] : known) {
    INFO(id);
    CHECK(met.count(id) == 1);
  }
}

}  // namespace cascade::test
