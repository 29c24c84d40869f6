#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "files/folder.h"
#include "read_text.h"
#include "scratch_folder.h"
#include "unit/make_link.h"

using namespace cascade;
namespace fs = std::filesystem;

TEST_CASE("a folder is copied with its permissions, times and links; pipes are left out") {
  const test::ScratchFolder folder;
  const fs::path from = fs::path(folder.path) / "from", to = fs::path(folder.path) / "to";
  fs::create_directories(from / "deep/er");
  fs::create_directory(to);
  std::ofstream(from / "deep/run.sh", std::ios::binary) << "#!/bin/sh\n";
  fs::permissions(from / "deep/run.sh", fs::perms::owner_all);
  fs::last_write_time(from / "deep/run.sh", fs::file_time_type(std::chrono::seconds(1'000'000)));
#ifndef _WIN32
  REQUIRE(std::system(("mkfifo " + (from / "pipe").string()).c_str()) == 0);
#endif
  if (!test::is_wine()) REQUIRE(test::make_link("../nowhere", (from / "deep/link").generic_string()));
  REQUIRE(files::copy_folder(from.generic_string(), to.generic_string()));
  CHECK(test::read_text(to / "deep/run.sh") == "#!/bin/sh\n");
#ifndef _WIN32
  CHECK((fs::status(to / "deep/run.sh").permissions() & fs::perms::owner_exec) != fs::perms::none);
#endif
  CHECK(fs::last_write_time(to / "deep/run.sh") == fs::last_write_time(from / "deep/run.sh"));
  if (!test::is_wine()) CHECK(fs::read_symlink(to / "deep/link") == "../nowhere");
  CHECK(fs::is_directory(to / "deep/er"));
  CHECK_FALSE(fs::exists(to / "pipe"));
}

TEST_CASE("a folder above the limits is not copied") {
  const test::ScratchFolder folder;
  const fs::path from = fs::path(folder.path) / "from", to = fs::path(folder.path) / "to";
  fs::create_directories(from);
  fs::create_directory(to);
  std::ofstream(from / "a") << "12345";
  std::ofstream(from / "b") << "12345";
  const auto bytes = files::copy_folder(from.generic_string(), to.generic_string(), {9, 100, 8});
  REQUIRE_FALSE(bytes);
  CHECK(bytes.error().code == ErrorCode::unsupported);
  fs::remove_all(to);
  fs::create_directory(to);
  CHECK_FALSE(files::copy_folder(from.generic_string(), to.generic_string(), {100, 1, 8}));
}
