#include <catch2/catch.hpp>

#include <optional>
#include <string>

#include "unit/registry_text.h"

using namespace cascade;
using namespace cascade::test;

TEST_CASE("a name is near by one letter, a long one by a third of its letters and six at most") {
  const Registry registry = registry_of(R"(
    skill:ab
    skill:review-changes
    agent:review-changes
    skill:a-very-long-name-of-a-thing-indeed)");
  const auto near = [&](const char* name, std::optional<Kind> kind = std::nullopt, std::size_t limit = 3) {
    std::string text;
    for (const Symbol& symbol : registry.nearest(name, kind, limit)) text += to_string(symbol) + " ";
    return text;
  };
  CHECK(near("ax") == "skill:ab ");
  CHECK(near("xy").empty());
  CHECK(near("reviev-chagnes") == "skill:review-changes agent:review-changes ");
  CHECK(near("reviev-chagnes", Kind::agent) == "agent:review-changes skill:review-changes ");
  CHECK(near("reviev-chagnes", std::nullopt, 1) == "skill:review-changes ");
  CHECK(near("xxxxew-chxxxxs").empty());  // nine of fourteen letters
  CHECK(near("a-very-long-name-of-a-thing-xxxxxx") == "skill:a-very-long-name-of-a-thing-indeed ");
  CHECK(near("a-very-long-name-of-a-thixx-xxxxxx").empty());              // eight, though a third of it is eleven
  CHECK(near("review") == "skill:review-changes agent:review-changes ");  // a part of it
  CHECK(near("rev").empty());                                             // too short to be one
}
