// A behaviour of the program as text: files, a command, what it prints and how it ends. tests/cli/README.md has the
// format.
#pragma once

#include <string>
#include <vector>

namespace cascade::test {

struct ScenarioFile {
  std::string path, text;
};

// One RUN with what is expected of it. Texts hold whole lines; a last line without a line feed is kept as such.
struct ScenarioRun {
  std::string command, out, err;
  int exit = 0;
};

struct Scenario {
  std::vector<std::string> comments;  // lines above the first keyword
  std::vector<std::string> trees;     // names of *.tree files whose FILEs come first
  std::vector<ScenarioFile> files;
  std::vector<ScenarioRun> runs;
  std::string fault;  // not empty: the text is no scenario
};

Scenario parse_scenario(const std::string& text);
std::string write_scenario(const Scenario& scenario);

// The FILEs of a *.tree file; `fault` as in a scenario.
struct Tree {
  std::vector<ScenarioFile> files;
  std::string fault;
};
Tree parse_tree(const std::string& text);

// Runs every command in a fresh folder, as a shell would, with HOME, XDG_CACHE_HOME and XDG_STATE_HOME inside it and
// the token estimate. `$DIR` stands for the folder in what is printed. Trees are read from `trees`/<name>.tree. Returns
// the scenario with what really happened.
Scenario run_scenario(const Scenario& scenario, const std::string& trees, const std::string& binary);

}  // namespace cascade::test
