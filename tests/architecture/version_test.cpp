// The version is said once, by the project in CMakeLists.txt; files that other programs read repeat it.
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

std::string between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin);
  if (from == std::string_view::npos) return {};
  const std::size_t first = from + begin.size();
  return std::string(text.substr(first, text.find_first_of(end, first) - first));
}

}  // namespace

TEST_CASE("what names a version names the one of CMakeLists.txt") {
  const std::string version = between(read_text("CMakeLists.txt"), "project(cascade VERSION ", " )");
  REQUIRE_FALSE(version.empty());
  CHECK(between(read_text("CHANGELOG.md"), "\n## ", ",\n") == version);
  CHECK(between(read_text("vcpkg.json"), "\"version-string\": \"", "\"") == version);
  CHECK(between(read_text("include/cascade/cascade.h"), "The version of the library, \"", "\"") == version);
  CHECK(between(read_text("cmake/homebrew/cascade.rb"), "/cascade-", "t").substr(0, version.size()) == version);
  for (const SourceFile& file : sources_below("src"))
    if (file.text.find("\"" + version + "\"") != std::string::npos) FAIL_CHECK(file.path << " names it as well");
}

}  // namespace cascade::architecture
