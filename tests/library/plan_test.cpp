#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "library/library_tree.h"

namespace cascade::library {
namespace {

std::map<std::string, Planned> planned_by_name() {
  std::map<std::string, Planned> rows;
  for (const Planned& row : plan()) rows[row.name] = row;
  return rows;
}

std::string place_of(const Planned& row) {
  if (row.layer == "agent") return "agents/" + row.name + ".md";
  if (row.layer == "command") return "commands/" + row.domain + "/" + row.name + ".md";
  return "skills/" + row.name + "/SKILL.md";
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

TEST_CASE("no name is planned twice, and what a planned manifest refers to is planned") {
  const std::map<std::string, Planned> rows = planned_by_name();
  CHECK(rows.size() == plan().size());
  std::vector<std::string> faults;
  for (const Planned& row : plan())
    for (const std::string& name : row.references)
      if (rows.count(name) == 0) faults.push_back(row.name + " refers to " + name);
  CHECK(listed(faults) == "");
}

TEST_CASE("every manifest stands where the plan puts it, with the plan's layer, domain and references") {
  const std::map<std::string, Planned> rows = planned_by_name();
  std::vector<std::string> faults;
  for (const Manifest& manifest : manifests()) {
    const auto row = rows.find(manifest.name);
    if (row == rows.end() || place_of(row->second) != manifest.path || row->second.layer != manifest.layer ||
        row->second.domain != manifest.domain || sorted(row->second.references) != sorted(manifest.references))
      faults.push_back(manifest.path);
  }
  CHECK(listed(faults) == "");
}

TEST_CASE("every reference of a written manifest is written") {
  std::map<std::string, bool> written;
  for (const Manifest& manifest : manifests()) written[manifest.name] = true;
  CHECK(written.size() >= 220);
  std::vector<std::string> faults;
  for (const Manifest& manifest : manifests())
    for (const std::string& name : manifest.references)
      if (!written.count(name)) faults.push_back(manifest.path + ": " + name);
  CHECK(listed(faults) == "");
}

TEST_CASE("a skill has three to six phrases of triggers") {
  const std::string key = "  cascade-triggers: ";
  std::vector<std::string> faults;
  for (const Manifest& manifest : manifests()) {
    if (manifest.layer != "skill" && manifest.layer != "playbook") continue;
    std::size_t phrases = 0;
    for (const std::string& line : lines_of(read_text(manifest.path)))
      if (line.compare(0, key.size(), key) == 0)
        phrases = 1 + static_cast<std::size_t>(std::count(line.begin(), line.end(), ';'));
    if (phrases < 3 || phrases > 6) faults.push_back(manifest.path + ": " + std::to_string(phrases));
  }
  CHECK(listed(faults) == "");
}

TEST_CASE("docs/library.md is what scripts/library-page writes") {
  const Answer page = answer_of("scripts/library-page '" CASCADE_BINARY "' 2>/dev/null");
  if (page.exit == 3) {
    WARN("skipped: no token table, scripts/vocabulary makes it");
    return;
  }
  REQUIRE(page.exit == 0);
  INFO("scripts/library-page > docs/library.md");
  CHECK(page.out == read_text("docs/library.md"));
}

}  // namespace
}  // namespace cascade::library
