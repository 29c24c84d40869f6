#include <catch2/catch.hpp>

#include "files/atomic_write.h"
#include "files/overlay_tree.h"
#include "scratch_folder.h"
#include "unit/make_link.h"

#include <filesystem>

using namespace cascade;
using namespace cascade::files;

namespace {

std::string names(const Tree& tree, const std::string& directory) {
  const auto entries = tree.list(directory);
  if (!entries) return entries.error().message;
  std::string text;
  for (const Entry& entry : *entries) text += entry.name + (entry.type == EntryType::directory ? "/ " : " ");
  return text;
}

std::string text(const Tree& tree, const std::string& path) {
  const auto read = tree.read(path, 1'000);
  return read ? *read : read.error().code == ErrorCode::not_found ? "not_found" : read.error().message;
}

struct Library : cascade::test::ScratchFolder {
  Library() {
    path = std::filesystem::canonical(path).generic_string();
    REQUIRE(make_directories(path + "/lib/kept"));
    REQUIRE(make_directories(path + "/lib/new"));
    REQUIRE(write_atomically(path + "/lib/kept/a.md", "now"));
    REQUIRE(write_atomically(path + "/lib/kept/b.md", "b"));
    REQUIRE(write_atomically(path + "/lib/new/c.md", "c"));
    if (!cascade::test::is_wine()) REQUIRE(cascade::test::make_link("lib", path + "/alias"));
  }
};

}  // namespace

TEST_CASE("an overlay shows files as they were, brings back what is gone and hides what is new") {
  const Library library;
  const std::string lib = library.path + "/lib";
  const OverlayTree tree({{lib + "/kept/a.md", {"then", false}},
                          {lib + "/new/c.md", {std::nullopt, false}},
                          {lib + "/gone/deep/d.md", {"d", true}}});
  CHECK(text(tree, lib + "/kept/a.md") == "then");
  CHECK(text(tree, lib + "/kept/b.md") == "b");
  CHECK(text(tree, lib + "/new/c.md") == "not_found");
  CHECK(text(tree, lib + "/gone/deep/d.md") == "d");
  CHECK(names(tree, lib) == "gone/ kept/ new/ ");
  CHECK(names(tree, lib + "/gone") == "deep/ ");
  CHECK(names(tree, lib + "/gone/deep") == "d.md ");
  CHECK(names(tree, lib + "/new").empty());
  CHECK(tree.stat(lib + "/gone/deep/d.md")->executable);
  CHECK(tree.stat(lib + "/gone")->directory);
  CHECK_FALSE(tree.stat(lib + "/new/c.md"));
  CHECK_FALSE(tree.real_path(lib + "/new/c.md"));
  CHECK(*tree.real_path(lib + "/gone/deep") == lib + "/gone/deep");
  CHECK(*tree.read_below(lib, "kept/a.md", 1'000) == "then");
}

TEST_CASE("an overlay is found behind a link to its folder, too") {
  if (cascade::test::is_wine()) {
    WARN("skipped: Wine does not show links");
    return;
  }
  const Library library;
  const OverlayTree tree(std::map<std::string, OverlaidFile>{{library.path + "/lib/kept/a.md", {"then", false}}});
  CHECK(text(tree, library.path + "/alias/kept/a.md") == "then");
}

TEST_CASE("an overlay is found below links in the middle and at the end of a path, and behind one that leads upwards") {
  if (cascade::test::is_wine()) {
    WARN("skipped: Wine does not show links");
    return;
  }
  const Library library;
  const std::string lib = library.path + "/lib";
  REQUIRE(cascade::test::make_link("../kept", lib + "/new/end"));
  REQUIRE(cascade::test::make_link("..", lib + "/kept/up"));
  const OverlayTree tree(std::map<std::string, OverlaidFile>{{lib + "/kept/a.md", {"then", false}}});
  CHECK(text(tree, lib + "/new/end/a.md") == "then");
  CHECK(text(tree, lib + "/new/end/b.md") == "b");
  CHECK(text(tree, lib + "/kept/up/kept/a.md") == "then");
  CHECK(text(tree, library.path + "/alias/new/end/up/kept/a.md") == "then");
  CHECK(text(tree, lib + "/nowhere/a.md") == "not_found");
}

TEST_CASE("what an overlay changes has another stamp, everything else its own") {
  const Library library;
  const std::string lib = library.path + "/lib";
  const DiskTree disk;
  const OverlayTree tree({{lib + "/kept/a.md", {"then", false}}, {lib + "/new/c.md", {std::nullopt, false}}});
  CHECK_FALSE(*tree.stat(lib + "/kept/a.md") == *disk.stat(lib + "/kept/a.md"));
  CHECK(*tree.stat(lib + "/kept/b.md") == *disk.stat(lib + "/kept/b.md"));
  CHECK(*tree.stat(lib + "/kept") == *disk.stat(lib + "/kept"));
  CHECK_FALSE(*tree.stat(lib + "/new") == *disk.stat(lib + "/new"));
}
