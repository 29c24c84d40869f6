// The text that a mark stands for.
#include <catch2/catch.hpp>

#include "bundle/items.h"
#include "unit/bundle_library.h"

namespace cascade::bundle {
namespace {

const char* const guide = R"(
  skill:guide
  | The lead.
  |
  | # Title
  |
  | Under the title.
  |
  | ## One
  |
  | First.
  |
  | ### Below one
  |
  | Lower.
  |
  | ## Two
  |
  | Last.
)";

// The text's lines without the empty ones, "## One | First."
std::string shown(std::uint32_t section, std::optional<std::uint32_t> further = std::nullopt) {
  const test::Library library(guide);
  const ReadSection read = library.reader();
  const auto text = section_text(library.registry(), ManifestId{0}, section, further, read);
  REQUIRE(text);
  std::string out;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);)
    if (!line.empty()) out += (out.empty() ? "" : " | ") + line;
  return out;
}

}  // namespace

TEST_CASE("a section comes with what stands below it, the lead alone") {
  CHECK(shown(0) == "The lead.");
  CHECK(shown(1) == "# Title | Under the title. | ## One | First. | ### Below one | Lower. | ## Two | Last.");
  CHECK(shown(2) == "## One | First. | ### Below one | Lower.");
  CHECK(shown(3) == "### Below one | Lower.");
  CHECK(shown(4) == "## Two | Last.");
}

TEST_CASE("with a number of further sections just these come, as many as there are") {
  CHECK(shown(0, 0) == "The lead.");
  CHECK(shown(0, 1) == "The lead. | # Title | Under the title.");
  CHECK(shown(2, 0) == "## One | First.");
  CHECK(shown(2, 1) == "## One | First. | ### Below one | Lower.");
  CHECK(shown(3, 1) == "### Below one | Lower. | ## Two | Last.");
  CHECK(shown(3, 9) == "### Below one | Lower. | ## Two | Last.");
  CHECK(shown(4, 0xffffffffU) == "## Two | Last.");
}

TEST_CASE("a section that cannot be read is an error") {
  const test::Library library(guide);
  const ReadSection read = [](const ManifestView&, const SectionView& section) -> Result<std::string> {
    if (section.heading == "Two") return Error{ErrorCode::unreadable, "gone", "", ""};
    return std::string("text\n");
  };
  CHECK_FALSE(section_text(library.registry(), ManifestId{0}, 3, 1, read));
  CHECK(section_text(library.registry(), ManifestId{0}, 3, 0, read));
}

}  // namespace cascade::bundle
