// What `validate --format sarif` prints is SARIF 2.1.0 as code hosts demand it: the properties that the standard
// requires, rules by their index, regions that are regions.
#include "corpus/corpora.h"

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <set>

namespace cascade::corpora {
namespace {

using syntax::Node;
using syntax::NodeKind;

std::string sarif_of(const std::string& root) {
  const std::string command =
      "HOME=/nowhere XDG_CACHE_HOME= XDG_STATE_HOME= CASCADE_VOCABULARY=estimate '" CASCADE_BINARY "' validate '" +
      root + "' --format sarif";
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[1 << 16];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
  ::pclose(pipe);
  return out;
}

unsigned long number(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value == nullptr ? 0 : std::strtoul(value->text.c_str(), nullptr, 10);
}

const Node& at(const Node& map, std::string_view key) {
  static const Node none;
  const Node* value = map.find(key);
  return value == nullptr ? none : *value;
}

// A relative reference as RFC 3986 has it: nothing that has to be escaped.
bool is_uri(const std::string& text) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%!$&'()*+,;=:@";
  return !text.empty() && text[0] != '/' && text.find_first_not_of(allowed) == std::string::npos;
}

std::string fault_of_region(const Node& region) {
  const unsigned long line = number(region, "startLine"), end_line = number(region, "endLine");
  const unsigned long column = number(region, "startColumn"), end_column = number(region, "endColumn");
  if (line == 0) return "no startLine";
  if (end_line != 0 && end_line < line) return "ends before it begins";
  if (region.find("startColumn") != nullptr && column == 0) return "column 0";
  if (end_column != 0 && (end_line == 0 || end_line == line) && end_column < column)
    return "ends left of its beginning";
  return {};
}

std::string fault_of_location(const Node& location) {
  const Node& physical = at(location, "physicalLocation");
  if (!is_uri(text_of(at(physical, "artifactLocation"), "uri")))
    return "no uri: " + text_of(at(physical, "artifactLocation"), "uri");
  const Node* region = physical.find("region");
  return region == nullptr ? std::string() : fault_of_region(*region);
}

std::string fault_of_result(const Node& result, const Node& rules) {
  const std::size_t index = number(result, "ruleIndex");
  if (index >= rules.items.size() || text_of(rules.items[index], "id") != text_of(result, "ruleId"))
    return "ruleIndex is of another rule";
  if (std::set<std::string>{"none", "note", "warning", "error"}.count(text_of(result, "level")) == 0) return "level";
  if (text_of(at(result, "message"), "text").empty()) return "no message";
  if (at(result, "locations").items.size() != 1) return "not one location";
  for (const Node& location : at(result, "locations").items)
    if (std::string fault = fault_of_location(location); !fault.empty()) return fault;
  for (const Node& location : at(result, "relatedLocations").items)
    if (std::string fault = fault_of_location(location); !fault.empty()) return fault;
  for (const Node& fix : at(result, "fixes").items)
    for (const Node& change : at(fix, "artifactChanges").items) {
      if (!is_uri(text_of(at(change, "artifactLocation"), "uri"))) return "a fix without uri";
      for (const Node& replacement : at(change, "replacements").items)
        if (replacement.find("deletedRegion") == nullptr) return "a fix without a region";
    }
  const Node& prints = at(result, "partialFingerprints");
  if (prints.kind != NodeKind::map || prints.size() == 0) return "no fingerprint";
  return {};
}

}  // namespace

TEST_CASE("every result of six libraries is SARIF 2.1.0") {
  for (const std::string& name : names()) {
    const std::string root = shared() + "/corpora/" + name;
    if (!std::filesystem::exists(root)) {
      WARN("skipped: " + root + " is not there");
      continue;
    }
    INFO(name);
    const syntax::Parsed parsed = syntax::parse_json(sarif_of(root), {1u << 30, 64, 10'000'000, 0});
    REQUIRE(parsed.faults.empty());
    CHECK(text_of(parsed.root, "version") == "2.1.0");
    CHECK(text_of(parsed.root, "$schema").find("sarif") != std::string::npos);
    REQUIRE(at(parsed.root, "runs").items.size() == 1);
    const Node& run = at(parsed.root, "runs").items[0];
    const Node& driver = at(at(run, "tool"), "driver");
    CHECK_FALSE(text_of(driver, "name").empty());
    CHECK(text_of(run, "columnKind") == "unicodeCodePoints");
    const Node& rules = at(driver, "rules");
    for (const Node& rule : rules.items) {
      CHECK_FALSE(text_of(rule, "id").empty());
      CHECK_FALSE(text_of(at(rule, "shortDescription"), "text").empty());
    }
    REQUIRE_FALSE(at(run, "results").items.empty());
    for (const Node& result : at(run, "results").items) {
      const std::string fault = fault_of_result(result, rules);
      INFO(text_of(result, "ruleId") << " " << text_of(at(result, "message"), "text"));
      CHECK(fault == "");
    }
  }
}

}  // namespace cascade::corpora
