// Every agent of the shipped library can be reached: a skill calls it, or prompts teach the router what it is for.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
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

TEST_CASE("a search among agents finds the one whose words are said, though a skill would have answered better") {
  const Answer answer = answer_of("CASCADE_CACHE= '" CASCADE_BINARY "' --root . search --kind agent memory leak");
  CHECK(answer.out.find("agent:leak-hunter") != std::string::npos);
}

}  // namespace cascade::library
