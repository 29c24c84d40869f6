#include <catch2/catch.hpp>

#include "memory_tree.h"
#include "policy/allowed.h"

using namespace cascade;
using trust::Allowed;

TEST_CASE("a file is allowed as it is, a folder with all that is in it") {
  files::MemoryTree tree;
  tree.write("/p/a.md", "one");
  tree.write("/q/deep/b.md", "two");
  Allowed allowed;
  REQUIRE(allowed.add(tree, "/p/a.md"));
  REQUIRE(allowed.add(tree, "/q"));
  CHECK(allowed.has(tree, "/p/a.md"));
  CHECK(allowed.has(tree, "/q/deep/b.md"));
  CHECK_FALSE(allowed.has(tree, "/p"));
  CHECK_FALSE(allowed.has(tree, "/qq/b.md"));
  tree.write("/p/a.md", "another");
  tree.write("/q/deep/b.md", "another");
  CHECK_FALSE(allowed.has(tree, "/p/a.md"));
  CHECK(allowed.has(tree, "/q/deep/b.md"));
  CHECK(allowed.remove("/q"));
  CHECK_FALSE(allowed.remove("/q"));
  CHECK_FALSE(allowed.has(tree, "/q/deep/b.md"));
}

TEST_CASE("what was allowed is read back; a list that is damaged allows nothing") {
  files::MemoryTree tree;
  tree.write("/p/with blanks.md", "one");
  Allowed allowed;
  REQUIRE(allowed.add(tree, "/p/with blanks.md"));
  CHECK(allowed.add(tree, "/p/none").error().code == ErrorCode::not_found);
  CHECK(allowed.add(tree, "/p/a\nfolder /").error().code == ErrorCode::misuse);
  tree.write("/home/allowed", allowed.text());
  const auto again = Allowed::read(tree, "/home/allowed");
  REQUIRE(again);
  CHECK(again->has(tree, "/p/with blanks.md"));
  CHECK(again->paths() == std::vector<std::string>{"/p/with blanks.md"});
  CHECK(Allowed::read(tree, "/home/none")->paths().empty());
  for (const char* damaged :
       {"folder /\n", "cascade allow 2\nfolder /\n", "cascade allow 1\nfolder\n", "cascade allow 1\nfolder /p"}) {
    tree.write("/home/allowed", damaged);
    CHECK(Allowed::read(tree, "/home/allowed").error().code == ErrorCode::malformed);
  }
}
