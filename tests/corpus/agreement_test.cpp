// What is indexed, what is listed and what is validated are the same manifests.
#include <cascade/workspace.h>

#include "corpus/corpora.h"
#include "validate/checkup/checkup.h"

#include <catch2/catch.hpp>

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
    Checkup checkup({});
    REQUIRE(checkup.add(root, ""));
    const Checked& checked = checkup.validation().checked;
    CHECK(counts_of(indexed(root).registry()) == Counts{checked.skills, checked.agents, checked.commands});
  }
}

}  // namespace cascade::corpora
