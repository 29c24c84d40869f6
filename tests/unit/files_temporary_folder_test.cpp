#include <catch2/catch.hpp>

#ifndef _WIN32
#include <sys/stat.h>

#endif
#include <filesystem>
#include <fstream>

#include "files/folder.h"
#include "scratch_folder.h"
#include "unit/make_link.h"

using namespace cascade;

TEST_CASE("a temporary folder is this user's alone and goes away with all that is in it, but for what links lead to") {
  const test::ScratchFolder other;
  std::ofstream(other.path + "/kept") << "x";
  std::string path;
  {
    auto folder = files::TemporaryFolder::make();
    REQUIRE(folder);
    path = folder->path();
#ifndef _WIN32
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0700);
#endif
    std::filesystem::create_directories(path + "/a/b");
    std::ofstream(path + "/a/b/file") << "x";
    if (!test::is_wine()) REQUIRE(test::make_link(other.path, path + "/link"));  // Wine cannot remove it
  }
  CHECK_FALSE(std::filesystem::exists(path));
  CHECK(std::filesystem::exists(other.path + "/kept"));
}
