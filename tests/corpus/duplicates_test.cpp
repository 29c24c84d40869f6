// What is equal in the real libraries, against the summaries that were made without this program.
#include "similarity/alike.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "corpus/corpora.h"

namespace cascade {
namespace {

// The number of the group of equal manifests that holds it; 0 for none.
std::size_t group_of(const duplicates::Report& report, ManifestId id) {
  for (std::size_t i = 0; i < report.equal_manifests.size(); ++i) {
    const std::vector<ManifestId>& ids = report.equal_manifests[i].ids;
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) return i + 1;
  }
  return 0;
}

}  // namespace

TEST_CASE("files that the summaries call identical are equal manifests") {
  if (!corpora::present()) {
    WARN("no corpora beside the repository: skipped");
    return;
  }
  std::size_t checked = 0;
  for (const std::string& corpus : corpora::names()) {
    const corpora::Library& library = corpora::library(corpus);
    const duplicates::Report report = duplicates::find_duplicates(library.registry);
    const syntax::Node summary = corpora::read_json(corpora::shared() + "/corpora/" + corpus + "/summary.json");
    const syntax::Node* identical = summary.find("identical_files");
    REQUIRE(identical != nullptr);
    for (const syntax::Node& files : identical->items) {
      std::vector<std::size_t> groups;
      for (const syntax::Node& file : files.items) {
        const ManifestId id = library.ids.at(file.text);
        if (!library.registry[id].document) groups.push_back(group_of(report, id));
      }
      INFO(corpus << ' ' << files.items.front().text);
      if (groups.size() < 2) continue;
      CHECK(groups.front() != 0);
      CHECK(std::count(groups.begin(), groups.end(), groups.front()) == static_cast<std::ptrdiff_t>(groups.size()));
      checked += groups.size();
    }
  }
  CHECK(checked > 20);
}

}  // namespace cascade
