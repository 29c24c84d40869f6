// How a client lists skills in every request, unasked: each dialect has its own way (Dialect::list).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::client {

struct ListedSkill {
  std::string name, description;  // from its front matter, else the folder's name and the first paragraph
  bool has_front_matter = true, has_name = true, has_description = true;
  bool is_strict = true;             // it is YAML that even a strict reader accepts
  bool description_ends_it = false;  // nothing follows the description in the front matter, not even an empty line
  bool manual = false;               // its front matter hides it from the model
  bool of_user = false;              // it is in the user's folders, not the project's
  std::uint32_t place = 0;           // the index of its folder among those the client reads, in the dialect's order
  std::string path;                  // of the SKILL.md, absolute
  std::string inner;                 // the same, relative to its folder of skills: "review/SKILL.md"
  std::string line{};                // its line in the request, with line end; empty: it is not listed
  bool described = false;            // listed with the whole description
};

// Removes the skills that the client does not list, sorts the rest in its order and fills in the lines. `window`: the
// model's, in tokens; 0: unknown.
using ListSkills = void (*)(std::vector<ListedSkill>& skills, std::uint32_t window);

// The format of OpenCode and Gemini CLI for a skill; nothing is cut.
std::string skill_element(const ListedSkill& skill);

// Whether its folder is directly in the folder of skills.
bool is_direct(const ListedSkill& skill) noexcept;

// Keeps the first of several skills with the same name, in the same order.
void keep_first_of_a_name(std::vector<ListedSkill>& skills);

// Orders names like JavaScript's localeCompare: blanks and signs, digits, letters regardless of case; between equals,
// lower case comes first. A Latin letter with a mark sorts with the plain letter; all other characters outside ASCII
// come after the letters, by code point, which is not always the client's order. Negative, 0 or positive.
int compare_names(std::string_view a, std::string_view b) noexcept;

}  // namespace cascade::client
