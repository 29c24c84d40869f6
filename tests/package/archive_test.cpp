// scripts/archive: one file, installed by one command, which runs where there is nothing else.
#include <unistd.h>
#include <catch2/catch.hpp>
#include <filesystem>

#include "package/installed.h"

namespace cascade::package {
namespace {

namespace fs = std::filesystem;

// Made once; a line with its path is all that standard output holds.
const std::string& archive() {
  static const std::string path = [] {
    const std::string folder = scratch("archive");
    const Outcome made = run("'" CASCADE_SOURCE_DIR "/scripts/archive' --from '" CASCADE_BUILD_DIR "' --to '" + folder +
                             "' 2>/dev/null");
    INFO(made.output);
    REQUIRE(made.status == 0);
    return made.output.substr(0, made.output.find('\n'));
  }();
  return path;
}

TEST_CASE("the archive is installed by one command, into an empty root, and does the main job there") {
  const std::string root = scratch("empty-root");
  fs::create_directories(root + "/usr");
  fs::create_directories(root + "/tmp");
  REQUIRE(run("tar -xzf '" + archive() + "' -C '" + root + "/usr' --strip-components=1").status == 0);
  CHECK(fs::exists(root + "/usr/share/cascade/LICENSE"));
  std::string inside = "env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp chroot '" + root + "' /usr/bin/cascade ";
  if (::getuid() != 0) {
    WARN("only root can enter another root folder: the program runs from there, not in it");
    inside = "env -i HOME='" + root + "/tmp' '" + root + "/usr/bin/cascade' ";
  }
  const Outcome bundle = run(inside + "bundle --prompt 'the login test fails one time in ten' --budget 900 -q");
  INFO(bundle.output);
  CHECK(bundle.status == 0);
  CHECK(bundle.output.find("=== skill: flaky-test-elimination") != std::string::npos);
}

TEST_CASE("relative folders are those of the folder that the script is called from") {
  const std::string folder = scratch("archive-relative");
  const std::string build = std::filesystem::path(CASCADE_BUILD_DIR).filename().string();
  const Outcome made =
      run("cd '" CASCADE_BUILD_DIR "/..' && '" CASCADE_SOURCE_DIR "/scripts/archive' --from '" + build + "' --to '" +
          std::filesystem::relative(folder, CASCADE_BUILD_DIR "/..").string() + "'");
  INFO(made.output);
  CHECK(made.status == 0);
  CHECK(run("ls '" + folder + "'/*.tar.gz").status == 0);
}

TEST_CASE("the same build gives the same archive") {
  const std::string folder = scratch("archive-again");
  REQUIRE(run("'" CASCADE_SOURCE_DIR "/scripts/archive' --from '" CASCADE_BUILD_DIR "' --to '" + folder + "'").status ==
          0);
  CHECK(run("cmp '" + archive() + "' '" + folder + "/'*.tar.gz").status == 0);
}

}  // namespace
}  // namespace cascade::package
