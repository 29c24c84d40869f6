#include "tokens/locate.h"

#include <catch2/catch.hpp>

#include "files/atomic_write.h"
#include "tokens_small_vocabulary.h"

using namespace cascade;
using namespace cascade::tokens;

namespace {

std::string places(std::string_view executable_directory, std::string_view environment = "") {
  std::string out;
  for (const std::string& place : vocabulary_places(executable_directory, environment))
    out += (out.empty() ? "" : " ") + place;
  return out;
}

// A folder that goes away with the test.
struct Prefix {
  std::string path = (std::filesystem::temp_directory_path() / "cascade-prefix-XXXXXX").string();
  Prefix() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
  ~Prefix() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("the table lies beside an installed program and in the source tree of a built one") {
  CHECK(places("/usr/bin") == "/usr/share/cascade/o200k.bin /share/cascade/o200k.bin");
  CHECK(places("/src/cascade/build/release") ==
        "/src/cascade/build/share/cascade/o200k.bin /src/cascade/share/cascade/o200k.bin");
}

TEST_CASE("the environment decides alone") {
  CHECK(places("/usr/bin", "/elsewhere/o200k.bin") == "/elsewhere/o200k.bin");
}

TEST_CASE("the first table there is is opened") {
  const Prefix prefix;
  const std::string table = *write_vocabulary(small_tokens(), "small");
  const std::string build = prefix.path + "/build/release";
  CHECK(open_counter(build, "").error().code == ErrorCode::not_found);
  REQUIRE(files::make_directories(prefix.path + "/share/cascade"));
  REQUIRE(files::write_atomically(prefix.path + "/share/cascade/o200k.bin", table));
  REQUIRE(open_counter(build, ""));
  CHECK(open_counter(build, "")->exact());
  REQUIRE(open_counter(prefix.path + "/bin", ""));
}

TEST_CASE("a table that is no good is not passed over") {
  const Prefix prefix;
  REQUIRE(files::make_directories(prefix.path + "/build/share/cascade"));
  REQUIRE(files::make_directories(prefix.path + "/share/cascade"));
  REQUIRE(files::write_atomically(prefix.path + "/build/share/cascade/o200k.bin", "x"));
  REQUIRE(
      files::write_atomically(prefix.path + "/share/cascade/o200k.bin", *write_vocabulary(small_tokens(), "small")));
  CHECK(open_counter(prefix.path + "/build/release", "").error().code == ErrorCode::malformed);
}

TEST_CASE("a file that the environment names must be there") {
  const auto opened = open_counter("/usr/bin", "/nonexistent/o200k.bin");
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == ErrorCode::not_found);
  CHECK(opened.error().path == "/nonexistent/o200k.bin");
  CHECK(opened.error().help == "CASCADE_VOCABULARY names this file");
}
