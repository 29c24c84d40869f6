// What each client lists of skills, held against requests of the real ones (versions as in the dialects): 20 to 660
// skills in .agents/skills, each with a description of 195 characters.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "client/dialect.h"

using namespace cascade;
using client::ListedSkill;

namespace {

struct Skills {
  std::vector<std::string> names, descriptions;
  std::vector<ListedSkill> listed;

  Skills(const char* client, int count) {
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(1000 + i).substr(1);
      names.push_back("skill-" + number);
      const std::string part =
          "Does thing " + number + " well. Use when the thing is asked for and nothing else would do it; ";
      descriptions.push_back((part + part + part + part).substr(0, 195));
    }
    for (int i = 0; i < count; ++i)
      listed.push_back({names[i], descriptions[i], "/p/.agents/skills/" + names[i] + "/SKILL.md", {}, false});
    client::find_dialect(client)->list(listed, 0);
  }
  long named() const {
    return std::count_if(listed.begin(), listed.end(), [](const ListedSkill& skill) { return !skill.line.empty(); });
  }
  long described() const {
    return std::count_if(listed.begin(), listed.end(), [](const ListedSkill& skill) { return skill.described; });
  }
  std::size_t bytes() const {
    std::size_t bytes = 0;
    for (const ListedSkill& skill : listed) bytes += skill.line.size();
    return bytes;
  }
};

// Within one per cent of what the request held.
void check_bytes(const Skills& skills, double measured) {
  CHECK(static_cast<double>(skills.bytes()) > 0.99 * measured);
  CHECK(static_cast<double>(skills.bytes()) < 1.01 * measured);
}

}  // namespace

TEST_CASE("Codex 0.169.0: whole, then cut at one length, then names, then fewer names") {
  CHECK(Skills("codex", 60).described() == 60);
  check_bytes(Skills("codex", 60), 14340);
  for (const int count : {110, 200}) {
    INFO(count);
    CHECK(Skills("codex", count).named() == count);
    CHECK(Skills("codex", count).described() == 0);
  }
  check_bytes(Skills("codex", 110), 21012);
  check_bytes(Skills("codex", 200), 21308);
  const Skills many("codex", 660);
  CHECK(many.named() == 490);
  CHECK(many.listed[1].line == "- skill-001: (file: r1/skill-001/SKILL.md)\n");
  check_bytes(many, 21070);
}

TEST_CASE("Copilot CLI 1.0.102: fifty whole, 450 names, the rest counted") {
  const Skills many("copilot", 660);
  CHECK(many.described() == 50);
  CHECK(many.named() == 500);
  check_bytes(many, 14'900 + 4'994);
  CHECK(Skills("copilot", 20).described() == 20);
}

TEST_CASE("Gemini CLI 0.61.0 and OpenCode 1.18.33 list everything") {
  for (const char* client : {"gemini", "opencode"}) {
    INFO(client);
    CHECK(Skills(client, 660).described() == 660);
  }
  CHECK(Skills("opencode", 1).listed[0].line.find("    <location>/p/.agents/skills/skill-000/SKILL.md</location>\n") !=
        std::string::npos);
}
