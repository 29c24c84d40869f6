// The folders of other clients as sources: what is found where, and whose wins a name.
#include <catch2/catch.hpp>

#include <cascade/workspace.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "scratch_folder.h"

using namespace cascade;

namespace {

struct Home {
  test::ScratchFolder scratch;
  std::string project = scratch.path + "/project", user = scratch.path + "/home";

  Home() {
    std::filesystem::create_directories(project + "/.git");
    std::filesystem::create_directories(user);
  }
  void write(const std::string& path, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << text;
  }
  void skill(const std::string& folder, const std::string& name, const std::string& body) const {
    write(folder + "/skills/" + name + "/SKILL.md",
          "---\nname: " + name + "\ndescription: Does " + name + ". Use when asked.\n---\n" + body + "\n");
  }
  Workspace open(const std::string& client = "", const std::string& below = "") const {
    WorkspaceOptions options;
    options.directory = project + below;
    options.home = user;
    options.client = client;
    options.threads = 1;
    auto workspace = Workspace::open(options);
    REQUIRE(workspace);
    return *std::move(workspace);
  }
};

// The text of the skill that wins the name.
std::string winner(const Workspace& workspace, const std::string& name, Kind kind = Kind::skill) {
  const Registry registry = workspace.registry();
  const auto id = registry.find({kind, name});
  if (!id) return "none";
  std::string text;
  for (std::uint32_t i = 0; i < registry[*id].sections; ++i) {
    auto section = workspace.read(registry[*id], registry.section(*id, i));
    REQUIRE(section);
    text += *section;
  }
  return text;
}

}  // namespace

TEST_CASE("every client's folder is a source, with its own names for agents and commands") {
  const Home home;
  int number = 0;
  for (const char* folder : {".claude", ".agents", ".codex", ".gemini", ".github", ".opencode", ".cursor"})
    home.skill(home.project + "/" + folder, "s" + std::to_string(number++), "text");
  home.write(home.project + "/.github/agents/review.agent.md",
             "---\ndescription: Reviews.\nname: review\n---\nLook.\n");
  home.write(home.project + "/.github/prompts/ship.prompt.md", "---\ndescription: Ships.\n---\nShip it.\n");
  home.write(home.project + "/.opencode/command/fix.md", "---\ndescription: Fixes.\n---\nFix it.\n");
  home.write(home.project + "/.gemini/commands/git/log.toml",
             "description = \"Shows the log\"\nprompt = \"\"\"\n# Log\n\nShow the log of {{args}}.\n\"\"\"\n");
  home.write(home.project + "/.codex/agents/reader.toml",
             "name = \"reader\"\ndescription = \"Reads. Use when asked.\"\ndeveloper_instructions = '''\nYou read, \\n "
             "never write.\n'''\n"
             "model = \"m\"\n");
  home.write(home.user + "/.codex/skills/.system/own/SKILL.md", "---\nname: own\ndescription: Codex's own.\n---\nx\n");
  const Workspace workspace = home.open();
  for (int i = 0; i < number; ++i) CHECK(winner(workspace, "s" + std::to_string(i)) != "none");
  CHECK(winner(workspace, "review", Kind::agent).find("Look.") != std::string::npos);
  CHECK(winner(workspace, "ship", Kind::command).find("Ship it.") != std::string::npos);
  CHECK(winner(workspace, "fix", Kind::command).find("Fix it.") != std::string::npos);
  const std::string log = winner(workspace, "git:log", Kind::command);
  CHECK(log.find("Show the log of {{args}}.") != std::string::npos);
  CHECK(log.find("\"\"\"") == std::string::npos);
  CHECK(log.find("description") == std::string::npos);
  const std::string reader = winner(workspace, "reader", Kind::agent);
  CHECK(reader.find("You read, \\n never write.") != std::string::npos);
  CHECK(reader.find("model") == std::string::npos);
  CHECK(winner(workspace, "own") == "none");
}

TEST_CASE("of one name the calling client's own folder wins, in its order") {
  const Home home;
  for (const char* folder : {".claude", ".agents", ".codex", ".gemini", ".github", ".opencode", ".cursor"})
    home.skill(home.project + "/" + folder, "same", std::string("from ") + folder);
  const std::map<std::string, std::string> wins = {
      {"", ".claude"},        {"claude", ".claude"},     {"codex", ".agents"},  {"gemini", ".agents"},
      {"copilot", ".github"}, {"opencode", ".opencode"}, {"cursor", ".cursor"}, {"nobody", ".claude"}};
  for (const auto& [client, folder] : wins) {
    INFO(client);
    CHECK(winner(home.open(client), "same").find("from " + folder) != std::string::npos);
  }
}

TEST_CASE("the nearest folder up to the repository's top, and no further") {
  const Home home;
  home.skill(home.project + "/.agents", "same", "top");
  home.skill(home.project + "/a/.agents", "same", "near");
  home.skill(home.scratch.path + "/.agents", "outside", "outside");
  CHECK(winner(home.open("codex", "/a"), "same").find("near") != std::string::npos);
  CHECK(winner(home.open("codex"), "same").find("top") != std::string::npos);
  CHECK(winner(home.open("codex"), "outside") == "none");
}

TEST_CASE("one folder under two names is read once") {
  const Home home;
  home.skill(home.project + "/.agents", "same", "text");
  std::filesystem::create_directories(home.project + "/.claude");
  std::filesystem::create_directory_symlink("../.agents/skills", home.project + "/.claude/skills");
  CHECK(home.open().registry().size() == 1);
}

TEST_CASE("a plugin after Agent Plugins 1.0") {
  const Home home;
  home.write(home.project + "/pack/plugin.json", R"({"name": "pack", "version": "1.0.0"})");
  home.skill(home.project + "/pack", "inside", "text");
  WorkspaceOptions options;
  options.directory = home.project;
  options.roots = {{home.project, Scope::project}};
  options.threads = 1;
  const auto workspace = Workspace::open(options);
  REQUIRE(workspace);
  CHECK(winner(*workspace, "pack:inside") != "none");
}
