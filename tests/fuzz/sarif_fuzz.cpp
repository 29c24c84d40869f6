// The findings of a tree of any files as SARIF: JSON with one result for each, whose rule is the one at its index and
// whose regions end behind their beginnings. The fixes are those that --fix would make.
#include "fuzz/fuzzed_tree.h"
#include "syntax/json.h"
#include "validate/checkup/checkup.h"
#include "validate/report/findings.h"

using namespace cascade;
using syntax::Node;
using test::require;

namespace {

const Node& at(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  require(value != nullptr);
  return *value;
}

unsigned long number(const Node& map, std::string_view key, unsigned long otherwise) {
  const Node* value = map.find(key);
  return value == nullptr ? otherwise : std::strtoul(value->text.c_str(), nullptr, 10);
}

void check_region(const Node& region) {
  if (region.find("byteOffset") != nullptr) return;
  const unsigned long line = number(region, "startLine", 0), end_line = number(region, "endLine", line);
  const unsigned long column = number(region, "startColumn", 1), end_column = number(region, "endColumn", column);
  require(line >= 1 && end_line >= line && column >= 1 && (end_line > line || end_column >= column));
}

void check_location(const Node& location) {
  const Node& physical = at(location, "physicalLocation");
  require(!at(at(physical, "artifactLocation"), "uri").text.empty());
  if (const Node* region = physical.find("region")) check_region(*region);
}

void check_result(const Node& result, const Node& rules) {
  const unsigned long index = number(result, "ruleIndex", rules.items.size());
  require(index < rules.items.size());
  require(at(rules.items[index], "id").text == at(result, "ruleId").text);
  require(!at(at(result, "message"), "text").text.empty());
  for (const Node& location : at(result, "locations").items) check_location(location);
  const Node* fixes = result.find("fixes");
  for (const Node& fix : fixes == nullptr ? std::vector<Node>() : fixes->items)
    for (const Node& change : at(fix, "artifactChanges").items)
      for (const Node& replacement : at(change, "replacements").items) check_region(at(replacement, "deletedRegion"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::map<std::string, std::string> files;
  test::ValidatedTree tree = test::tree_of({reinterpret_cast<const char*>(data), size}, files);
  if (files.empty()) return 0;
  tree.policy.profile = size % 2 == 0 ? "cascade" : "claude-code";
  Validation validation = tree.validate();
  const rendering::FindingsContext context = test::context_of(tree, validation, files);
  for (Diagnostic& finding : validation.found)
    if (const auto file = files.find(finding.at.path); file != files.end())
      finding.fix = validation::fix_of(finding, file->second);
  const std::string sarif = rendering::findings_sarif(validation.found, context);
  const syntax::Parsed parsed = syntax::parse_json(sarif, {1u << 30, 64, 10'000'000, 0});
  require(parsed.complete && at(parsed.root, "version").text == "2.1.0");
  const Node& run = at(parsed.root, "runs").items.at(0);
  const Node& results = at(run, "results");
  require(results.items.size() == validation.found.size());
  const Node& rules = at(at(at(run, "tool"), "driver"), "rules");
  for (const Node& result : results.items) check_result(result, rules);
  return 0;
}
