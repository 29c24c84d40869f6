// `skills` and `profiles` of cascade.yaml: which line decides, in one file and over several.
#include "policy/skill_switches.h"

#include <catch2/catch.hpp>

#include <optional>
#include <string>

#include "memory_tree.h"
#include "syntax/yaml.h"

namespace cascade {
namespace {

using Files = std::map<std::string, std::string>;

std::string use_of(const Files& files, const client::Subject& subject, const std::string& profile = {},
                   std::string_view root = "/w/p/.claude") {
  files::MemoryTree tree;
  for (const auto& [path, text] : files) tree.write(path, text);
  const policy::SkillSwitches switches =
      policy::read_skill_switches(tree, {"/home/u/.config/cascade/cascade.yaml", "/w/p/src", "/home/u", profile});
  const policy::SkillSwitch* line = policy::find_switch(switches, subject, root);
  return line == nullptr ? "-" : std::string(to_string(line->use));
}

const client::Subject deploy{Kind::skill, "deploy-lab", "", "/w/p/.claude/skills/deploy-lab/SKILL.md"};
const client::Subject pilot{Kind::agent, "pilot", "", "/w/p/.claude/agents/pilot.md"};
const client::Subject packed{Kind::skill, "acme:pack", "acme", "/x/acme/skills/pack/SKILL.md"};
constexpr const char *users = "/home/u/.config/cascade/cascade.yaml", *project = "/w/p/cascade.yaml",
                     *local = "/w/p/cascade.local.yaml";

TEST_CASE("a line names one manifest, a pattern, a kind, a plugin or a root", "[switches]") {
  CHECK(use_of({{users, "skills: { deploy-lab: off }\n"}}, deploy) == "off");
  CHECK(use_of({{users, "skills:\n  deploy-lab: name\n"}}, deploy) == "name");
  CHECK(use_of({{users, "skills: { \"deploy-*\": offer }\n"}}, deploy) == "offer");
  CHECK(use_of({{users, "skills: { \"agent:*\": off }\n"}}, pilot) == "off");
  CHECK(use_of({{users, "skills: { \"agent:*\": off }\n"}}, deploy) == "-");
  CHECK(use_of({{users, "skills: { \"skill:pilot\": off }\n"}}, pilot) == "-");
  CHECK(use_of({{users, "skills: { \"plugin:acme\": off }\n"}}, packed) == "off");
  CHECK(use_of({{users, "skills: { \"plugin:acme\": off }\n"}}, deploy) == "-");
  CHECK(use_of({{users, "skills: { \"acme:pack\": off }\n"}}, packed) == "off");
  CHECK(use_of({{users, "skills: { pack: off }\n"}}, packed) == "off");
  CHECK(use_of({{users, "skills: { \"root:/w/p/.claude\": name }\n"}}, deploy) == "name");
  CHECK(use_of({{users, "skills: { \"root:~/.gemini\": off }\n"}}, deploy, "", "/home/u/.gemini") == "off");
}

TEST_CASE("in one file the last line decides, over files the strictest", "[switches]") {
  CHECK(use_of({{users, "skills: { \"*\": name, deploy-lab: load }\n"}}, deploy) == "load");
  CHECK(use_of({{users, "skills: { deploy-lab: load, \"*\": name }\n"}}, deploy) == "name");
  CHECK(use_of({{users, "skills: { deploy-lab: name }\n"}, {project, "skills: { deploy-lab: load }\n"}}, deploy) ==
        "name");
  CHECK(use_of({{users, "skills: { deploy-lab: load }\n"}, {project, "skills: { deploy-lab: off }\n"}}, deploy) ==
        "off");
  CHECK(use_of({{project, "skills: { deploy-lab: offer }\n"}, {local, "skills: { deploy-lab: off }\n"}}, deploy) ==
        "off");
  CHECK(use_of({{local, "skills: { deploy-lab: off }\n"}}, deploy) == "off");
}

TEST_CASE("a profile is chosen by the variable, by hand, or by the branch", "[switches]") {
  const std::string profiles =
      "skills: { deploy-lab: name }\nprofiles:\n  review: { branches: [\"review/*\"], skills: { deploy-lab: off } }\n"
      "  free: { skills: { deploy-lab: load } }\n";
  const Files base{{users, profiles}};
  CHECK(use_of(base, deploy) == "name");
  CHECK(use_of(base, deploy, "review") == "off");
  CHECK(use_of(base, deploy, "free") == "load");
  CHECK(use_of(base, deploy, "unknown") == "name");
  Files chosen = base;
  chosen["/home/u/.config/cascade/profile"] = "review\n";
  CHECK(use_of(chosen, deploy) == "off");
  CHECK(use_of(chosen, deploy, "free") == "load");
  Files branch = base;
  branch["/w/p/.git/HEAD"] = "ref: refs/heads/review/parser\n";
  CHECK(use_of(branch, deploy) == "off");
  CHECK(use_of(branch, deploy, "none") == "name");
  branch["/home/u/.config/cascade/profile"] = "none\n";
  CHECK(use_of(branch, deploy) == "name");
  CHECK(use_of(branch, deploy, "review") == "off");
  branch["/home/u/.config/cascade/profile"] = "\n";
  CHECK(use_of(branch, deploy) == "off");
  branch["/w/p/.git/HEAD"] = "ref: refs/heads/main\n";
  CHECK(use_of(branch, deploy) == "name");
  CHECK(use_of({{users, "skills: { deploy-lab: off }\n"}, {project, profiles}}, deploy, "free") == "off");
}

TEST_CASE("what is none of the four words is a fault, and the rest counts", "[switches]") {
  const auto fault = [](const char* text) {
    std::vector<policy::SkillSwitch> into;
    const auto found = policy::read_skills(syntax::parse_settings(text).root, "f", "", "", into);
    return (found ? found->message : std::string("-")) + " " + std::to_string(into.size());
  };
  CHECK(fault("a: off\nb: never\n") == "\"never\" is not a known value 1");
  CHECK(fault("[a, b]\n") == "expected names with load, offer, name or off 0");
  CHECK(fault("a: { b: off }\n") == "\"\" is not a known value 0");
  CHECK(fault("\"plugin:\": off\n") == "a name is missing 0");
  CHECK(fault("a: off\nb: name\nc: offer\nd: load\n") == "- 4");
  CHECK(policy::check_profiles(syntax::parse_settings("r: { skill: {} }\n").root)->message ==
        "unknown key \"skill\" in a profile");
  CHECK(policy::check_profiles(syntax::parse_settings("r: { branches: main }\n").root).has_value());
  CHECK_FALSE(policy::check_profiles(syntax::parse_settings("r: { branches: [main], skills: { a: off } }\n").root));
}

// Written: everything else in the file stays.
std::string edited(std::string_view text, std::string_view key, std::optional<policy::Use> use) {
  const auto made = policy::with_switch(text, key, use);
  return made ? *made : "fault: " + made.error().help;
}

TEST_CASE("a switch is written as the last line of its block", "[skills]") {
  CHECK(edited("", "x", policy::Use::off) == "skills:\n  x: off\n");
  CHECK(edited("library: off\n", "x", policy::Use::name) == "library: off\nskills:\n  x: name\n");
  CHECK(edited("skills:\n  a: off  # why\n\n# next\nbudget: 2%\n", "x", policy::Use::off) ==
        "skills:\n  a: off  # why\n\n# next\n  x: off\nbudget: 2%\n");
  CHECK(edited("skills:\n    a: off\nbudget: 2%\n", "x", policy::Use::offer) ==
        "skills:\n    a: off\n    x: offer\nbudget: 2%\n");
  CHECK(edited("skills:\n  x: name\n  a: off\n", "x", policy::Use::off) == "skills:\n  a: off\n  x: off\n");
  CHECK(edited("skills: {}\n", "x", policy::Use::off) == "skills:\n  x: off\n");
  CHECK(edited("skills:", "deploy-*", policy::Use::off) == "skills:\n  \"deploy-*\": off\n");
  CHECK(edited("", "agent:pilot", policy::Use::off) == "skills:\n  \"agent:pilot\": off\n");
  CHECK(edited("", "off", policy::Use::off) == "skills:\n  \"off\": off\n");
  CHECK(edited("a: 1\n", "x\ny", policy::Use::off) == "a: 1\nskills:\n  \"x\\ny\": off\n");
}

TEST_CASE("a switch is taken out, and an empty block with it", "[skills]") {
  CHECK(edited("skills:\n  x: off\nbudget: 2%\n", "x", std::nullopt) == "budget: 2%\n");
  CHECK(edited("skills:\n  \"deploy-*\": off\n  x: off\n", "deploy-*", std::nullopt) == "skills:\n  x: off\n");
  CHECK(edited("budget: 2%\n", "x", std::nullopt) == "budget: 2%\n");
}

TEST_CASE("what is written in one line is left to its author", "[skills]") {
  CHECK(edited("skills: { a: off }\n", "x", policy::Use::off) == "fault: write the line by hand: x: off");
  CHECK(edited("skills: { a: off }\n", "a", std::nullopt) == "fault: write the line by hand: a: load");
}

}  // namespace
}  // namespace cascade
