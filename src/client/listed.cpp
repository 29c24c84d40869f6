#include "client/listed.h"

namespace cascade::client {

std::string skill_element(const ListedSkill& skill) {
  return "  <skill>\n    <name>" + std::string(skill.name) + "</name>\n    <description>" +
         std::string(skill.description) + "</description>\n    <location>" + skill.path + "</location>\n  </skill>\n";
}

}  // namespace cascade::client
