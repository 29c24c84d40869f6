#include <catch2/catch.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <initializer_list>

#include "index/index_file.h"
#include "scratch_folder.h"
#include "unit/file_time.h"

using namespace cascade;
using namespace cascade::index_file;

namespace {

const hash::Hash128 key{1, 2};

std::string sample() {
  static const std::string big(200'000, 'b');
  return encode(key, 42, {{RegionKind::files, "files"}, {RegionKind::strings, ""}, {RegionKind::calls, big}});
}

// 8-byte aligned copy, as a mapping would be.
struct Bytes {
  explicit Bytes(const std::string& text) : words(text.size() / 8 + 1), size(text.size()) {
    std::memcpy(words.data(), text.data(), text.size());
  }
  std::string_view view() const { return {reinterpret_cast<const char*>(words.data()), size}; }
  std::vector<std::uint64_t> words;
  std::size_t size;
};

// "files=5 calls=200000", or why not.
std::string opened(std::string_view bytes, const hash::Hash128& with = key) {
  auto image = Image::over(bytes, with);
  if (!image) return (image.error().code == ErrorCode::stale ? "stale: " : "malformed: ") + image.error().message;
  std::string text;
  for (const auto& [name, kind] : {std::pair{"files", RegionKind::files}, {"calls", RegionKind::calls}}) {
    auto region = image->region(kind);
    text += std::string(text.empty() ? "" : " ") + name + "=" +
            (region ? std::to_string(region->size()) : region.error().message);
  }
  return text;
}

using Scratch = cascade::test::ScratchFolder;

}  // namespace

TEST_CASE("what is encoded is read back in place, equal input gives equal bytes") {
  const Bytes bytes(sample());
  CHECK(opened(bytes.view()) == "files=5 calls=200000");
  CHECK(sample() == sample());
  CHECK(Image::over(bytes.view(), key)->scan_start_ns() == 42);
  CHECK(Image::over(bytes.view(), key)->region(RegionKind::router)->empty());
  CHECK(Image::over(bytes.view(), key)->verify());
}

TEST_CASE("another key or version is stale, another magic is no index") {
  std::string text = sample();
  CHECK(opened(Bytes(text).view(), {1, 3}) == "stale: made for other roots or another version");
  text[8] = static_cast<char>(text[8] + 1);
  CHECK(opened(Bytes(text).view()) == "stale: another format version");
  text[0] = 'X';
  CHECK(opened(Bytes(text).view()) == "malformed: not an index file");
}

TEST_CASE("a file cut anywhere is malformed") {
  const std::string text = sample();
  for (std::size_t cut = 0; cut < text.size(); cut += 997) {
    const Bytes bytes(text.substr(0, cut));
    CHECK(opened(bytes.view()).rfind("malformed", 0) == 0);
  }
}

TEST_CASE("a damaged byte is seen by the header's sum or by the sum of its block") {
  const std::string text = sample();
  for (std::size_t at = 0; at < text.size(); at += 509) {
    std::string damaged = text;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    const Bytes bytes(damaged);
    auto image = Image::over(bytes.view(), key);
    if (image && at >= sizeof(Header) && at < header_bytes) continue;  // padding of the header carries nothing
    CHECK((!image || !image->verify()));
  }
}

TEST_CASE("saving replaces the file, a second writer gives up, a read-only folder is an error") {
  Scratch scratch;
  const std::string path = scratch.path + "/x.index";
  REQUIRE(save(path, key, 7, {{RegionKind::files, "one"}}));
  auto first = Image::open(path, key);
  REQUIRE(first);
  REQUIRE(save(path, key, 8, {{RegionKind::files, "two!"}}));
  CHECK(*first->region(RegionKind::files) == "one");  // the old version stays readable
  CHECK(*Image::open(path, key)->region(RegionKind::files) == "two!");
  CHECK(save(scratch.path + "/none/x.index", key, 0, {}).error().code == ErrorCode::unwritable);
  CHECK(Image::open(scratch.path + "/gone", key).error().code == ErrorCode::not_found);
}

TEST_CASE("a sealed file is believed, one that was written to is compared with its sums") {
  Scratch scratch;
  const std::string path = scratch.path + "/x.index";
  const std::string text(100'000, 'o');
  REQUIRE(save(path, key, 1'700'000'000'123'456'789, {{RegionKind::calls, text}}));
  const test::FileTime sealed(path);
  CHECK(*Image::open(path, key)->region(RegionKind::calls) == text);
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(70'000);
    file.put('x');
  }
  CHECK(Image::open(path, key)->region(RegionKind::calls).error().code == ErrorCode::malformed);
  sealed.set(path);  // whoever forges the time is found by `index --check` alone
  CHECK(Image::open(path, key)->region(RegionKind::calls));
  CHECK(Image::open(path, key)->verify().error().code == ErrorCode::malformed);
}

TEST_CASE("pieces of one region are one, wherever blocks end") {
  const std::string text = [] {
    std::string made;
    for (int i = 0; i < 300'000; ++i) made += static_cast<char>('a' + i * 31 % 26 + i / 1000 % 3);
    return made;
  }();
  const std::string_view view = text;
  const std::string whole = encode(key, 42, {{RegionKind::files, "files"}, {RegionKind::calls, view}});
  for (const std::size_t at :
       std::initializer_list<std::size_t>{0, 1, 60'000, block_bytes - 64, block_bytes, 200'000, text.size()})
    CHECK(encode(key, 42,
                 {{RegionKind::files, "files"},
                  {RegionKind::calls, view.substr(0, at)},
                  {RegionKind::calls, ""},
                  {RegionKind::calls, view.substr(at)}}) == whole);
  const Bytes bytes(whole);
  CHECK(opened(bytes.view()) == "files=5 calls=300000");
  CHECK(Image::over(bytes.view(), key)->verify());
}

TEST_CASE("a file that was sealed before the machine was started anew is compared once, then believed again") {
  Scratch scratch;
  const std::string path = scratch.path + "/x.index";
  const std::string text(100'000, 'o');
  constexpr std::int64_t scan_start = 1'700'000'000'123'456'789;
  const auto modified = [&] { return test::FileTime(path); };
  const auto damage = [&] {
    const auto time = modified();
    std::fstream(path, std::ios::in | std::ios::out | std::ios::binary).seekp(70'000).put('x');
    time.set(path);
  };
  constexpr std::uint64_t before = 11, after = (std::uint64_t{7} << 50) + 12;
  REQUIRE(save(path, key, scan_start, {{RegionKind::calls, text}}, before));
  const auto sealed = modified();
  CHECK(*Image::open(path, key, before)->region(RegionKind::calls) == text);
  CHECK(modified() == sealed);
  CHECK(*Image::open(path, key, after)->region(RegionKind::calls) == text);
  CHECK(modified() != sealed);
  const auto sealed_again = modified();
  CHECK(*Image::open(path, key, after)->region(RegionKind::calls) == text);
  CHECK(modified() == sealed_again);
  damage();  // as a machine does that goes down while the file is on its way to the disk
  CHECK(Image::open(path, key, after)->region(RegionKind::calls));  // in one start of it that cannot be
  CHECK(Image::open(path, key, before)->region(RegionKind::calls).error().code == ErrorCode::malformed);
  CHECK(modified() == sealed_again);
}

TEST_CASE("a writer that does not know when the machine was started leaves a seal for any time") {
  Scratch scratch;
  const std::string path = scratch.path + "/x.index";
  REQUIRE(save(path, key, 1'700'000'000'123'456'789, {{RegionKind::calls, "text"}}, 0));
  const test::FileTime sealed(path);
  for (const std::uint64_t boot : {0u, 11u, 12u})
    CHECK(*Image::open(path, key, boot)->region(RegionKind::calls) == "text");
  CHECK(test::FileTime(path) == sealed);
  REQUIRE(save(path, key, 1'700'000'000'123'456'789, {{RegionKind::calls, "text"}}, 11));
  CHECK(test::FileTime(path) != sealed);
  CHECK(*Image::open(path, key, 0)->region(RegionKind::calls) == "text");  // by its sums
}

TEST_CASE("what a killed writer left is replaced") {
  Scratch scratch;
  const std::string path = scratch.path + "/x.index";
  std::ofstream(path + ".new") << "a part of an index";
  REQUIRE(save(path, key, 7, {{RegionKind::files, "one"}}));
  CHECK(*Image::open(path, key)->region(RegionKind::files) == "one");
  CHECK_FALSE(std::filesystem::exists(path + ".new"));
}
