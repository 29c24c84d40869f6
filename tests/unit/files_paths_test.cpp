#include <catch2/catch.hpp>

#include "files/paths.h"
#include "unit/seeded_random.h"

using namespace cascade::files;

TEST_CASE("paths are normalised without looking at a disk") {
  CHECK(normalise("a//b/./c/../d") == "a/b/d");
  CHECK(normalise("/..") == "/");
  CHECK(normalise("../x") == "../x");
  CHECK(normalise("a/../../x") == "../x");
  CHECK(normalise("") == ".");
}

TEST_CASE("a path is within a folder only at a segment border") {
  CHECK(is_within("/a/b", "/a/b/c"));
  CHECK(is_within("/a/b", "/a/b"));
  CHECK_FALSE(is_within("/a/b", "/a/bc"));
  CHECK_FALSE(is_within("/a/b", "/a/b/../c"));
  CHECK(is_within("/", "/etc"));
  CHECK_FALSE(is_within(".", "../x"));
}

TEST_CASE("names, parents and relative paths") {
  CHECK(std::string(stem("x/SKILL.md")) == "SKILL");
  CHECK(std::string(stem(".hidden")) == ".hidden");
  CHECK(std::string(parent("/x")) == "/");
  CHECK(std::string(parent("x")).empty());
  CHECK(relative_to("/a", "/a/b/c") == "b/c");
  CHECK(relative_to("/a", "/a") == ".");
  CHECK(join("/a/", "b") == "/a/b");
  CHECK(join("/a", "/b") == "/b");
}

TEST_CASE("a path that is normal already is what the long way makes of it") {
  cascade::test::SeededRandom random{9};
  const std::string_view pieces[] = {"a", "bc", "/", "/", ".", "..", "/a", "...", ".b"};
  for (int round = 0; round < 3000; ++round) {
    std::string path;
    for (std::uint32_t n = 1 + random.below(8); n > 0; --n) path += pieces[random.below(9)];
    INFO(path);
    CHECK(normalise(path) == normalise(path + "/."));  // never normal
    if (is_normal(path)) CHECK(normalise(path) == path);
    CHECK_FALSE(is_normal(path + "/."));
  }
}
