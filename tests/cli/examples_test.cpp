// The examples of docs/cli run: whatever they answer, none is a misuse of the program or names what is not there.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/scenario.h"

namespace cascade::test {
namespace {

namespace fs = std::filesystem;

// The commands of a page's code blocks, without the remark behind three blanks and what they are piped into.
std::vector<std::string> examples(const fs::path& page) {
  std::vector<std::string> found;
  std::ifstream in(page);
  bool code = false;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("```", 0) == 0) code = !code;
    const std::size_t begin = line.find("cascade ");
    if (!code || begin == std::string::npos || line.rfind("#", 0) == 0) continue;
    line.erase(0, begin);
    for (const char* const end : {"   ", " | ", " > ", " < "}) line.resize(std::min(line.size(), line.find(end)));
    found.push_back(line);
  }
  return found;
}

}  // namespace

TEST_CASE("no example of the pages is a misuse") {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(CASCADE_SOURCE_DIR "/docs/cli")) {
    if (entry.path().extension() != ".md") continue;
    for (const std::string& example : examples(entry.path())) {
      INFO(entry.path().filename().string() << ": " << example);
      Scenario scenario;
      scenario.trees = {"review"};
      scenario.runs.push_back({example + " > /dev/null", {}, {}, 0});
      const ScenarioRun run = run_scenario(scenario, CASCADE_SOURCE_DIR "/tests/cli", CASCADE_BINARY).runs.front();
      INFO(run.err);
      CHECK((run.exit == 0 || run.exit == 1 || run.exit == 3));
      const bool shipped =
          run.err.find("there are no manifests") == std::string::npos;  // built elsewhere: none is found
      CHECK((!shipped || run.err.find("there is no '") == std::string::npos));
      ++count;
    }
  }
  CHECK(count > 30);
}

}  // namespace cascade::test
