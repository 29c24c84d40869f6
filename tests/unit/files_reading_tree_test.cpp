#include "files/overlay_tree.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "files/folder.h"

namespace cascade::files {
namespace {

TEST_CASE("a tree reads by the function it was given, and looks at the rest itself") {
  const auto folder = TemporaryFolder::make();
  REQUIRE(folder);
  const std::string path = folder->path() + "/file";
  std::ofstream(path) << "of the disk";
  const ReadingTree given([](const std::string&, std::uint64_t) { return Result<std::string>("given"); });
  CHECK(*given.read(path, 100) == "given");
  CHECK(*given.read_own(folder->path(), "file", 100) == "given");
  CHECK(given.read_own(folder->path(), "other", 100).error().code == ErrorCode::not_found);
  CHECK(*ReadingTree({}).read(path, 100) == "of the disk");
}

TEST_CASE("what was read once stays, what was missing is looked for again, and a limit holds each time") {
  const auto folder = TemporaryFolder::make();
  REQUIRE(folder);
  const std::string path = folder->path() + "/file";
  ReadOnce once;
  CHECK(once.read(path, 100).error().code == ErrorCode::not_found);
  std::ofstream(path) << "first";
  CHECK(*once.read(path, 100) == "first");
  std::ofstream(path) << "second";
  CHECK(*once.read(path, 100) == "first");
  CHECK(once.read(path, 4).error().code == ErrorCode::unsupported);
}

}  // namespace
}  // namespace cascade::files
