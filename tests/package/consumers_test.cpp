// Programs of others, built against the installed tree: by find_package and by pkg-config, shared and static; and by
// add_subdirectory against the sources.
#include <catch2/catch.hpp>
#include <filesystem>

#include "package/installed.h"

namespace cascade::package {
namespace {

namespace fs = std::filesystem;

const std::string prompt = "the login test fails one time in ten";
const std::string budget = "900";

std::string library() { return prefix() + "/share/cascade/library"; }

std::string quoted(const std::string& text) { return "'" + text + "'"; }

std::string said_by_program(const std::string& options) {
  const Outcome said =
      run("HOME=/nonexistent CASCADE_CACHE= " + quoted(prefix() + "/bin/cascade") + " bundle --quiet --root " +
          quoted(library()) + " --budget " + budget + options + " --prompt " + quoted(prompt));
  REQUIRE(said.status == 0);
  REQUIRE(said.output.size() > 500);
  return said.output;
}

// What the installed program itself says: what an example is to print.
const std::string& expected() {
  static const std::string text = said_by_program("");
  return text;
}

// The C++ example goes the steps itself and does not fill the room that is left, as the program does not where a depth
// is asked for.
const std::string& expected_at_depth() {
  static const std::string text = said_by_program(" --depth 0");
  return text;
}

std::string arguments() { return " " + quoted(library()) + " " + budget + " " + quoted(prompt) + " 2>/dev/null"; }

// Configures and builds examples/ into a folder of the prefix; the programs are to find the data beside them.
std::string built_examples(const std::string& kind) {
  const std::string tree = prefix() + "/examples-" + kind;
  fs::remove_all(tree);
  const Outcome built = run("'" CMAKE_PROGRAM "' -S '" CASCADE_SOURCE_DIR "/examples' -B " + quoted(tree) +
                            " -G Ninja -DCMAKE_PREFIX_PATH=" + quoted(prefix()) + " -DBUILD_SHARED_LIBS=" +
                            (kind == "shared" ? "ON" : "OFF") + " && '" CMAKE_PROGRAM "' --build " + quoted(tree));
  INFO(built.output);
  REQUIRE(built.status == 0);
  return tree;
}

bool loads_shared_library(const std::string& program) {
  return run("ldd " + quoted(program)).output.find("libcascade.so") != std::string::npos;
}

TEST_CASE("the C++ and the C example link by find_package, shared and static, and print what the program prints") {
  for (const std::string kind : {"shared", "static"}) {
    const std::string tree = built_examples(kind);
    for (const std::string name : {"/bundle_cpp", "/bundle_c"}) {
      INFO(kind << name);
      CHECK(loads_shared_library(tree + name) == (kind == "shared"));
      CHECK(run(quoted(tree + name) + arguments()).output ==
            (name == "/bundle_cpp" ? expected_at_depth() : expected()));
    }
  }
}

TEST_CASE("the C example links by pkg-config, shared and static") {
  if (!has("pkg-config")) {
    WARN("skipped: there is no pkg-config");
    return;
  }
  const std::string config =
      "PKG_CONFIG_PATH=" + quoted(prefix() + "/" CASCADE_LIB "/pkgconfig") + " pkg-config cascade ";
  const std::string source = quoted(CASCADE_SOURCE_DIR "/examples/bundle.c");
  const std::string shared = prefix() + "/bin/example-shared", fixed = prefix() + "/bin/example-static";
  const Outcome built = run("cc -std=c99 " + source + " $(" + config + "--cflags --libs) -Wl,-rpath," +
                            quoted(prefix() + "/" CASCADE_LIB) + " -o " + quoted(shared) + " && cc -std=c99 -static " +
                            source + " $(" + config + "--static --cflags --libs) -o " + quoted(fixed));
  INFO(built.output);
  REQUIRE(built.status == 0);
  CHECK(loads_shared_library(shared));
  CHECK_FALSE(loads_shared_library(fixed));
  CHECK(run(quoted(shared) + arguments()).output == expected());
  CHECK(run(quoted(fixed) + arguments()).output == expected());
}

TEST_CASE("the Python example loads the shared library") {
  if (!has("python3")) {
    WARN("skipped: there is no python3");
    return;
  }
  CHECK(run("CASCADE_LIBRARY=" + quoted(prefix() + "/" CASCADE_LIB "/libcascade.so") +
            " python3 '" CASCADE_SOURCE_DIR "/examples/bundle.py'" + arguments())
            .output == expected());
}

TEST_CASE("the Node example reads the program's JSON") {
  if (!has("node")) {
    WARN("skipped: there is no node");
    return;
  }
  CHECK(run("HOME=/nonexistent CASCADE_CACHE= PATH=" + quoted(prefix() + "/bin") +
            ":\"$PATH\" node '" CASCADE_SOURCE_DIR "/examples/bundle.mjs'" + arguments())
            .output == expected());
}

TEST_CASE("an unknown component is said to be missing, and no component takes what there is") {
  const std::string tree = scratch("missing");
  write_text(
      tree + "/CMakeLists.txt",
      "cmake_minimum_required(VERSION 3.16)\nproject(p LANGUAGES CXX)\nfind_package(cascade 0.2 CONFIG COMPONENTS "
      "framework)\nmessage(STATUS \"found: ${cascade_FOUND}\")\n");
  const Outcome outcome = run("'" CMAKE_PROGRAM "' -S " + quoted(tree) + " -B " + quoted(tree + "/build") +
                              " -G Ninja -DCMAKE_PREFIX_PATH=" + quoted(prefix()));
  INFO(outcome.output);
  CHECK(outcome.status == 0);
  CHECK(outcome.output.find("it is not installed as: framework") != std::string::npos);
}

// Configures only (building the sources once more would take minutes): what a project that brings them along gets.
Outcome configured_with(const std::string& tree, const std::string& bring) {
  write_text(tree + "/main.cpp", "#include <cascade/workspace.h>\nint main() { return 0; }\n");
  write_text(tree + "/CMakeLists.txt",
             "cmake_minimum_required(VERSION 3.25)\nproject(host LANGUAGES CXX)\nset(CMAKE_CXX_STANDARD 17)\n" + bring +
                 "\nadd_executable(host main.cpp)\ntarget_link_libraries(host PRIVATE cascade::cascade)\n"
                 "message(STATUS \"standard ${CMAKE_CXX_STANDARD}\")\n");
  const std::string build = quoted(tree + "/build");
  return run("'" CMAKE_PROGRAM "' -S " + quoted(tree) + " -B " + build +
             " -G Ninja -DCMAKE_BUILD_TYPE=Release && ninja -C " + build + " -t inputs all && ninja -C " + build +
             " -t commands host");
}

TEST_CASE("from the sources there is the library, and neither tests nor programs nor rules of installation") {
  const std::string tree = scratch("subdirectory");
  for (const std::string bring : {"add_subdirectory(\"" CASCADE_SOURCE_DIR "\" cascade)",
                                  "include(FetchContent)\nFetchContent_Declare(cascade SOURCE_DIR \"" CASCADE_SOURCE_DIR
                                  "\")\nFetchContent_MakeAvailable(cascade)"}) {
    INFO(bring);
    fs::remove_all(tree + "/build");
    const Outcome made = configured_with(tree, bring);
    REQUIRE(made.status == 0);
    for (const char* ours : {"unit_", "cli/main.cpp", "libcascade.so", "-Werror", "cascade-vocabulary"}) {
      INFO(ours);
      CHECK(made.output.find(ours) == std::string::npos);
    }
    // The host's own file and program are made as the host wants them.
    CHECK(made.output.find("standard 17") != std::string::npos);
    int seen = 0;
    for (const std::string& line : lines_of(made.output)) {
      const bool compiled = line.find("-c " + tree + "/main.cpp") != std::string::npos;
      const bool linked = line.find(" -o host ") != std::string::npos;
      if (!compiled && !linked) continue;
      ++seen;
      for (const char* flag : {"c++20", "-Wall", "visibility", "gc-sections", "function-sections"})
        CHECK(line.find(flag) == std::string::npos);
    }
    CHECK(seen == 2);
    CHECK(run("find " + quoted(tree + "/build") + " -name 'cascade-config*.cmake'").output == "");
  }
}

}  // namespace
}  // namespace cascade::package
