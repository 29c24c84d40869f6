// What was learned, and the indexes that were made with it (facts/meaning.h).
#include "facts/meaning.h"

#include <catch2/catch.hpp>

#include <cstring>
#include <string>

#include "facts/index_file.h"

namespace cascade::recall {
namespace {

std::string index_bytes() {
  Fact fact;
  fact.id = "f1";
  fact.owner = "here";
  fact.subject = "deploy window";
  fact.text = "Deploys run Monday to Thursday.";
  const auto bytes = build_index({fact});
  REQUIRE(bytes);
  return *bytes;
}

}  // namespace

TEST_CASE("the version of what was learned is that of its rows: bench_recall --write sets both") {
  CHECK(meaning_version() == version_of(meaning_rows()));
}

TEST_CASE("an index that was made with other directions is made anew, not read") {
  std::string bytes = index_bytes();
  CHECK(Index::over(nullptr, bytes));
  const std::uint64_t version = meaning_version();
  std::string mark(sizeof version, '\0');
  std::memcpy(mark.data(), &version, sizeof version);
  const std::size_t at = bytes.find(mark);
  REQUIRE(at != std::string::npos);
  bytes[at] ^= 1;
  const auto index = Index::over(nullptr, bytes);
  REQUIRE_FALSE(index);
  CHECK(index.error().code == ErrorCode::stale);
}

}  // namespace cascade::recall
