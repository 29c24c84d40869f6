// Whoever includes a public header needs nothing but C++17 and that header.
#include <catch2/catch.hpp>
#include <filesystem>

#include "package/installed.h"

namespace cascade::package {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> installed_headers() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(prefix() + "/include/cascade"))
    names.push_back(entry.path().filename().string());
  return names;
}

// One source a header, which includes it twice; all of them compiled by one call.
Outcome compiled(const std::string& compiler, const std::string& ending, const std::vector<std::string>& headers) {
  const std::string folder = scratch("headers");
  for (const std::string& header : headers)
    write_text(folder + "/" + header + ending,
               "#include <cascade/" + header + ">\n#include <cascade/" + header + ">\n");
  return run("cd '" + folder + "' && " + compiler + " -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I '" + prefix() +
             "/include' *" + ending);
}

TEST_CASE("each installed header compiles alone as C++17, with g++ and with clang++") {
  const std::vector<std::string> headers = installed_headers();
  REQUIRE(headers.size() > 10);
  for (const char* compiler : {"g++", "clang++"}) {
    if (!has(compiler)) {
      WARN("skipped: there is no " << compiler);
      continue;
    }
    const Outcome outcome = compiled(std::string(compiler) + " -std=c++17", ".cpp", headers);
    INFO(compiler << ": " << outcome.output);
    CHECK(outcome.status == 0);
  }
}

TEST_CASE("the header of the C interface is C99") {
  for (const char* compiler : {"gcc", "clang"}) {
    if (!has(compiler)) continue;
    const Outcome outcome =
        compiled(std::string(compiler) + " -std=c99 -pedantic-errors -Wstrict-prototypes", ".c", {"cascade.h"});
    INFO(compiler << ": " << outcome.output);
    CHECK(outcome.status == 0);
  }
}

TEST_CASE("a header that needs more than it says does not compile") {
  const std::string broken = prefix() + "/include/cascade/broken.h";
  write_text(broken, "std::string needs_string();\n");
  CHECK(compiled("g++ -std=c++17", ".cpp", {"broken.h"}).status != 0);
  fs::remove(broken);
}

}  // namespace
}  // namespace cascade::package
