#include "files/mapped_file.h"

#include <catch2/catch.hpp>
#include <utility>

#include "files/atomic_write.h"
#include "scratch_folder.h"

using namespace cascade;
using namespace cascade::files;

namespace {

using Scratch = cascade::test::ScratchFolder;

}  // namespace

TEST_CASE("a mapped file shows its bytes") {
  Scratch scratch;
  const std::string text(10'000, 'x');
  REQUIRE(write_atomically(scratch.path + "/a", text));
  auto mapped = MappedFile::open(scratch.path + "/a");
  REQUIRE(mapped);
  CHECK(mapped->bytes() == text);
}

TEST_CASE("an empty file maps to no bytes") {
  Scratch scratch;
  REQUIRE(write_atomically(scratch.path + "/empty", ""));
  auto mapped = MappedFile::open(scratch.path + "/empty");
  REQUIRE(mapped);
  CHECK(mapped->bytes().empty());
}

TEST_CASE("a mapping keeps its bytes when the file is replaced") {
  Scratch scratch;
  REQUIRE(write_atomically(scratch.path + "/a", "old"));
  auto mapped = MappedFile::open(scratch.path + "/a");
  REQUIRE(mapped);
  REQUIRE(write_atomically(scratch.path + "/a", "a new text"));
  CHECK(mapped->bytes() == "old");
}

TEST_CASE("a mapping moves with its owner") {
  Scratch scratch;
  REQUIRE(write_atomically(scratch.path + "/a", "bytes"));
  auto opened = MappedFile::open(scratch.path + "/a");
  REQUIRE(opened);
  MappedFile first = *std::move(opened);
  MappedFile second;
  second = std::move(first);
  CHECK(second.bytes() == "bytes");
}

TEST_CASE("what cannot be mapped is an error that says why") {
  Scratch scratch;
  auto missing = MappedFile::open(scratch.path + "/none");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::not_found);
  CHECK(missing.error().path == scratch.path + "/none");
  auto folder = MappedFile::open(scratch.path);
  REQUIRE_FALSE(folder);
  CHECK(folder.error().code == ErrorCode::unreadable);
  CHECK(folder.error().message == "not a regular file");
}
