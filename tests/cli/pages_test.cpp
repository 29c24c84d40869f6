// What the pages show is what the program prints today, on the library in this repository.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "accepting.h"
#include "cli/scenario.h"

namespace cascade::test {
namespace {

const std::string prompt = "$ cascade ";
const std::string the_rest = "…";  // stands for all that follows

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// What the reader of the page sees: standard output, or standard error where the output goes into a file.
std::vector<std::string> shown_by(const std::string& words) {
  Scenario scenario;
  scenario.runs.push_back({"CASCADE_VOCABULARY='" CASCADE_SOURCE_DIR
                           "/share/cascade/o200k.bin' cascade --root '" CASCADE_SOURCE_DIR "' " +
                               words,
                           {},
                           {},
                           0});
  const ScenarioRun run = run_scenario(scenario, CASCADE_SOURCE_DIR "/tests/cli", CASCADE_BINARY).runs.front();
  const bool into_file = words.find(" >") != std::string::npos;
  std::vector<std::string> lines;
  std::istringstream in(into_file ? run.err : run.out);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The page with each command's output as it is now; a "…" stays where it is.
std::vector<std::string> as_it_is(const std::vector<std::string>& page) {
  std::vector<std::string> now;
  for (std::size_t i = 0; i < page.size();) {
    now.push_back(page[i]);
    if (page[i++].rfind(prompt, 0) != 0) continue;
    const std::size_t first = i;
    while (i < page.size() && page[i].rfind("$ ", 0) != 0 && page[i].rfind("```", 0) != 0) ++i;
    std::vector<std::string> shown = shown_by(page[first - 1].substr(prompt.size()));
    if (i > first && page[i - 1] == the_rest && shown.size() >= i - first) {
      shown.resize(i - first - 1);
      shown.push_back(the_rest);
    }
    now.insert(now.end(), shown.begin(), shown.end());
  }
  return now;
}

}  // namespace

TEST_CASE("the console blocks of the pages show what the program prints") {
  if (!std::filesystem::exists(CASCADE_SOURCE_DIR "/share/cascade/o200k.bin")) {
    WARN("skipped: the page shows exact counts, and there is no token table (scripts/vocabulary)");
    return;
  }
  const std::string path = std::string(CASCADE_SOURCE_DIR "/") + GENERATE("README.md", "docs/routing.md");
  const std::vector<std::string> page = lines_of(path), now = as_it_is(page);
  if (cascade::test::is_accepting() && now != page) {
    std::ofstream out(path);
    for (const std::string& line : now) out << line << '\n';
    return;
  }
  INFO("CASCADE_TEST_ACCEPT=1 build/release/tests/cli writes it anew: " << path);
  REQUIRE(now.size() == page.size());
  for (std::size_t i = 0; i < page.size(); ++i) CHECK(page[i] == now[i]);
}

}  // namespace cascade::test
