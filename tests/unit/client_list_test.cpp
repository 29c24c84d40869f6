// What each client lists of skills, held against requests of the real ones (versions as in the dialects): 20 to 660
// skills in .agents/skills, each with a description of 195 characters.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "client/dialect.h"
#include "unicode/utf8.h"

using namespace cascade;
using client::ListedSkill;

namespace {

ListedSkill skill(const std::string& name, const std::string& description) {
  ListedSkill skill;
  skill.name = name;
  skill.description = description;
  skill.inner = name + "/SKILL.md";
  skill.path = "/p/.agents/skills/" + skill.inner;
  return skill;
}

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
    for (int i = 0; i < count; ++i) listed.push_back(skill(names[i], descriptions[i]));
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

TEST_CASE("what is left over goes to the descriptions a character at a time, and a line ends where a token does") {
  std::vector<ListedSkill> two = {skill("a", "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"),
                                  skill("b", std::string(40, 'x'))};
  client::find_dialect("codex")->list(two, 50 * 76);  // 76 tokens, of which the names take 64
  CHECK(unicode::is_valid(two[0].line));
  CHECK(two[0].line.size() % 4 == 0);
  CHECK(two[1].line.size() % 4 == 0);
}

TEST_CASE("each client takes the skills that it can read, and of one name its own choice") {
  const auto names = [](const char* client, std::vector<ListedSkill> skills) {
    client::find_dialect(client)->list(skills, 0);
    std::string out;
    for (const ListedSkill& one : skills) out += one.name + "(" + one.description + ") ";
    return out;
  };
  ListedSkill silent = skill("silent", "its body"), manual = skill("manual", "by hand"),
              loose = skill("loose", "no: yaml"), deep = skill("deep", "lies deeper"), odd = skill("o:d<d", "odd"),
              theirs = skill("same", "the user's"), ours = skill("same", "the project's");
  silent.has_description = false;
  manual.manual = true;
  loose.is_strict = false;
  deep.inner = "group/deep/SKILL.md";
  theirs.of_user = true;
  theirs.path = "/h/.agents/skills/same/SKILL.md";
  const std::vector<ListedSkill> all = {silent, manual, loose, deep, odd, theirs, ours};
  CHECK(names("codex", all) ==
        "deep(lies deeper) loose(no: yaml) manual(by hand) o:d<d(odd) same(the project's) same(the user's) ");
  CHECK(names("gemini", all) == "same(the project's) o-d-d(odd) manual(by hand) loose(no: yaml) ");
  CHECK(names("copilot", all) == "deep(lies deeper) same(the project's) silent(its body) ");
  CHECK(names("opencode", all) == "deep(lies deeper) loose(no: yaml) manual(by hand) o:d<d(odd) same(the project's) ");
}

TEST_CASE("names stand as localeCompare has them, letters with marks beside the plain ones") {
  std::vector<std::string> names = {
      "\xC3\xBC"
      "b",
      "Z",
      "ub",
      "uc",
      "UA",
      "a10",
      "a-b",
      "\xE5\x90\x8D",
      "A-b",
      "a_b",
      "a9"};
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return client::compare_names(a, b) < 0; });
  CHECK(names == std::vector<std::string>{"a_b", "a-b", "A-b", "a10", "a9", "UA", "ub",
                                          "\xC3\xBC"
                                          "b",
                                          "uc", "Z", "\xE5\x90\x8D"});
}
