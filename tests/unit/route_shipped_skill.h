// A skill of the shipped library as a line of library_of (route_text.h).
#pragma once

#include <catch2/catch.hpp>

#include <fstream>
#include <string>

#include "source_folder.h"

namespace cascade::test {

// A line of library_of for a skill that lessons cover. `triggers`: with those of its manifest.
inline std::string shipped_skill(const std::string& name, bool triggers = false) {
  std::ifstream in(test::source_folder() + "/skills/" + name + "/SKILL.md");
  const std::string mark = "description: ", of_triggers = "  cascade-triggers: ";
  std::string description;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind(mark, 0) == 0) description = line.substr(mark.size());
    const bool ends = triggers ? line.rfind(of_triggers, 0) == 0 : !description.empty();
    if (ends)
      return "skill:" + name + " | " + description + " | " + (triggers ? line.substr(of_triggers.size()) : "") + "\n";
  }
  FAIL("no skill " << name);
  return {};
}

}  // namespace cascade::test
