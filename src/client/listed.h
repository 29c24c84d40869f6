// What a client shows of skills in every request, unasked: each dialect has its own way (Dialect::list).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::client {

struct ListedSkill {
  std::string name, description;  // as its front matter has them, else the folder's name and the first paragraph
  bool has_front_matter = true, has_name = true, has_description = true;
  bool is_strict = true;             // and that is YAML, without anything that a strict reader refuses
  bool description_ends_it = false;  // nothing follows the description in the front matter, no empty line either
  bool manual = false;               // its front matter keeps it from the model
  bool of_user = false;              // it lies in the user's folders, not the project's
  std::uint32_t place = 0;  // which of the folders that the client reads it lies in, as the dialect orders them
  std::string path;         // of the SKILL.md, absolute
  std::string inner;        // the same below its folder of skills: "review/SKILL.md"
  std::string line{};       // as it stands in the request, with its line end; empty: the skill is not named
  bool described = false;   // with the whole description
};

// Leaves out what the client does not list, puts the rest in its order and fills the lines. `window`: of the model, in
// tokens; 0: unknown.
using ListSkills = void (*)(std::vector<ListedSkill>& skills, std::uint32_t window);

// As OpenCode and Gemini CLI write a skill; nothing is cut.
std::string skill_element(const ListedSkill& skill);

// Whether its folder lies right in the folder of skills.
bool is_direct(const ListedSkill& skill) noexcept;

// Of skills with one name the first stays. Order is kept.
void keep_first_of_a_name(std::vector<ListedSkill>& skills);

}  // namespace cascade::client
