// Front matter and YAML of 1,482 real manifests against the oracles (PyYAML, and a reader of single lines where it
// fails).
#include "syntax/frontmatter.h"
#include "syntax/yaml.h"
#include "syntax_corpora.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>

using namespace cascade;
using syntax::FaultKind;

namespace {

struct Reading {
  syntax::Frontmatter place;
  syntax::Parsed yaml;
};

Reading read(const corpus::Manifest& manifest) {
  Reading reading;
  reading.place = syntax::find_frontmatter(manifest.text);
  const std::string_view yaml =
      std::string_view(manifest.text).substr(reading.place.begin, reading.place.end - reading.place.begin);
  reading.yaml = syntax::parse_yaml(yaml, reading.place.line);
  return reading;
}

std::string written(const Reading& reading, const char* key) {
  const syntax::Node* value = reading.yaml.root.find(key);
  return value == nullptr || value->kind != syntax::NodeKind::string ? "" : value->text;
}

bool has(const Reading& reading, FaultKind kind) {
  return std::any_of(reading.yaml.faults.begin(), reading.yaml.faults.end(),
                     [kind](const syntax::Fault& fault) { return fault.kind == kind; });
}

bool has_at(const Reading& reading, FaultKind kind, std::uint32_t line) {
  return std::any_of(reading.yaml.faults.begin(), reading.yaml.faults.end(),
                     [&](const syntax::Fault& fault) { return fault.kind == kind && fault.at.line == line; });
}

// The line of "yaml_error:line N: why", or 0.
std::uint32_t error_line(const corpus::Manifest& manifest) {
  const syntax::Node* problems = manifest.oracle.find("problems");
  const std::string prefix = "yaml_error:line ";
  if (problems == nullptr) return 0;
  for (const syntax::Node& problem : problems->items)
    if (problem.text.compare(0, prefix.size(), prefix) == 0)
      return static_cast<std::uint32_t>(std::stoul(problem.text.substr(prefix.size())));
  return 0;
}

bool there_are_corpora() {
  if (!corpus::manifests().empty()) return true;
  WARN("../shared/corpora is not there: skipped");
  return false;
}

}  // namespace

TEST_CASE("names and descriptions are the oracle's") {
  if (!there_are_corpora()) return;
  // The oracle cuts the line end after the last line, so that YAML's "clip" leaves none behind a folded scalar.
  const std::set<std::string> known = {"plugins/brand-landingpage/skills/brand-landingpage/SKILL.md"};
  for (const corpus::Manifest& manifest : corpus::manifests()) {
    CAPTURE(manifest.corpus, manifest.path);
    const Reading reading = read(manifest);
    const std::string name = written(reading, "name");
    CHECK((name.empty() ? corpus::said(manifest, "stem") : name) == corpus::said(manifest, "name"));
    std::string description = written(reading, "description");
    if (known.count(manifest.path) != 0) description.pop_back();
    CHECK(description == corpus::said(manifest, "description"));
  }
}

TEST_CASE("front matter is found where the oracle finds it") {
  if (!there_are_corpora()) return;
  for (const corpus::Manifest& manifest : corpus::manifests()) {
    CAPTURE(manifest.corpus, manifest.path);
    const syntax::FrontmatterState state = read(manifest).place.state;
    CHECK((state == syntax::FrontmatterState::none) == corpus::says(manifest, "problems", "no_frontmatter"));
    CHECK((state == syntax::FrontmatterState::unclosed) ==
          corpus::says(manifest, "problems", "unterminated_frontmatter"));
    CHECK((state == syntax::FrontmatterState::preceded) ==
          corpus::says(manifest, "problems", "preamble_before_frontmatter"));
  }
}

TEST_CASE("what PyYAML refuses is repaired or salvaged, with a fault on the oracle's line, and nothing else is") {
  if (!there_are_corpora()) return;
  for (const corpus::Manifest& manifest : corpus::manifests()) {
    CAPTURE(manifest.corpus, manifest.path);
    const Reading reading = read(manifest);
    const std::uint32_t line = error_line(manifest);
    CHECK((line != 0) == (has(reading, FaultKind::repaired) || has(reading, FaultKind::salvaged)));
    if (line != 0) CHECK((has_at(reading, FaultKind::repaired, line) || has_at(reading, FaultKind::syntax, line)));
    CHECK(has(reading, FaultKind::duplicate_key) == corpus::says(manifest, "problems", "duplicate_key"));
  }
}
