// Every agent of the shipped library can be reached: a skill calls it, or prompts teach the router what it is for.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "library/library_tree.h"

namespace cascade::library {
namespace {

// The names behind "== agent:" in the files of prompts.
std::set<std::string> agents_taught() {
  const std::string mark = "== agent:";
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(CASCADE_SOURCE_DIR "/prompts"))
    if (entry.path().extension() == ".prompts")
      for (const std::string& line : lines_of(read_text("prompts/" + entry.path().filename().string())))
        if (line.rfind(mark, 0) == 0) names.insert(line.substr(mark.size()));
  return names;
}

}  // namespace

TEST_CASE("every shipped agent is called by a skill or taught by prompts") {
  std::set<std::string> reached = agents_taught();
  CHECK(reached.size() >= 43);
  for (const Manifest& manifest : manifests())
    if (manifest.layer == "skill") reached.insert(manifest.references.begin(), manifest.references.end());
  std::vector<std::string> left;
  for (const Manifest& manifest : manifests())
    if (manifest.layer == "agent" && reached.count(manifest.name) == 0) left.push_back(manifest.name);
  CHECK(listed(left) == "");
}

// Another file to keep and another context to pay for want a reason. Three can be seen in the manifests; agents.tsv has
// the rest, and no row that is not needed.
TEST_CASE("every shipped agent has a reason to be one") {
  std::map<std::string, int> callers;
  for (const Manifest& manifest : manifests())
    if (manifest.layer == "skill")
      for (const std::string& name : manifest.references) ++callers[name];
  std::map<std::string, std::string> written;
  std::vector<std::string> faults;
  const std::string known = " isolation rights reading independence work ";
  for (const std::string& line : lines_of(read_text("tests/library/agents.tsv"))) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t'), second = line.find('\t', tab + 1);
    if (tab == std::string::npos || second == std::string::npos || second + 1 == line.size() ||
        known.find(" " + line.substr(tab + 1, second - tab - 1) + " ") == std::string::npos)
      faults.push_back("agents.tsv: " + line);
    written[line.substr(0, tab)] = line;
  }
  for (const Manifest& manifest : manifests()) {
    if (manifest.layer != "agent") continue;
    const std::string text = read_text(manifest.path), granted = text.substr(text.find("\ntools: ") + 1);
    const std::string tools = granted.substr(0, granted.find('\n'));
    const bool narrow = tools.find("Edit") == std::string::npos && tools.find("Write") == std::string::npos;
    const bool other_model = text.find("cascade-tier: standard") == std::string::npos;
    const bool shown = callers[manifest.name] > 1 || narrow || other_model;
    if (shown == (written.erase(manifest.name) > 0))
      faults.push_back(manifest.name + (shown ? ": has a reason already" : ": no reason"));
  }
  for (const auto& [name, line] : written) faults.push_back("agents.tsv: no agent " + name);
  CHECK(listed(faults) == "");
}

TEST_CASE("a search among agents finds the one whose words are said, though a skill would have answered better") {
  const Answer answer = answer_of("CASCADE_CACHE= '" CASCADE_BINARY "' --root . search --kind agent memory leak");
  CHECK(answer.out.find("agent:leak-hunter") != std::string::npos);
}

}  // namespace cascade::library
