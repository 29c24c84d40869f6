// What a client shows of skills in every request, unasked: each dialect has its own way (Dialect::list).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::client {

struct ListedSkill {
  std::string_view name, description;
  std::string path;        // of the SKILL.md, absolute
  std::string line;        // as it stands in the request, with its line end; empty: the skill is not named
  bool described = false;  // with the whole description
};

// Fills the lines of all skills, which stand in the order of their names. `window`: of the model, in tokens; 0:
// unknown.
using ListSkills = void (*)(std::vector<ListedSkill>& skills, std::uint32_t window);

// As OpenCode and Gemini CLI write a skill; nothing is cut.
std::string skill_element(const ListedSkill& skill);

}  // namespace cascade::client
