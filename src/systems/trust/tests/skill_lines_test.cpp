// Shell commands in texts of skills and commands: whose bytes a person allowed.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "trust/run_hook.h"
#include "trust/tests/hooked_skill.h"

using namespace cascade;
using namespace cascade::systems;

namespace {

struct Lines {
  HookedSkill skill;
  std::string command = skill.scratch_path("lib/commands/tell.md");

  Lines() {
    skill.write("SKILL.md", "---\nname: deploy\ndescription: Deploys.\n---\nNow: !`git status`\n");
    std::filesystem::create_directories(skill.scratch_path("lib/commands"));
    std::ofstream(command) << "Tell !`whoami`\n";
  }
  void list(const trust::Allowed& allowed) const { std::ofstream(skill.place.allowed_file) << allowed.text(); }

  std::string refusal(const std::vector<Hooked>& called) const {
    const auto event = hook::read_event(
        R"({"session_id":"s1","transcript_path":"","cwd":"/","prompt_id":"p1","hook_event_name":"PreSkillShellCommand",)"
        R"("tool_name":"Bash","tool_input":{"command":"git status"},"command_name":"x","invoked_by":"user"})");
    REQUIRE(event);
    std::vector<systems::Verdict> verdicts;
    judge_skill_line(*event, policy::Mode::block, called, skill.place, verdicts);
    return verdicts.empty() ? "" : verdicts.front().reason;
  }
  std::string of_skill() const { return refusal({{skill.symbol(), skill.at("SKILL.md")}}); }
  std::string of_command() const { return refusal({{{Kind::command, "tell"}, command}}); }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a skill's commands are allowed by its whole folder, a command's by its file") {
  Lines lines;
  CHECK(has(lines.of_skill(), "nobody has allowed it"));
  CHECK(has(lines.of_command(), "nobody has allowed it"));
  lines.skill.allow();
  CHECK(lines.of_skill().empty());
  lines.skill.write("notes.md", "more");
  CHECK(has(lines.of_skill(), "something in its folder has changed"));
  trust::Allowed allowed;
  REQUIRE(allowed.add(files::DiskTree(), lines.command));
  lines.list(allowed);
  CHECK(lines.of_command().empty());
  std::ofstream(lines.command, std::ios::app) << "#";
  CHECK(has(lines.of_command(), "its file has changed since it was allowed"));
}

TEST_CASE("a folder that was allowed for another purpose allows no commands in texts") {
  Lines lines;
  trust::Allowed allowed;
  REQUIRE(allowed.add(files::DiskTree(), lines.skill.scratch_path("lib")));
  lines.list(allowed);
  CHECK(has(lines.of_skill(), "nobody has allowed it"));
  CHECK(has(lines.of_command(), "nobody has allowed it"));
}

TEST_CASE("a skill whose folder cannot be vouched for is refused, even if its file is listed") {
  Lines lines;
  std::filesystem::create_symlink("/etc/passwd", lines.skill.at("link"));
  trust::Allowed allowed;
  REQUIRE(allowed.add(files::DiskTree(), lines.skill.at("SKILL.md")));
  lines.list(allowed);
  CHECK_FALSE(lines.of_skill().empty());
}

TEST_CASE("each file that a name may mean must be allowed, and one that holds no commands is not meant") {
  Lines lines;
  trust::Allowed allowed;
  REQUIRE(allowed.add(files::DiskTree(), lines.command));
  lines.list(allowed);
  CHECK(
      has(lines.refusal({{{Kind::command, "tell"}, lines.command}, {lines.skill.symbol(), lines.skill.at("SKILL.md")}}),
          "skill:deploy would run"));
  lines.skill.write("SKILL.md", "---\nname: deploy\ndescription: Deploys.\n---\nNothing.\n");
  CHECK(lines.refusal({{{Kind::command, "tell"}, lines.command}, {lines.skill.symbol(), lines.skill.at("SKILL.md")}})
            .empty());
  CHECK(has(lines.of_skill(), "no file of that name is known that holds it"));
}
