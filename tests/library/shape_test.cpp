#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "library/library_tree.h"

namespace cascade::library {
namespace {

std::string place_of(const Manifest& manifest) {
  if (manifest.layer == "agent") return "agents/" + manifest.name + ".md";
  if (manifest.layer == "command") return "commands/" + manifest.domain + "/" + manifest.name + ".md";
  return "skills/" + manifest.name + "/SKILL.md";
}

TEST_CASE("every manifest has a name of its own and stands where its layer and domain put it") {
  std::map<std::string, std::string> paths;
  std::vector<std::string> faults;
  for (const Manifest& manifest : manifests()) {
    if (place_of(manifest) != manifest.path) faults.push_back(manifest.path + " belongs in " + place_of(manifest));
    const auto [known, is_new] = paths.emplace(manifest.name, manifest.path);
    if (!is_new) faults.push_back(manifest.path + " has the name of " + known->second);
  }
  CHECK(listed(faults) == "");
}

TEST_CASE("every reference of a manifest resolves") {
  std::map<std::string, bool> written;
  for (const Manifest& manifest : manifests()) written[manifest.name] = true;
  CHECK(written.size() >= 660);
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

TEST_CASE("skills/README.md is what scripts/library-page writes") {
  const Answer page = answer_of("scripts/library-page '" CASCADE_BINARY "' 2>/dev/null");
  if (page.exit == 3) {
    WARN("skipped: no token table, scripts/vocabulary makes it");
    return;
  }
  REQUIRE(page.exit == 0);
  INFO("scripts/library-page > skills/README.md");
  CHECK(page.out == read_text("skills/README.md"));
}

}  // namespace
}  // namespace cascade::library
