#include <catch2/catch.hpp>
#include <filesystem>

#include "library/library_tree.h"

namespace cascade::library {
namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

// The names of those whose bundle lacks the procedure or the verification of the root.
std::string lacking(const std::string& options) {
  std::string folder = (std::filesystem::temp_directory_path() / "cascade-library-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  std::vector<std::string> faults;
  for (const Manifest& manifest : manifests()) {
    if (manifest.layer != "skill" && manifest.layer != "playbook") continue;
    const Answer bundle = answer_of("CASCADE_CACHE='" + folder +
                                    "' '" CASCADE_BINARY "' --root . -q bundle skill:" + manifest.name + " " + options);
    const bool playbook = manifest.layer == "playbook";
    const std::size_t begin = bundle.out.find("=== skill: " + manifest.name + " ===\n");
    const std::string own =
        begin == std::string::npos ? std::string() : bundle.out.substr(begin, bundle.out.find("\n=== ", begin) - begin);
    if (bundle.exit != 0 || !has_line(own, playbook ? "## Chain" : "## Steps") ||
        !has_line(own, playbook ? "## Done" : "## Verify"))
      faults.push_back(manifest.name);
  }
  std::filesystem::remove_all(folder);
  return listed(faults);
}

TEST_CASE("every skill's bundle at 4,000 tokens keeps its procedure and its verification") {
  CHECK(lacking("--budget 4000") == "");
  CHECK(lacking("--budget 4000 --depth 2") == "");
}

TEST_CASE("so does every skill's bundle at 700 tokens, beside the agents that compete with it") {
  CHECK(lacking("--budget 700 --depth 1") == "");
}

TEST_CASE("nothing is found to be wrong with the library") {
  const Answer found = answer_of("CASCADE_CACHE= '" CASCADE_BINARY "' --root . validate");
  INFO(found.out);
  CHECK(found.exit == 0);
  const Answer strict =
      answer_of("CASCADE_CACHE= '" CASCADE_BINARY "' --root . validate --profile install skills agents commands");
  INFO(strict.out);
  CHECK(strict.exit == 0);
}

}  // namespace
}  // namespace cascade::library
