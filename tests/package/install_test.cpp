// What lies where after `cmake --install`, and that it works there.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <filesystem>

#include <unistd.h>

#include "package/installed.h"

namespace cascade::package {
namespace {

namespace fs = std::filesystem;

bool there(const std::string& path) { return fs::exists(prefix() + "/" + path); }

// Runs the program of a tree as a new user would.
Outcome cascade(const std::string& tree, const std::string& arguments) {
  const std::string home = scratch("home");
  return run("cd '" + home + "' && env -i HOME='" + home + "' PATH=/usr/bin:/bin '" + tree + "/bin/cascade' " +
             arguments);
}

TEST_CASE("an installation has the program, its data, both libraries, and what finds them") {
  for (const char* path :
       {"bin/cascade", "libexec/cascade/cascade-systems", "share/cascade/library/skills",
        "share/cascade/library/agents", "share/cascade/library/commands", "share/cascade/library/cascade.yaml",
        CASCADE_LIB "/libcascade.a", CASCADE_LIB "/libcascade.so", CASCADE_LIB "/pkgconfig/cascade.pc",
        CASCADE_LIB "/cmake/cascade/cascade-config.cmake", "include/cascade/workspace.h",
        "include/cascade/cascade.h"}) {
    INFO(path);
    CHECK(there(path));
  }
  CHECK(there("share/cascade/o200k.bin") == fs::exists(CASCADE_SOURCE_DIR "/share/cascade/o200k.bin"));
  CHECK(there("share/cascade/o200k.LICENSE") == there("share/cascade/o200k.bin"));
}

#ifdef NDEBUG
TEST_CASE("program and data take less than 45 MB") {
  const std::string tree = scratch("small");
  for (const char* component : {"program", "data"}) {
    const Outcome made = run("'" CMAKE_PROGRAM "' --install '" CASCADE_BUILD_DIR "' --strip --component " +
                             std::string(component) + " --prefix '" + tree + "'");
    REQUIRE(made.status == 0);
  }
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(tree))
    if (entry.is_regular_file() && !entry.is_symlink()) bytes += entry.file_size();
  CHECK(bytes > 10'000'000);
  CHECK(bytes < 45'000'000);
}
#endif

TEST_CASE("a new user's doctor finds nothing wrong with the library that was installed, whoever owns it") {
  const auto manifests = [](const std::string& tree) {
    const Outcome checked = cascade(tree, "init >/dev/null; '" + tree + "/bin/cascade' doctor --format json");
    const std::size_t begin = checked.output.find("\"name\": \"manifests\"");
    return checked.output.substr(std::min(begin, checked.output.size()), 160);
  };
  INFO(manifests(prefix()));
  CHECK(manifests(prefix()).find("finding") == std::string::npos);
  CHECK(manifests(prefix()).find("\"good\"") != std::string::npos);
  if (::geteuid() != 0) return;
  const std::string theirs = scratch("theirs") + "/tree";
  fs::copy(prefix(), theirs, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  REQUIRE(run("chown -R 65534 '" + theirs + "'").status == 0);
  INFO(manifests(theirs));
  CHECK(manifests(theirs).find("finding") == std::string::npos);
}

TEST_CASE("nothing that is installed names the source, the build or the prefix") {
  const std::string tree = scratch("named");
  const Outcome found = run("'" CMAKE_PROGRAM "' --install '" CASCADE_BUILD_DIR "' --prefix '" + tree +
                            "' >/dev/null && grep -rlF -e '" CASCADE_SOURCE_DIR "' -e '" + tree + "' '" + tree + "'");
  CHECK(found.output == "");
}

TEST_CASE("a component installs its own files only") {
  const auto installed = [](const std::string& component) {
    const std::string tree = scratch("component");
    const Outcome made = run("'" CMAKE_PROGRAM "' --install '" CASCADE_BUILD_DIR "' --component " + component +
                             " --prefix '" + tree + "'");
    REQUIRE(made.status == 0);
    std::vector<std::string> top;
    for (const auto& entry : fs::directory_iterator(tree)) top.push_back(entry.path().filename().string());
    std::sort(top.begin(), top.end());
    return joined(top) + (fs::exists(tree + "/" CASCADE_LIB "/libcascade.a") ? "archive\n" : "");
  };
  CHECK(installed("data") == "share\n");
  CHECK(installed("shared") == "lib\n");
  CHECK(installed("development") == "include\nlib\narchive\n");
}

TEST_CASE("the installed program finds its library and its token table, wherever the tree is moved") {
  const std::string moved = scratch("moved") + "/tree";
  fs::copy(prefix(), moved, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  const Outcome listed = cascade(moved, "list --kind skill --scope builtin --format json");
  INFO(listed.output);
  CHECK(listed.status == 0);
  CHECK(listed.output.find("\"id\": \"skill:") != std::string::npos);
  const Outcome version = cascade(moved, "--version");
  const bool exact = fs::exists(moved + "/share/cascade/o200k.bin");
  CHECK(version.output.find(exact ? "vocabulary o200k-" : "vocabulary estimate/") != std::string::npos);
}

}  // namespace
}  // namespace cascade::package
