// What is indexed, what is listed and what is validated are the same manifests with the same faults.
#include <cascade/workspace.h>

#include "corpus/corpora.h"
#include "task/checkup.h"

#include <catch2/catch.hpp>

#include <set>
#include <tuple>

namespace cascade::corpora {
namespace {

struct Counts {
  std::size_t skills = 0, agents = 0, commands = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};

Counts counts_of(const Registry& registry) {
  Counts counts;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (manifest.document) continue;
    ++(manifest.kind == Kind::skill ? counts.skills : manifest.kind == Kind::agent ? counts.agents : counts.commands);
  }
  return counts;
}

Workspace indexed(const std::string& root) {
  WorkspaceOptions options;
  options.directory = root;
  options.roots = {{root, Scope::project}};
  auto workspace = Workspace::open(options);
  REQUIRE(workspace);
  return *std::move(workspace);
}

}  // namespace

TEST_CASE("index, list and validate take the same files for manifests") {
  for (const std::string& name : names()) {
    const std::string root = shared() + "/corpora/" + name;
    if (!std::filesystem::exists(root)) {
      WARN("skipped: " + root + " is not there");
      continue;
    }
    INFO(name);
    task::Checkup checkup({});
    REQUIRE(checkup.add(root, ""));
    const Checked& checked = checkup.validation().checked;
    CHECK(counts_of(indexed(root).registry()) == Counts{checked.skills, checked.agents, checked.commands});
  }
}

TEST_CASE("an error that reading a manifest shows is an error of the validator, at the same place") {
  for (const std::string& name : names()) {
    const std::string root = shared() + "/corpora/" + name;
    if (!std::filesystem::exists(root)) continue;
    task::Checkup checkup({});
    REQUIRE(checkup.add(root, ""));
    std::set<std::tuple<std::string, std::string, std::uint32_t>> found;
    for (const Diagnostic& finding : checkup.validation().found)
      if (finding.severity == Severity::error) found.emplace(finding.rule, finding.at.path, finding.at.line);
    for (const Diagnostic& problem : indexed(root).registry().problems()) {
      if (problem.severity != Severity::error) continue;
      INFO(name << " " << problem.rule << " " << problem.at.path << ":" << problem.at.line << " " << problem.message);
      CHECK(found.count({problem.rule, problem.at.path, problem.at.line}) == 1);
    }
  }
}

}  // namespace cascade::corpora
