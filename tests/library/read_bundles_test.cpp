// Bundles read against their sources by a reader that knows nothing of the rules by which they are cut (read_bundles).
#include <catch2/catch.hpp>
#include <filesystem>

#include "library/library_tree.h"
#include "scratch_folder.h"

namespace cascade::library {
namespace {

bool can_run() {
  if (answer_of("command -v python3").exit == 0) return true;
  WARN("skipped: python3 is not here");
  return false;
}

const std::string corpora = "../shared/corpora";

bool has_corpora() {
  if (std::filesystem::exists(std::string(CASCADE_SOURCE_DIR "/") + corpora)) return true;
  WARN("skipped: ../shared/corpora is not there");
  return false;
}

// Nothing where no reader is misled.
std::string misleading(const std::string& root, const std::string& options, const std::string& cache = "") {
  const std::string command =
      "CASCADE_CACHE='" + cache + "' tests/library/read_bundles '" CASCADE_BINARY "' '" + root + "' " + options;
  const Answer found = answer_of(command);
  return found.exit == 0 ? std::string() : found.out;
}

}  // namespace

TEST_CASE("no cut of the shipped library's bundles misleads, and every mark's command shows what was cut") {
  if (can_run()) CHECK(misleading(".", "--every 17 --show") == "");
}

TEST_CASE("no cut of the real libraries' bundles misleads") {
  if (!can_run() || !has_corpora()) return;
  for (const char* name : {"superpowers", "infrastructure-showcase"})
    CHECK(misleading(corpora + "/" + name, "--every 3") == "");
  CHECK(misleading(corpora + "/my-workflow", "--every 9") == "");
  CHECK(misleading(corpora + "/awesome-subagents", "--every 41") == "");
  CHECK(misleading(corpora + "/wshobson-agents", "--every 67") == "");
  CHECK(misleading(corpora + "/context-cascade", "--every 97") == "");
}

// All manifests at four budgets and two depths: 15,600 bundles, which take a quarter of an hour.
TEST_CASE("no cut of any bundle of any library misleads", "[.soak]") {
  if (!can_run()) return;
  const test::ScratchFolder cache;
  CHECK(misleading(".", "", cache.path) == "");
  if (!has_corpora()) return;
  for (const char* name : {"superpowers", "infrastructure-showcase", "my-workflow", "awesome-subagents",
                           "wshobson-agents", "context-cascade"})
    CHECK(misleading(corpora + "/" + name, "", cache.path) == "");
}

}  // namespace cascade::library
