#include "client/listed.h"

#include <algorithm>
#include <set>

namespace cascade::client {

std::string skill_element(const ListedSkill& skill) {
  return "  <skill>\n    <name>" + skill.name + "</name>\n    <description>" + skill.description +
         "</description>\n    <location>" + skill.path + "</location>\n  </skill>\n";
}

bool is_direct(const ListedSkill& skill) noexcept {
  return std::count(skill.inner.begin(), skill.inner.end(), '/') <= 1;
}

void keep_first_of_a_name(std::vector<ListedSkill>& skills) {
  std::set<std::string> names;
  skills.erase(std::remove_if(skills.begin(), skills.end(),
                              [&](const ListedSkill& skill) { return !names.insert(skill.name).second; }),
               skills.end());
}

}  // namespace cascade::client
