#include <catch2/catch.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "files/atomic_write.h"
#include "files/mapped_file.h"
#include "scratch_folder.h"

namespace cascade::files {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_text(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

bool is_empty(const std::string& folder) { return std::filesystem::is_empty(folder); }

constexpr std::size_t large = 200'001;  // beyond the steps in which any system maps
constexpr std::int64_t seal_ns = 1'000'000'000'000'000'100;

}  // namespace

TEST_CASE("a growing file is read while it is written, and has its name and its seal at the end", "[files]") {
  const test::ScratchFolder folder;
  const std::string path = folder.path + "/grown";
  Result<GrowingFile> file = GrowingFile::begin(path, 0600);
  REQUIRE(file);
  REQUIRE(file->append({"head", std::string(large, 'a')}));
  REQUIRE(file->append({"tail", ""}));
  CHECK(file->size() == large + 8);
  {
    const Result<MappedPart> part = file->part(large + 3, 5);
    REQUIRE(part);
    CHECK(part->bytes() == "atail");
    REQUIRE(file->append({"more"}));
    CHECK(part->bytes() == "atail");
    CHECK(file->part(large + 8, 4)->bytes() == "more");
    CHECK(file->part(0, 0)->bytes().empty());
  }
  CHECK_FALSE(std::filesystem::exists(path));
  REQUIRE(file->finish("HEAD", {seal_ns, true}));
  CHECK(text_of(path) == "HEAD" + std::string(large, 'a') + "tailmore");
  CHECK(MappedFile::open(path)->stamp().modified_ns == seal_ns);
}

TEST_CASE("a growing file that is not finished leaves nothing", "[files]") {
  const test::ScratchFolder folder;
  {
    Result<GrowingFile> file = GrowingFile::begin(folder.path + "/grown", 0600);
    REQUIRE(file->append({"bytes"}));
    const GrowingFile moved = *std::move(file);
    CHECK_FALSE(is_empty(folder.path));
  }
  CHECK(is_empty(folder.path));
}

TEST_CASE("a growing file replaces what a killed writer left, and a file that is mapped", "[files]") {
  const test::ScratchFolder folder;
  const std::string path = folder.path + "/grown";
  write_text(path + ".new", "of a killed writer");
  write_text(path, "old");
  {
    const Result<MappedFile> old = MappedFile::open(path);
    REQUIRE(old);
    Result<GrowingFile> file = GrowingFile::begin(path, 0600);
    REQUIRE(file);
    REQUIRE(file->append({"new bytes"}));
    const MappedPart part = *file->part(4, 5);
    REQUIRE(file->finish("NEW", {}));
    CHECK(old->bytes() == "old");
    CHECK(part.bytes() == "bytes");
  }
  CHECK(text_of(path) == "NEW bytes");
  CHECK_FALSE(std::filesystem::exists(path + ".new"));
}

TEST_CASE("a growing file in a folder that is not there is an error", "[files]") {
  const test::ScratchFolder folder;
  const Result<GrowingFile> file = GrowingFile::begin(folder.path + "/none/grown", 0600);
  REQUIRE_FALSE(file);
  CHECK(file.error().code == ErrorCode::unwritable);
}

}  // namespace cascade::files
