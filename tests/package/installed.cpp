#include "package/installed.h"

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace cascade::package {
namespace fs = std::filesystem;

Outcome run(const std::string& command) {
  Outcome outcome;
  FILE* pipe = popen(("{ " + command + "\n} 2>&1 </dev/null").c_str(), "r");
  if (pipe == nullptr) return {-1, "no shell"};
  char buffer[4096];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) outcome.output.append(buffer, n);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

bool has(const std::string& program) { return run("command -v " + program).status == 0; }

std::string scratch(const std::string& name) {
  const fs::path folder = fs::path(CASCADE_BUILD_DIR) / "tests" / "package-trees" / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder.string();
}

const std::string& prefix() {
  static const std::string folder = [] {
    const std::string made = scratch("installed");
    const Outcome installed = run("'" CMAKE_PROGRAM "' --install '" CASCADE_BUILD_DIR "' --prefix '" + made + "'");
    INFO(installed.output);
    REQUIRE(installed.status == 0);
    return made;
  }();
  return folder;
}

void write_text(const std::string& path, std::string_view text) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace cascade::package
