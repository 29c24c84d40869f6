#include <catch2/catch.hpp>
#include <filesystem>

#include "library/library_tree.h"

namespace cascade::library {
namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST_CASE("every skill's bundle at 4,000 tokens keeps its procedure and its verification") {
  std::string folder = (std::filesystem::temp_directory_path() / "cascade-library-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  std::vector<std::string> faults;
  for (const Manifest& manifest : manifests()) {
    if (manifest.layer != "skill" && manifest.layer != "playbook") continue;
    const Answer bundle =
        answer_of("CASCADE_CACHE='" + folder + "' '" CASCADE_BINARY "' --root . -q bundle skill:" + manifest.name +
                  " --budget 4000");
    const bool playbook = manifest.layer == "playbook";
    if (bundle.exit != 0 || !has_line(bundle.out, playbook ? "## Chain" : "## Steps") ||
        !has_line(bundle.out, playbook ? "## Done" : "## Verify"))
      faults.push_back(manifest.name);
  }
  std::filesystem::remove_all(folder);
  CHECK(listed(faults) == "");
}

TEST_CASE("nothing is found to be wrong with the library") {
  const Answer found = answer_of("CASCADE_CACHE= '" CASCADE_BINARY "' --root . validate");
  INFO(found.out);
  CHECK(found.exit == 0);
}

}  // namespace
}  // namespace cascade::library
