// A skill of the shipped library as a line of library_of (route_text.h).
#pragma once

#include <catch2/catch.hpp>

#include <fstream>
#include <string>

namespace cascade::test {

// A line of library_of for a skill that lessons cover.
inline std::string shipped_skill(const std::string& name) {
  std::ifstream in(std::string(CASCADE_SOURCE_DIR "/skills/") + name + "/SKILL.md");
  const std::string mark = "description: ";
  for (std::string line; std::getline(in, line);)
    if (line.rfind(mark, 0) == 0) return "skill:" + name + " | " + line.substr(mark.size()) + " |\n";
  FAIL("no skill " << name);
  return {};
}

}  // namespace cascade::test
