// Bundles read against their sources by a reader that knows nothing of the rules by which they are cut (read_bundles).
#include <catch2/catch.hpp>
#include <filesystem>

#include "library/library_tree.h"

namespace cascade::library {
namespace {

bool can_run() {
  if (answer_of("command -v python3").exit == 0) return true;
  WARN("skipped: python3 is not here");
  return false;
}

// Nothing where no reader is misled.
std::string misleading(const std::string& root, const std::string& options) {
  const std::string command =
      "CASCADE_CACHE= tests/library/read_bundles '" CASCADE_BINARY "' '" + root + "' " + options;
  const Answer found = answer_of(command);
  return found.exit == 0 ? std::string() : found.out;
}

}  // namespace

TEST_CASE("no cut of the shipped library's bundles misleads, and every mark's command shows what was cut") {
  if (can_run()) CHECK(misleading(".", "--every 17 --show") == "");
}

TEST_CASE("no cut of the real libraries' bundles misleads") {
  if (!can_run()) return;
  const std::string corpora = "../shared/corpora";
  if (!std::filesystem::exists(std::string(CASCADE_SOURCE_DIR "/") + corpora)) {
    WARN("skipped: ../shared/corpora is not there");
    return;
  }
  for (const char* name : {"superpowers", "infrastructure-showcase"})
    CHECK(misleading(corpora + "/" + name, "--every 3") == "");
  CHECK(misleading(corpora + "/my-workflow", "--every 9") == "");
  CHECK(misleading(corpora + "/awesome-subagents", "--every 41") == "");
  CHECK(misleading(corpora + "/wshobson-agents", "--every 67") == "");
  CHECK(misleading(corpora + "/context-cascade", "--every 97") == "");
}

}  // namespace cascade::library
